import Type from "typebox";
import { hintOn } from "../portal/run-advice.ts";
import { issueTextOf } from "../record/issue-texts.ts";
import { listIssues, type RecordIssue } from "../store/issues.ts";
import type { IssueCount } from "../store/records.ts";
import { component } from "./component.ts";
import { after, count, hint, limit, next, oneOf, orNull, text } from "./fields.ts";
import { CODE, namedRepository } from "./named-repository.ts";
import { readPlace, writePlace } from "./place.ts";
import { wordings } from "./quality.ts";
import { defineRoute, nextAddress } from "./route.ts";

const PATH = "/issues";
/** Number of a record, and of its remark. */
const FORM = /^(\d{1,15}) (\d{1,9})$/;

/** A remark of the crosswalks and how often it is made. */
const counted = Type.Object({
  code: text,
  times: count("How often it is made."),
  texts: orNull(wordings),
  hint,
});

/** How often each remark is made on the records of a repository. */
export const issueCountsRoute = defineRoute({
  path: "/repositories/{code}/issues",
  operationId: "countIssues",
  summary:
    "The remarks on the records of a repository, most frequent first: what each means, what to do, and what its software has to do with it. Counted once a minute.",
  named: CODE,
  query: Type.Object({}),
  answers: component("IssueCounts", Type.Object({ repository: text, issues: Type.Array(counted) })),
  problems: ["unknown-repository"],
  answer: async ({ db, counts }, { named }) => {
    const { repository_id, code, platform } = await namedRepository(db, named);
    const issues = await counts.issuesOf(repository_id);
    return { repository: code, issues: issues.map((each) => shownCount(each, platform)) };
  },
});

const single = Type.Object({
  identifier: Type.String({ description: "Ours, of the record." }),
  sourceIdentifier: Type.String({ description: "How its repository calls it." }),
  code: text,
  severity: oneOf(["error", "warning", "info"], "How much it matters."),
  field: orNull(Type.String({ description: "Field of the common record; null: it is about the whole record." })),
  path: orNull(Type.String({ description: "Where in the source, e.g. /oai_dc:dc/dc:date[2] or 245[1]$a." })),
  value: orNull(Type.String({ description: "The value as found, cut to a readable length." })),
});

/** Which records remarks are made on. */
export const issuesRoute = defineRoute({
  path: PATH,
  operationId: "listIssues",
  summary: "Each remark on the live records of a repository, in the order in which the records came.",
  query: Type.Object({
    repository: Type.String({ description: CODE }),
    code: Type.Optional(
      Type.String({
        pattern: "^[a-z0-9-]+$",
        description: "the code of a remark, as /repositories/{code}/issues has it",
      }),
    ),
    limit,
    after,
  }),
  answers: component("IssuePage", Type.Object({ issues: Type.Array(single), next })),
  problems: ["unknown-repository", "bad-place"],
  answer: async (options, { query }) => {
    const { repository_id: repositoryId } = await namedRepository(options.db, query.repository);
    const list = JSON.stringify([PATH, query.repository, query.code]);
    const begin = query.after === undefined ? null : readIssuePlace(list, query.after);
    const filter = { repositoryId, code: query.code ?? null };
    const found = await listIssues(options.db, filter, begin, query.limit + 1);
    const issues = found.slice(0, query.limit);
    const last = issues.at(-1);
    const more = found.length > issues.length && last !== undefined;
    const place = more ? writePlace(list, [last.recordId, last.position]) : null;
    return { issues: issues.map(shownIssue), next: nextAddress(options, PATH, query, place) };
  },
});

function readIssuePlace(list: string, given: string) {
  const [recordId = 0, position = 0] = readPlace(list, given, FORM).map(Number);
  return { recordId, position };
}

function shownIssue(issue: RecordIssue): Type.Static<typeof single> {
  const { oaiIdentifier: identifier, sourceIdentifier, code, severity, field, path, value } = issue;
  return { identifier, sourceIdentifier, code, severity, field, path, value };
}

function shownCount({ code, times }: IssueCount, platform: string | null): Type.Static<typeof counted> {
  return { code, times, texts: issueTextOf(code), hint: hintOn(code, platform) };
}
