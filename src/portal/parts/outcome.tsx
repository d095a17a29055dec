import type { Run } from "../../store/runs.ts";
import { adviceOn, firstSentence } from "../run-advice.ts";
import { Time } from "./time.tsx";
import type { View } from "./view.ts";

const OUTCOMES = [
  "complete",
  "complete_with_rejects",
  "partial",
  "empty_unexpected",
  "failed",
  "held_for_review",
  "cancelled",
] as const;

/** How something ended, in its colour; `null` has not ended. */
export function OutcomeLabel({ outcome, view }: { readonly outcome: string | null; readonly view: View }) {
  const known = OUTCOMES.find((each) => each === outcome) ?? "running";
  return <span class={`outcome ${known}`}>{view.messages[known]}</span>;
}

/** A run in a cell: how it ended, what it was where it was no harvest, when, why in a sentence, and how much is missing. */
export function Outcome({ run, view }: { readonly run: Run; readonly view: View }) {
  const { messages, format } = view;
  const { windows = [], identifiers = [] } = run.missing ?? {};
  const missing = [
    ...(windows.length === 0 ? [] : [format.count(messages.missingWindows, windows.length)]),
    ...(identifiers.length === 0 ? [] : [format.count(messages.missingRecords, identifiers.length)]),
  ];
  return (
    <>
      <OutcomeLabel outcome={run.outcome} view={view} />
      <small>
        {run.kind === "harvest" ? null : `${messages[run.kind]}, `}
        <Time date={run.finished_at ?? run.started_at} format={format} />
      </small>
      <Why diagnosis={run.diagnosis} failure={run.failure} view={view} />
      {missing.length === 0 ? null : (
        <small>
          {messages.missing}: {missing.join(", ")}
        </small>
      )}
    </>
  );
}

/** Why, in a sentence of the reader's language; where there is only our own English one, that, marked as such. */
export function Why(props: {
  readonly diagnosis: string | null;
  readonly failure: string | null;
  readonly view: View;
}) {
  const { diagnosis, failure, view } = props;
  const advice = diagnosis === null ? null : adviceOn(diagnosis);
  if (advice === null && failure === null) return null;
  return (
    <small>
      {advice === null ? (
        <>
          {view.messages.reason}: <span lang="en">{failure}</span>
        </>
      ) : (
        firstSentence(advice[view.language])
      )}
    </small>
  );
}
