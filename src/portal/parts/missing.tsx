import type { Missing, MissingWindow } from "../../store/schema.ts";
import { adviceOn, firstSentence } from "../run-advice.ts";
import type { View } from "./view.ts";

/** What an incomplete run did not get, by name: ranges of dates with the reason of each, and identifiers. */
export function MissingParts(props: {
  readonly missing: Missing;
  /** Why the run ended as it did: so did the ranges that say nothing of their own. */
  readonly diagnosis: string | null;
  readonly view: View;
}) {
  const { missing, diagnosis, view } = props;
  const { messages, format } = view;
  const { windows, identifiers } = missing;
  return (
    <div class="missing">
      {messages.missing}:
      <ul>
        {windows.map((window) => (
          <li key={`${window.from} ${window.until}`}>
            <Range window={{ ...window, diagnosis: window.diagnosis ?? diagnosis }} view={view} />
          </li>
        ))}
      </ul>
      {identifiers.length === 0 ? null : (
        <details>
          <summary>{format.count(messages.missingRecords, identifiers.length)}</summary>
          <ul>
            {identifiers.map((identifier) => (
              <li key={identifier} class="identifier">
                {identifier}
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}

function Range({ window, view }: { readonly window: MissingWindow; readonly view: View }) {
  const { messages, format, language } = view;
  const { from, until, why, diagnosis = null } = window;
  const advice = diagnosis === null ? null : adviceOn(diagnosis);
  const start = from === null ? messages.fromBeginning : format.datestamp(from);
  const end = until === null ? messages.untilNow : format.datestamp(until);
  return (
    <>
      {`${start} – ${end}`}
      <small>{advice === null ? <span lang="en">{why}</span> : firstSentence(advice[language])}</small>
    </>
  );
}
