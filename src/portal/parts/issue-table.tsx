import { issueTextOf } from "../../record/issue-texts.ts";
import type { IssueCount } from "../../store/records.ts";
import { hintOn } from "../run-advice.ts";
import { AdviceTable } from "./advice-table.tsx";
import type { View } from "./view.ts";

/** The remarks on the records of a repository: how often, what each means, and what its library can do about it. */
export function IssueTable(props: {
  readonly issues: readonly IssueCount[];
  readonly platform: string | null;
  readonly view: View;
}) {
  const { issues, platform, view } = props;
  const { issue, times } = view.messages;
  const rows = issues.map((count) => ({
    ...count,
    text: issueTextOf(count.code),
    hint: hintOn(count.code, platform),
  }));
  return <AdviceTable what={issue} howOften={times} rows={rows} view={view} />;
}
