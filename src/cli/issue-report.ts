import { hintOn } from "../portal/run-advice.ts";
import { issueTextOf } from "../record/issue-texts.ts";
import type { IssueCount } from "../store/records.ts";
import { print } from "./run-command.ts";

/** Prints the remarks on a repository's records: how often, what each means, what to do, and how in its own software. */
export function printIssues(issues: readonly IssueCount[], platform: string | null): void {
  const widest = Math.max(...issues.map(({ code }) => code.length));
  for (const { code, times } of issues) {
    const text = issueTextOf(code)?.en ?? null;
    const hint = hintOn(code, platform);
    print(`${code.padEnd(widest)}  ${times.toLocaleString("en")}`);
    if (text !== null) print(`    ${text.meaning} ${text.remedy}`);
    if (hint !== null) print(`    ${hint.software}: ${hint.text.en}`);
  }
}
