import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { readGrant } from "../../../src/crosswalk/grant.ts";
import { urlOf } from "../../../src/crosswalk/identifiers.ts";
import { type Host, isJournalIssue, readJournalCitation } from "../../../src/crosswalk/journal-citation.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type DcValue, type DublinCore, distinct } from "./dublin-core.ts";
import { identifierLinks, type Link, readLink } from "./links.ts";

type Relation = CommonRecord["relations"][number];
type Series = CommonRecord["series"][number];

const ALTERNATE = /^info:eu-repo\/semantics\/altIdentifier\//i;
/** DSpace joins name and number of dc.relation.ispartofseries with a semicolon; the number may be missing. */
const SERIES = /^([^;]{2,200});\s*([^;]{0,40})$/;
/** The refinements of dcterms as words before the value, with DataCite's relation types. */
const REFINED =
  /^(is ?part ?of|has ?part|is ?version ?of|has ?version|is ?format ?of|has ?format|is ?referenced ?by|references|is ?replaced ?by|replaces|is ?required ?by|requires)\s*:\s*(?=\S)/i;
const REFINEMENTS: Readonly<Record<string, string>> = {
  ispartof: "IsPartOf",
  haspart: "HasPart",
  isversionof: "IsVersionOf",
  hasversion: "HasVersion",
  isformatof: "IsVariantFormOf",
  hasformat: "IsOriginalFormOf",
  isreferencedby: "IsReferencedBy",
  references: "References",
  isreplacedby: "IsObsoletedBy",
  replaces: "Obsoletes",
  isrequiredby: "IsRequiredBy",
  requires: "Requires",
};
/** Where nothing says how two items belong together; DataCite 4.7 has the type for it. */
const UNKNOWN_RELATION = "Other";

/** The journal or volume in which a part appeared: the parts of dc:source (OJS writes title, issue, pages and ISSNs). */
export function host(dc: DublinCore): Mapped<Host> | null {
  const numbers = dc.kept(sourceLinks).filter(({ identifier }) => identifier.invalid !== true);
  const issn = numbers.find(({ identifier }) => identifier.scheme === "ISSN");
  const isbn = numbers.find(({ identifier }) => identifier.scheme === "ISBN");
  const citation = dc.kept(hostCitation);
  if (citation === null && issn === undefined && isbn === undefined) return null;
  const value: Host = {
    ...citation?.host,
    ...(issn === undefined ? {} : { issn: issn.identifier.value }),
    ...(isbn === undefined ? {} : { isbn: isbn.identifier.value }),
  };
  const nodes = [citation?.value, issn?.value, isbn?.value].flatMap((found) =>
    found === undefined ? [] : [found.node],
  );
  return mapped(value, ...nodes);
}

/** dc:source as found, and the sentences of dc:identifier: citations. */
export function sourceNotes(dc: DublinCore): readonly Mapped<string>[] {
  const sources = dc
    .kept(sourceLinks)
    .filter(({ kind, identifier }) => isText(kind) && !isStandardNumber(identifier.scheme));
  const citations = dc.kept(identifierLinks).filter(({ kind }) => kind === "sentence");
  const notes = [...citations, ...sources].map(({ value }) => mapped(value.text, value.node));
  return distinct(notes, ({ value }) => value);
}

export function series(dc: DublinCore): readonly Mapped<Series>[] {
  return dc.kept(relationValues).flatMap(({ value, kind }) => {
    const match = isText(kind) ? seriesOf(value.text) : null;
    return match === null || isJournalIssue(value.text) ? [] : [mapped(match, value.node)];
  });
}

export function relations(dc: DublinCore, note: Note): readonly Mapped<Relation>[] {
  const links = dc.kept(relationValues);
  const sources = dc.kept(sourceLinks).filter(({ kind }) => kind === "page" || kind === "private");
  for (const { kind, value } of [...links, ...sources]) {
    if (kind === "private") note("private-address", { node: value.node, value: value.text });
  }
  const related = links.filter(
    ({ kind, value }) => kind !== "private" && kind !== "file" && seriesOf(value.text) === null,
  );
  const derived = sources.filter(({ kind }) => kind === "page");
  return distinct(
    [...related.map((link) => relationOf(link)), ...derived.map((link) => relationOf(link, "IsDerivedFrom"))],
    ({ value }) => `${value.type} ${value.target.value}`,
  );
}

export function funding(dc: DublinCore): readonly Mapped<CommonRecord["funding"][number]>[] {
  return dc.values("relation").flatMap(({ text, node }) => {
    const grant = readGrant(text);
    return grant === null ? [] : [mapped(grant, node)];
  });
}

function sourceLinks(dc: DublinCore): readonly Link[] {
  return dc
    .values("source")
    .filter(({ text }) => text !== "")
    .map(readLink);
}

/** dc:relation but for grants and alternate identifiers; a word before the value is kept aside. */
function relationValues(dc: DublinCore): readonly Link[] {
  return dc
    .values("relation")
    .filter(({ text }) => text !== "" && readGrant(text) === null && !ALTERNATE.test(text))
    .map((value) => {
      const link = readLink({ ...value, text: value.text.replace(REFINED, "") });
      return { ...link, value };
    });
}

/** dc:source first; DSpace's series field is used for journals too ("Tạp chí Thư viện Việt Nam;Số 6"). */
function hostCitation(dc: DublinCore): { readonly value: DcValue; readonly host: Host } | null {
  const issues = dc.values("relation").filter(({ text }) => text.includes(";") && isJournalIssue(text));
  for (const value of [...dc.values("source"), ...issues]) {
    const host = readJournalCitation(value.text);
    if (host !== null) return { value, host };
  }
  return null;
}

function relationOf({ value, identifier }: Link, otherwise = UNKNOWN_RELATION): Mapped<Relation> {
  const refinement = REFINED.exec(value.text)?.[1]?.toLowerCase().replaceAll(" ", "");
  const standard = isStandardNumber(identifier.scheme) ? "IsPartOf" : otherwise;
  const type = (refinement === undefined ? undefined : REFINEMENTS[refinement]) ?? standard;
  const known = identifier.scheme !== "local" && identifier.scheme !== "other" && identifier.invalid !== true;
  const usable =
    known && (urlOf(identifier) !== null || isStandardNumber(identifier.scheme) || identifier.scheme === "URN");
  return mapped(
    { type, target: { value: identifier.value, ...(usable ? { scheme: identifier.scheme } : {}) } },
    value.node,
  );
}

function seriesOf(text: string): Series | null {
  const match = SERIES.exec(text);
  if (match === null || /^https?:/i.test(text)) return null;
  const [, title = "", number = ""] = match;
  return number.trim() === "" ? { title: title.trim() } : { title: title.trim(), number: number.trim() };
}

function isText(kind: Link["kind"]): boolean {
  return kind === "sentence" || kind === "name";
}

function isStandardNumber(scheme: string): boolean {
  return scheme === "ISSN" || scheme === "ISBN";
}
