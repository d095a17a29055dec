import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { readGrant } from "../../../src/crosswalk/grant.ts";
import { urlOf } from "../../../src/crosswalk/identifiers.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type DcValue, type DublinCore, distinct } from "./dublin-core.ts";
import { identifierLinks, type Link, readLink } from "./links.ts";

type Relation = CommonRecord["relations"][number];
type Funding = CommonRecord["funding"][number];
type Series = CommonRecord["series"][number];

const ALTERNATE = /^info:eu-repo\/semantics\/altIdentifier\//i;
/** DSpace joins name and number of dc.relation.ispartofseries with a semicolon; the number may be missing. */
const SERIES = /^([^;]{2,200});\s*([^;]{0,40})$/;
/** What the table of terms calls an element for series; the other refinements of dc:relation are relation types of DataCite. */
const SERIES_TERM = "series";
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
const FUNDING_PARTS: readonly (keyof Funding)[] = ["funderName", "awardNumber", "awardTitle"];
/** Where nothing says how two items belong together; DataCite 4.7 has the type for it. */
const UNKNOWN_RELATION = "Other";

/** dc:source as found, and the sentences of dc:identifier: citations. */
export function sourceNotes(dc: DublinCore): readonly Mapped<string>[] {
  const sources = dc
    .kept(sourceLinks)
    .filter(({ kind, identifier }) => isText(kind) && !isStandardNumber(identifier.scheme));
  const citations = dc.kept(identifierLinks).filter(({ kind }) => kind === "sentence");
  const notes = [...citations, ...sources].map(({ value }) => mapped(value.text, value.node));
  return distinct(notes, ({ value }) => value);
}

export function relations(dc: DublinCore, note: Note): readonly Mapped<Relation>[] {
  const links = dc.kept(relationValues);
  const sources = dc.kept(sourceLinks).filter(({ kind }) => kind === "page" || kind === "private");
  for (const { kind, value } of [...links, ...sources]) {
    if (kind === "private") note("private-address", { node: value.node, value: value.text });
  }
  const related = links.filter(({ kind, value }) => kind !== "private" && kind !== "file" && seriesOf(value) === null);
  const derived = sources.filter(({ kind }) => kind === "page");
  return distinct(
    [...related.map((link) => relationOf(link)), ...derived.map((link) => relationOf(link, "IsDerivedFrom"))],
    ({ value }) => `${value.type} ${value.target.value}`,
  );
}

/** `info:eu-repo/grantAgreement/…`, and the funders and numbers that a qualified format names. */
export function funding(dc: DublinCore): readonly Mapped<Funding>[] {
  const values = [...dc.values("relation"), ...dc.values("funding")];
  const grants = values.flatMap(({ text, node }) => {
    const grant = readGrant(text);
    return grant === null ? [] : [mapped(grant, node)];
  });
  const stated = dc.values("funding").filter(({ text }) => text !== "" && readGrant(text) === null);
  return [...grants, ...statedFunding(stated)];
}

/** A number or a title belongs to the funder before it; without one it stands alone. */
function statedFunding(values: readonly DcValue[]): readonly Mapped<Funding>[] {
  const found: Mapped<Funding>[] = [];
  for (const { text, node, refinement } of values) {
    const part = FUNDING_PARTS.find((name) => name === refinement) ?? "funderName";
    const last = found.at(-1);
    const fits = part !== "funderName" && last !== undefined && last.value[part] === undefined;
    if (fits) found[found.length - 1] = mapped({ ...last.value, [part]: text }, ...last.from, node);
    else found.push(mapped({ [part]: text }, node));
  }
  return found;
}

/** What stands in `dc:source`. */
export function sourceLinks(dc: DublinCore): readonly Link[] {
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
      // the refinement says how the two belong together, not what identifies the other
      const link = readLink({ ...value, text: value.text.replace(REFINED, ""), refinement: null });
      return { ...link, value };
    });
}

function relationOf({ value, identifier }: Link, otherwise = UNKNOWN_RELATION): Mapped<Relation> {
  const refinement = REFINED.exec(value.text)?.[1]?.toLowerCase().replaceAll(" ", "");
  const standard = isStandardNumber(identifier.scheme) ? "IsPartOf" : otherwise;
  const type = value.refinement ?? (refinement === undefined ? undefined : REFINEMENTS[refinement]) ?? standard;
  const known = identifier.scheme !== "local" && identifier.scheme !== "other" && identifier.invalid !== true;
  const usable =
    known && (urlOf(identifier) !== null || isStandardNumber(identifier.scheme) || identifier.scheme === "URN");
  return mapped(
    { type, target: { value: identifier.value, ...(usable ? { scheme: identifier.scheme } : {}) } },
    value.node,
  );
}

/** "Title;number"; of what is called a series the number may be missing, and nothing that is called otherwise is one. */
export function seriesOf({ text, refinement }: Pick<DcValue, "text" | "refinement">): Series | null {
  if (text === "" || /^https?:/i.test(text) || (refinement !== null && refinement !== SERIES_TERM)) return null;
  const match = SERIES.exec(text);
  if (match === null) return refinement === SERIES_TERM ? { title: text } : null;
  const [, title = "", number = ""] = match;
  return number.trim() === "" ? { title: title.trim() } : { title: title.trim(), number: number.trim() };
}

function isText(kind: Link["kind"]): boolean {
  return kind === "sentence" || kind === "name";
}

function isStandardNumber(scheme: string): boolean {
  return scheme === "ISSN" || scheme === "ISBN";
}
