import Type from "typebox";
import { hintOn } from "../portal/run-advice.ts";
import { issueTextOf } from "../record/issue-texts.ts";
import type { IssueCount } from "../store/records.ts";
import { component } from "./component.ts";
import { count, hint, orNull, text } from "./fields.ts";
import { CODE, namedRepository } from "./named-repository.ts";
import { wordings } from "./quality.ts";
import { defineRoute } from "./route.ts";

/** A remark of the crosswalks and how often it is made. */
const issue = Type.Object({
  code: text,
  times: count("How often it is made."),
  texts: orNull(wordings),
  hint,
});

/** The remarks on the records of a repository. */
export const issuesRoute = defineRoute({
  path: "/repositories/{code}/issues",
  operationId: "listIssues",
  summary:
    "The remarks on the records of a repository, most frequent first: what each means, what to do, and what its software has to do with it. Counted once a minute.",
  named: CODE,
  query: Type.Object({}),
  answers: component("IssueList", Type.Object({ repository: text, issues: Type.Array(issue) })),
  problems: ["unknown-repository"],
  answer: async ({ db, counts }, { named }) => {
    const { repository_id, code, platform } = await namedRepository(db, named);
    const issues = await counts.issuesOf(repository_id);
    return { repository: code, issues: issues.map((each) => shownIssue(each, platform)) };
  },
});

function shownIssue({ code, times }: IssueCount, platform: string | null): Type.Static<typeof issue> {
  return { code, times, texts: issueTextOf(code), hint: hintOn(code, platform) };
}
