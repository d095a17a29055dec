import type { RepositoryStatus } from "../status.ts";
import { Address } from "./address.tsx";
import { Funnel } from "./funnel.tsx";
import { Outcome } from "./outcome.tsx";
import { Time } from "./time.tsx";
import type { View } from "./view.ts";

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
    <table class="cards">
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
  const { code, name, baseUrl, state, live, deleted, lastRun } = repository;
  return (
    <tr>
      <th scope="row">
        <a href={`/repositories/${code}`}>{name}</a>
        <small>
          <Address baseUrl={baseUrl} view={view} />
        </small>
      </th>
      <td data-label={messages.state} class="state">
        {messages[state]}
      </td>
      <td data-label={messages.records} class="number">
        {format.number(live)}
        {deleted === 0 ? null : <small>{format.count(messages.deleted, deleted)}</small>}
      </td>
      <td data-label={messages.lastRun}>{lastRun === null ? messages.never : <Outcome run={lastRun} view={view} />}</td>
      <td data-label={messages.funnel}>{lastRun === null ? messages.none : <Funnel run={lastRun} view={view} />}</td>
      <td data-label={messages.nextRun} class="next">
        <Next nextRun={repository.nextRun} view={view} />
      </td>
    </tr>
  );
}

/** When a repository is harvested next. */
export function Next({ nextRun, view }: { readonly nextRun: RepositoryStatus["nextRun"]; readonly view: View }) {
  return nextRun instanceof Date ? <Time date={nextRun} format={view.format} /> : <span>{view.messages[nextRun]}</span>;
}
