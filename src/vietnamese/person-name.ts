import { foldKey } from "./fold.ts";

/** A personal name taken apart; parts that there are not are empty. */
export interface PersonName {
  readonly family: string;
  readonly middle: string;
  readonly given: string;
  /** The order in which it is said; capitals-only names in ordinary spelling. */
  readonly display: string;
  /** Not recognised as Vietnamese: read in Western order. */
  readonly foreign: boolean;
}

/** One row of `family-names.tsv`. */
export interface FamilyNameRow {
  readonly name: string;
  readonly key: string;
}

export interface PersonNames {
  /** One person's name with at most one comma; `null` where it has a single word. */
  parse(name: string): PersonName | null;
  /** The names in a list divided by commas, or `null` where the commas divide one name. */
  several(parts: readonly string[]): readonly string[] | null;
  /** Whether it begins with a Vietnamese family name. */
  startsWithFamily(name: string): boolean;
}

/** Family names that tell a Vietnamese name without marks; others ("Van", "Kim", "Ma") are names elsewhere too. */
const UNMISTAKABLE = /^(?:nguyen|tran|pham|hoang|huynh|phan|vu|vo|dang|bui|do|ngo|duong|dinh|doan|trinh|truong)$/;
/** A name that ends so is not complete: the given name stands elsewhere. */
const ENDS_IN_MIDDLE = /(?:^|\s)(?:thị|văn|thi|van)$/i;
const HAS_MARKS = /[^\s!-\u024f]|[ạảãàáâậầấẩẫăắằặẳẵđéèẹẻẽêếềệểễíìịỉĩóòọỏõôốồộổỗơớờợởỡúùụủũưứừựửữýỳỵỷỹ]/i;

/** Reads clean names (composed, single blanks) with the help of a table of family names, which the mappings hand in. */
export function personNames(rows: readonly FamilyNameRow[]): PersonNames {
  const exact = new Set(rows.map((row) => row.name.normalize("NFC").toLowerCase()));
  const folded = new Set(rows.map((row) => row.key));

  // the first word sends most names of other countries away, and tells how long the family name can be at most
  const longest = new Map<string, number>();
  for (const name of [...exact, ...folded]) {
    const [first = "", ...more] = name.split(" ");
    longest.set(first, Math.max(longest.get(first) ?? 0, more.length + 1));
  }

  /** How many leading words are a family name; `sure` asks for one that cannot be foreign. */
  const familyWords = (words: readonly string[], sure: boolean): number => {
    const atMost = longest.get(words[0]?.toLowerCase() ?? "") ?? 0;
    if (atMost === 0) return 0;
    const marked = words.some((word) => HAS_MARKS.test(word));
    for (let count = Math.min(atMost, words.length); count > 0; count--) {
      if (isFamily(words.slice(0, count).join(" ").toLowerCase(), marked, sure)) return count;
    }
    return 0;
  };

  /** A name without marks is compared without them; a foreign name may then look the same. */
  const isFamily = (candidate: string, marked: boolean, sure: boolean): boolean => {
    if (marked) return exact.has(candidate);
    return sure ? UNMISTAKABLE.test(candidate) : exact.has(candidate) || folded.has(foldKey(candidate));
  };

  const undelimited = (words: readonly string[]): PersonName | null => {
    if (words.length < 2) return null;
    const count = Math.min(familyWords(words, false), words.length - 1);
    if (count === 0) return western(words.slice(-1).join(" "), words.slice(0, -1).join(" "));
    return vietnamese(words.slice(0, count), words.slice(count));
  };

  const delimited = (before: readonly string[], after: readonly string[]): PersonName => {
    const [first, second] = [familyWords(before, true), familyWords(after, true)];
    const inverted = second > 0 && (first === 0 || (before.length === 1 && ENDS_IN_MIDDLE.test(after.join(" "))));
    if (inverted) return vietnamese(after.slice(0, second), [...after.slice(second), ...before]);
    if (first > 0) return vietnamese(before.slice(0, first), [...before.slice(first), ...after]);
    return before.length === 1 && familyWords(before, false) === 1 && HAS_MARKS.test(after.join(" "))
      ? vietnamese(before, after)
      : western(before.join(" "), after.join(" "));
  };

  const isComplete = (name: string): boolean => {
    const words = wordsOf(name);
    const count = familyWords(words, true);
    return count > 0 && words.length > count && !ENDS_IN_MIDDLE.test(name);
  };

  return {
    parse(name) {
      const [before = "", after, ...more] = casedAsUsual(name).split(",");
      if (after === undefined || more.length > 0 || after.trim() === "") return undelimited(wordsOf(before));
      return delimited(wordsOf(before), wordsOf(after));
    },
    several: (parts) => (parts.length > 1 && parts.every(isComplete) ? parts.map((part) => part.trim()) : null),
    startsWithFamily: (name) => familyWords(wordsOf(name), false) > 0,
  };
}

function vietnamese(family: readonly string[], rest: readonly string[]): PersonName {
  const [middle, given] = [rest.slice(0, -1).join(" "), rest.slice(-1).join(" ")];
  return {
    family: family.join(" "),
    middle,
    given,
    display: [...family, ...rest].join(" "),
    foreign: false,
  };
}

function western(family: string, given: string): PersonName {
  return { family, middle: "", given, display: `${given} ${family}`, foreign: true };
}

/** The form by which lists of persons are sorted: Vietnamese by given name, others by family name. */
export function sortKey(name: PersonName): string {
  const parts = name.foreign ? [name.family, name.given] : [name.given, name.middle, name.family];
  return foldKey(parts.join(" "));
}

function wordsOf(name: string): readonly string[] {
  return name.split(" ").filter((word) => word !== "");
}

/** "NGUYỄN VĂN ĐỨC" → "Nguyễn Văn Đức"; anything else as found. */
function casedAsUsual(name: string): string {
  // most names show by their first word that they are not in capitals
  const beginning = name.slice(0, 5);
  if (beginning !== beginning.toUpperCase() || name !== name.toUpperCase() || !/\p{L}{2}/u.test(name)) return name;
  return name.toLowerCase().replace(/(?<![\p{L}\p{M}'’])\p{L}/gu, (letter) => letter.toUpperCase());
}
