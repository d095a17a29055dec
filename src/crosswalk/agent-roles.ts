import { foldKey } from "../vietnamese/fold.ts";

/** A row of `contributor-roles.tsv`. */
export interface RoleRow {
  readonly phrase: string;
  readonly key: string;
  readonly role: string;
}

/** A value without what says the role, and the role: a word of the table, or `null`. */
export interface SplitRole {
  /** Empty where the value names a role in place of a name ("Nhiều tác giả"). */
  readonly rest: string;
  readonly role: string | null;
  /** There were more persons than the value names ("… [et al.]"). */
  readonly others: boolean;
}

export type RoleSplitter = (text: string) => SplitRole;

/** The roles that there are phrases for. */
interface Roles {
  find(phrase: string): string | null;
  /** Whether a phrase may begin like this text; names are looked up by the thousand, and their first word sends them away. */
  mayBegin(text: string): boolean;
}

const INTRODUCTION = /^([^:,;]{2,40}):\s*(?=\S)/;
const BRACKET = /^(.*?)[\s,.…]*[([]\s*([^()[\]]{1,40}?)\s*[)\]]\.?$/;
const ENDS_IN_BRACKET = /[)\]]\.?$/;
const OTHERS = /(?<=\S)[\s,.…]*(?:và những người khác|và nnk|et al)\.?$/i;
const MAY_END_IN_OTHERS = /khác|nnk|al/i;
const MAX_ROLE_WORDS = 5;

/**
 * Makes the splitter: a role stands before a colon ("GVHD: …"), in brackets ("… (chủ biên)"), after the last comma, or, an
 * advisor's only, before the name without any mark ("Người hướng dẫn khoa học PGS.TS. Trần Thị Quý").
 */
export function roleSplitter(rows: readonly RoleRow[]): RoleSplitter {
  const roles = rolesOf(rows);
  return (text) => {
    const whole = roles.find(text);
    if (whole !== null) return { rest: "", role: whole, others: false };
    const named = bracketed(text, roles);
    if (named?.role === "others") return { ...split(named.rest, roles), others: true };
    const rest = MAY_END_IN_OTHERS.test(text.slice(-5)) ? text.replace(OTHERS, "") : text;
    const { rest: name, role } = named ?? split(rest, roles);
    return { rest: name, role, others: rest !== text };
  };
}

function split(text: string, roles: Roles) {
  const introduction = text.includes(":") ? INTRODUCTION.exec(text) : null;
  const introduced = introduction === null ? null : roles.find(introduction[1] ?? "");
  if (introduction !== null && introduced !== null) {
    return { rest: text.slice(introduction[0].length), role: introduced };
  }
  const inBrackets = bracketed(text, roles);
  if (inBrackets !== null) return inBrackets;
  const comma = text.lastIndexOf(",");
  const appended = comma < 0 ? null : roles.find(text.slice(comma + 1).trim());
  if (appended !== null) return { rest: text.slice(0, comma).trim(), role: appended };
  return advisorBefore(text, roles) ?? { rest: text, role: null };
}

function bracketed(text: string, roles: Roles) {
  const match = ENDS_IN_BRACKET.test(text) ? BRACKET.exec(text) : null;
  const role = match === null ? null : roles.find(match[2] ?? "");
  return match === null || role === null ? null : { rest: match[1] ?? "", role };
}

function advisorBefore(text: string, roles: Roles) {
  if (!roles.mayBegin(text)) return null;
  const words = text.split(" ");
  for (let count = Math.min(MAX_ROLE_WORDS, words.length - 2); count >= 2; count--) {
    if (roles.find(words.slice(0, count).join(" ")) === "advisor") {
      return { rest: words.slice(count).join(" "), role: "advisor" };
    }
  }
  return null;
}

function rolesOf(rows: readonly RoleRow[]): Roles {
  const byKey = new Map<string, string>();
  const firstWords = new Set<string>();
  for (const { phrase, key, role } of rows) {
    if (!byKey.has(key)) byKey.set(key, role);
    firstWords.add(firstWord(phrase));
    firstWords.add(firstWord(key));
  }
  const mayBegin = (text: string) => firstWords.has(firstWord(text));
  return { mayBegin, find: (phrase) => (mayBegin(phrase) ? (byKey.get(foldKey(phrase)) ?? null) : null) };
}

function firstWord(phrase: string): string {
  return (/[^\s.,…[(]+/.exec(phrase)?.[0] ?? "").toLowerCase();
}
