import type { MatchFacts } from "./facts.ts";
import type { Reason, ReasonCode } from "./reason-texts.ts";

/** Prefaces and plates are counted by one library and not by the other. */
const PAGES_TOLERANCE = 10;
const PAGES_TOLERANCE_SHARE = 0.05;
/** Of these a second publisher in the record is an archive or a host. */
const KINDS_OF_MANY_PUBLISHERS = ["thesis", "article", "contribution"];

/** What everything but titles and names says. */
export function compareDetails(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  return [
    ...comparedIdentifiers(a, b),
    ...differing("kind-differs", a.kind, b.kind),
    ...differing("level-differs", a.level, b.level),
    ...(a.booklet === b.booklet ? [] : [{ code: "booklet", a: "", b: "" } as const]),
    ...differing("issue-differs", a.issue, b.issue),
    ...comparedSeries(a, b),
    ...comparedEditions(a.edition, b.edition),
    ...comparedYears(a.year, b.year),
    ...comparedPages(a.pages, b.pages),
    ...comparedLanguages(a, b),
    ...comparedInstitutions(a, b),
  ];
}

function differing(code: ReasonCode, a: string | null, b: string | null): readonly Reason[] {
  return a === null || b === null || a === b ? [] : [{ code, a, b }];
}

function comparedIdentifiers(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  return [
    ...shared(a.dois, b.dois, "doi-same", "doi-differs"),
    ...shared(a.isbns, b.isbns, "isbn-same", "isbn-differs"),
  ];
}

/** Where both have values and none in common they differ. */
function shared(a: readonly string[], b: readonly string[], same: ReasonCode, differ: ReasonCode): readonly Reason[] {
  const [first, other] = [a[0], b[0]];
  if (first === undefined || other === undefined) return [];
  const common = a.find((value) => b.includes(value));
  return common === undefined ? [{ code: differ, a: first, b: other }] : [{ code: same, a: common, b: common }];
}

function comparedSeries(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  const numbersOf = (facts: MatchFacts) => facts.seriesNumbers.map((one) => one.split("\n") as [string, string]);
  for (const [series, number] of numbersOf(a)) {
    const others = numbersOf(b).filter(([title]) => title === series);
    const [other] = others;
    if (other !== undefined && others.every(([, its]) => its !== number))
      return [{ code: "part-differs", a: number, b: other[1] }];
  }
  return [];
}

/** A statement without a number ("có sửa chữa và bổ sung") contradicts none. */
function comparedEditions(a: string | null, b: string | null): readonly Reason[] {
  if (a === b) return [];
  const numbered = [a, b].every((edition) => edition !== null && /^(?:edition|reprint) \d+$/.test(edition));
  if (numbered) return [{ code: "edition-differs", a: a ?? "", b: b ?? "" }];
  return [{ code: "edition-once", a: a ?? b ?? "", b: b ?? "" }];
}

function comparedYears(a: number | null, b: number | null): readonly Reason[] {
  if (a === null || b === null) return [];
  const code = a === b ? "year-same" : Math.abs(a - b) === 1 ? "year-near" : "year-differs";
  return [{ code, a: String(a), b: String(b) }];
}

function comparedPages(a: number | null, b: number | null): readonly Reason[] {
  if (a === null || b === null) return [];
  const tolerance = Math.max(PAGES_TOLERANCE, PAGES_TOLERANCE_SHARE * Math.max(a, b));
  return [{ code: Math.abs(a - b) <= tolerance ? "pages-same" : "pages-differ", a: String(a), b: String(b) }];
}

/**
 * A translation may keep its title. Where the title has Vietnamese letters, the language is that of the title: DSpace offers
 * English first, and many leave it so.
 */
function comparedLanguages(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  const both = a.languages.length > 0 && b.languages.length > 0;
  if (!both || a.languages.some((language) => b.languages.includes(language))) return [];
  const isVietnamese = ({ titles }: MatchFacts) =>
    titles.some(({ main, whole }) => main && whole.marked !== whole.folded);
  if (isVietnamese(a) && isVietnamese(b)) return [];
  return [{ code: "language-differs", a: a.languages.join(", "), b: b.languages.join(", ") }];
}

/** "Giáo dục" and "Giáo dục Việt Nam" are one; which university a thesis names is said in too many ways to differ. */
function comparedInstitutions(a: MatchFacts, b: MatchFacts): readonly Reason[] {
  const [first, other] = [a.institutions[0], b.institutions[0]];
  if (first === undefined || other === undefined) return [];
  const isSame = (x: string, y: string) => x === y || x.startsWith(`${y} `) || y.startsWith(`${x} `);
  const common = a.institutions.find((x) => b.institutions.some((y) => isSame(x, y)));
  if (common !== undefined) return [{ code: "institution-same", a: common, b: common }];
  const mayDiffer = [a.kind, b.kind].some((kind) => KINDS_OF_MANY_PUBLISHERS.includes(kind ?? ""));
  return mayDiffer ? [] : [{ code: "publisher-differs", a: first, b: other }];
}
