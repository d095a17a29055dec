import { DATES_AND_TYPES } from "./issue-texts/dates-and-types.ts";
import { LINKS_AND_RIGHTS } from "./issue-texts/links-and-rights.ts";
import { NAMES_AND_SUBJECTS } from "./issue-texts/names-and-subjects.ts";
import type { IssueText } from "./issue-texts/text.ts";
import { WHOLE_RECORD } from "./issue-texts/whole-record.ts";

export type { IssueText, IssueWording } from "./issue-texts/text.ts";

/** Every remark that is ever made on a record, with what it means and what to do about it. */
export const ISSUE_TEXTS = { ...WHOLE_RECORD, ...DATES_AND_TYPES, ...NAMES_AND_SUBJECTS, ...LINKS_AND_RIGHTS };

/** Stable, kebab-case. A new remark gets its texts first: the compiler refuses a code that has none. */
export type IssueCode = keyof typeof ISSUE_TEXTS;

/** The texts of a code as stored, or `null` for one that is not raised any more. */
export function issueTextOf(code: string): IssueText | null {
  return Object.hasOwn(ISSUE_TEXTS, code) ? ISSUE_TEXTS[code as IssueCode] : null;
}
