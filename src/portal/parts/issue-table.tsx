import { issueTextOf } from "../../record/issue-texts.ts";
import type { IssueCount } from "../../store/records.ts";
import { hintOn } from "../run-advice.ts";
import type { View } from "./view.ts";

/** The remarks on the records of a repository: how often, what each means, and what its library can do about it. */
export function IssueTable(props: {
  readonly issues: readonly IssueCount[];
  readonly platform: string | null;
  readonly view: View;
}) {
  const { issues, platform, view } = props;
  const { messages, format, language } = view;
  return (
    <table class="cards">
      <thead>
        <tr>
          <th scope="col">{messages.issue}</th>
          <th scope="col" class="number">
            {messages.times}
          </th>
          <th scope="col">{messages.whatToDo}</th>
        </tr>
      </thead>
      <tbody>
        {issues.map(({ code, times }) => {
          const text = issueTextOf(code)?.[language] ?? null;
          const hint = hintOn(code, platform);
          return (
            <tr key={code}>
              <th scope="row">
                {text?.name ?? code}
                <small>{text?.meaning}</small>
              </th>
              <td data-label={messages.times} class="number">
                {format.number(times)}
              </td>
              <td data-label={messages.whatToDo}>
                {text?.remedy ?? messages.none}
                {hint === null ? null : (
                  <small>
                    {hint.software}: {hint.text[language]}
                  </small>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
