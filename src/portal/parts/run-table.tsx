import type { Run } from "../../store/runs.ts";
import { adviceOn, hintOn } from "../run-advice.ts";
import { Funnel } from "./funnel.tsx";
import { MissingParts } from "./missing.tsx";
import { OutcomeLabel } from "./outcome.tsx";
import { Time } from "./time.tsx";
import type { View } from "./view.ts";

/** The latest runs of a repository: what each was, how it ended and why, what became of the records, what is missing. */
export function RunTable(props: {
  readonly runs: readonly Run[];
  readonly platform: string | null;
  readonly view: View;
}) {
  const { runs, platform, view } = props;
  const { messages } = view;
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{messages.began}</th>
          <th scope="col">{messages.kind}</th>
          <th scope="col">{messages.outcome}</th>
          <th scope="col">{messages.funnel}</th>
        </tr>
      </thead>
      <tbody>
        {runs.map((run) => (
          <tr key={run.run_id}>
            <th scope="row">
              <Time date={run.started_at} format={view.format} />
            </th>
            <td data-label={messages.kind}>
              {messages[run.kind]}
              {run.metadata_prefix === null ? null : <small>{run.metadata_prefix}</small>}
            </td>
            <td data-label={messages.outcome}>
              <OutcomeLabel outcome={run.outcome} view={view} />
              <Reasons run={run} platform={platform} view={view} />
            </td>
            <td data-label={messages.funnel}>
              <Funnel run={run} view={view} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Reasons({
  run,
  platform,
  view,
}: {
  readonly run: Run;
  readonly platform: string | null;
  readonly view: View;
}) {
  const { messages, language } = view;
  const { diagnosis, missing } = run;
  const advice = diagnosis === null ? null : adviceOn(diagnosis);
  const hint = diagnosis === null ? null : hintOn(diagnosis, platform);
  return (
    <>
      {advice === null ? null : <p>{advice[language]}</p>}
      {hint === null ? null : (
        <p>
          {hint.software}: {hint.text[language]}
        </p>
      )}
      {missing === null ? null : <MissingParts missing={missing} diagnosis={diagnosis} view={view} />}
      <Details run={run} summary={messages.details} />
    </>
  );
}

/** The particulars in our own English, for whoever mends it; of what failed on our side nobody outside needs to know more. */
function Details({ run: { failure, note, diagnosis }, summary }: { readonly run: Run; readonly summary: string }) {
  const texts = [diagnosis === "internal" ? null : failure, note].filter((text) => text !== null);
  if (texts.length === 0) return null;
  return (
    <details>
      <summary>{summary}</summary>
      {texts.map((text) => (
        <p key={text} lang="en">
          {text}
        </p>
      ))}
    </details>
  );
}
