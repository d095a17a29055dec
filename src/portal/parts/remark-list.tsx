import type { Issue } from "../../record/issue.ts";
import { issueTextOf } from "../../record/issue-texts.ts";
import { hintOn } from "../run-advice.ts";
import { Hint } from "./hint.tsx";
import type { View } from "./view.ts";

/** What there is to remark on one record: what it means, the value it is about, and what its library can do. */
export function RemarkList(props: {
  readonly remarks: readonly Issue[];
  readonly platform: string | null;
  readonly view: View;
}) {
  const { remarks, platform, view } = props;
  const { messages, language } = view;
  return (
    <section>
      <h2>{messages.issues}</h2>
      <ul>
        {remarks.map(({ code, path, value }) => {
          const text = issueTextOf(code)?.[language];
          const hint = hintOn(code, platform);
          return (
            <li key={`${code} ${path}`}>
              {text?.name ?? code}
              {value === null ? null : <> “{value}”</>} {path === null ? null : <code>{path}</code>}
              <small>{text?.remedy}</small>
              <Hint hint={hint} language={language} />
            </li>
          );
        })}
      </ul>
    </section>
  );
}
