import type { Run } from "../../store/runs.ts";
import type { Format } from "../format.ts";
import type { Messages } from "../messages/messages.ts";
import type { RepositoryStatus } from "../status.ts";
import { Time } from "./time.tsx";

interface View {
  readonly messages: Messages;
  readonly format: Format;
}

const OUTCOMES = ["complete", "complete_with_rejects", "partial", "empty_unexpected", "failed"] as const;

/** All repositories with their state; on a phone each is a card, see style.css. */
export function RepositoryTable({
  repositories,
  view,
}: {
  readonly repositories: readonly RepositoryStatus[];
  readonly view: View;
}) {
  const { messages } = view;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">{messages.repository}</th>
          <th scope="col">{messages.state}</th>
          <th scope="col" class="number">
            {messages.records}
          </th>
          <th scope="col">{messages.lastRun}</th>
          <th scope="col">{messages.funnel}</th>
          <th scope="col">{messages.nextRun}</th>
        </tr>
      </thead>
      <tbody>
        {repositories.map((repository) => (
          <Line key={repository.code} repository={repository} view={view} />
        ))}
      </tbody>
    </table>
  );
}

function Line({ repository, view }: { readonly repository: RepositoryStatus; readonly view: View }) {
  const { messages, format } = view;
  const { name, baseUrl, state, live, deleted, lastRun, nextRun } = repository;
  return (
    <tr>
      <th scope="row">
        {name}
        <small>{baseUrl}</small>
      </th>
      <td data-label={messages.state} class="state">
        {messages[state]}
      </td>
      <td data-label={messages.records} class="number">
        {format.number(live)}
        {deleted === 0 ? null : (
          <small>
            {format.number(deleted)} {messages.deleted}
          </small>
        )}
      </td>
      <td data-label={messages.lastRun}>{lastRun === null ? messages.never : <Outcome run={lastRun} view={view} />}</td>
      <td data-label={messages.funnel}>{lastRun === null ? messages.none : <Funnel run={lastRun} view={view} />}</td>
      <td data-label={messages.nextRun} class="next">
        {nextRun instanceof Date ? <Time date={nextRun} format={format} /> : messages[nextRun]}
      </td>
    </tr>
  );
}

function Outcome({ run, view }: { readonly run: Run; readonly view: View }) {
  const { messages, format } = view;
  const outcome = OUTCOMES.find((known) => known === run.outcome) ?? "running";
  return (
    <>
      <span class={`outcome ${outcome}`}>{messages[outcome]}</span>
      <small>
        <Time date={run.finished_at ?? run.started_at} format={format} />
      </small>
      {run.failure === null ? null : (
        <small>
          {messages.reason}: <span lang="en">{run.failure}</span>
        </small>
      )}
    </>
  );
}

/** What became of the records: received → stored → rejected, and of the stored ones what was new. */
function Funnel({ run, view }: { readonly run: Run; readonly view: View }) {
  const { messages, format } = view;
  const stored = run.added + run.changed + run.unchanged;
  const said = (counts: readonly (readonly [number, string])[]) =>
    counts.map(([count, name]) => `${format.number(count)}\u00a0${name}`);
  const kinds = said(
    (
      [
        [run.added, messages.added],
        [run.changed, messages.changed],
        [run.unchanged, messages.unchanged],
      ] as const
    ).filter(([count]) => count > 0),
  );
  return (
    <>
      {said([
        [run.received, messages.received],
        [stored, messages.stored],
        [run.rejected, messages.rejected],
      ]).join(" → ")}
      {kinds.length === 0 ? null : <small>{kinds.join(" · ")}</small>}
    </>
  );
}
