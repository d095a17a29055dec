import { compareAgents } from "./compare-agents.ts";
import { compareDetails } from "./compare-details.ts";
import { compareTitles } from "./compare-titles.ts";
import type { MatchFacts } from "./facts.ts";
import { REASON_TEXTS, type Reason, type ReasonCode } from "./reason-texts.ts";

/** Grows whenever the same two records may get another verdict or other keys: then all records are compared anew. */
export const DEDUPE_VERSION = 1;

/** Whether two records describe the same item, and why. */
export interface Verdict {
  readonly answer: "same" | "different" | "unsure";
  /** Everything that was found, evidence first, then doubts and vetoes. */
  readonly reasons: readonly Reason[];
}

/** Where the two have one DOI or ISBN, another of these is a mistake in one of them rather than another item: a person decides. */
const OUTWEIGHED: readonly ReasonCode[] = [
  "author-differs",
  "year-differs",
  "pages-differ",
  "issue-differs",
  "language-differs",
  "title-marks-differ",
  "title-number-differs",
];
const ROLES = ["evidence", "doubt", "veto"] as const;

/** Compares two records; which of them comes first changes nothing but the order of the values in the reasons. */
export function verdictOf(a: MatchFacts, b: MatchFacts): Verdict {
  const found = [...compareTitles(a, b), ...compareAgents(a, b), ...compareDetails(a, b)];
  const reasons = ROLES.flatMap((role) => found.filter(({ code }) => REASON_TEXTS[code].role === role));
  return { answer: answerOf(reasons, a.kind === "thesis" && b.kind === "thesis"), reasons };
}

function answerOf(reasons: readonly Reason[], theses: boolean): Verdict["answer"] {
  const codes = new Set(reasons.map(({ code }) => code));
  const strong = codes.has("doi-same") || codes.has("isbn-same");
  const vetoes = reasons.filter(({ code }) => REASON_TEXTS[code].role === "veto");
  // a degree has one author, whatever else agrees
  const outweighed = ({ code }: Reason) =>
    strong && OUTWEIGHED.includes(code) && !(theses && code === "author-differs");
  if (vetoes.length > 0) return vetoes.every(outweighed) ? "unsure" : "different";
  return isSame(codes) ? "same" : "unsure";
}

function isSame(codes: ReadonlySet<ReasonCode>): boolean {
  const has = (...some: readonly ReasonCode[]) => some.some((code) => codes.has(code));
  const title = has("title-same", "title-variant");
  if (has("part-once")) return false;
  if (has("doi-same")) return title || has("author-same");
  // one ISBN may stand for a set of volumes, each with a title of its own
  if (has("isbn-same")) return title;
  if (!title || has("doi-differs", "isbn-differs", "edition-once", "publisher-differs", "author-unlike")) return false;
  return isSameByDescription(has);
}

/** Title, author and year; what one of these does not tell must be made good by the institution, the pages or both. */
function isSameByDescription(has: (...some: readonly ReasonCode[]) => boolean): boolean {
  const year = has("year-same", "year-near");
  const more = has("institution-same", "pages-same");
  if (has("author-same")) return year ? has("title-same") || more : more;
  return has("title-same") && has("institution-same") && has("pages-same") && has("year-same");
}
