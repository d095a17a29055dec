import type { IssueText } from "../../record/issue-texts/text.ts";
import type { SoftwareHint } from "../run-advice.ts";
import { Hint } from "./hint.tsx";
import type { View } from "./view.ts";

/** What there is to say of a number of records, and to do about it. */
export interface AdviceRow {
  readonly code: string;
  /** `null` for a code that has no texts any more. */
  readonly text: IssueText | null;
  readonly times: number;
  readonly hint: SoftwareHint | null;
}

/** A line for each: how often, what it means, what a library can do about it, and how in its own software. */
export function AdviceTable(props: {
  /** What stands at the head of the first two columns. */
  readonly what: string;
  readonly howOften: string;
  readonly rows: readonly AdviceRow[];
  readonly view: View;
}) {
  const { what, howOften, rows, view } = props;
  const { messages, format, language } = view;
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{what}</th>
          <th scope="col" class="number">
            {howOften}
          </th>
          <th scope="col">{messages.whatToDo}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ code, text, times, hint }) => (
          <tr key={code}>
            <th scope="row">
              {text?.[language].name ?? code}
              <small>{text?.[language].meaning}</small>
            </th>
            <td data-label={howOften} class="number">
              {format.number(times)}
            </td>
            <td data-label={messages.whatToDo}>
              {text?.[language].remedy ?? messages.none}
              <Hint hint={hint} language={language} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
