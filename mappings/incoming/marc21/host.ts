import type { MarcNode, MarcSource } from "../../../src/crosswalk/marc-source.ts";
import { mapped } from "../../../src/crosswalk/source.ts";
import { readIsbn, readIssn } from "../../../src/crosswalk/standard-numbers.ts";
import { type FieldReader, type Item, present, unique, withValue } from "./field.ts";
import { joinedByStops, withoutIsbd } from "./isbd.ts";

/** The parts of a statement like "Tập 5, Số 2 (2019), tr. 12-20"; an issue may be double ("3+4", "3/4"). */
const VOLUME = /(?<!\p{L})(?:vol(?:ume)?\.?|v\.|tập|t\.|q\.|quyển)\s*(\d[\w]*)/iu;
const ISSUE = /(?<!\p{L})(?:no\.?|nr\.?|issue|số|iss\.)\s*(\d[\w]*(?:[-+/]\d+)?)/iu;
const PAGES = /(?<!\p{L})(?:pp?\.|pages?|tr\.|trang)\s*([\dA-Za-z]+)(?:\s*[-–]\s*([\dA-Za-z]+))?/iu;
/** LoC MARC 21 773 $q: volume, colon, issue, less-than sign, first page. */
const ENUMERATION = /^(\w+)(?::(\w+))?(?:<(\w+))?$/;

/** LoC MARC 21 773: the journal of an article, the book of a chapter. Further ones are relations. */
export const host: FieldReader<"host"> = (marc, note) => {
  const [field] = marc.fields("773");
  if (field === undefined) return null;
  const titleNodes = withValue(field.has("t") ? field.all("t") : field.all("a"), note);
  const details = withValue(field.all("gq"), note);
  const [issn, isbn] = [field.first("x"), field.first("z")];
  field.drop("abcdefhijklmnoprstuvwy");
  const value = {
    ...present({
      title: joinedByStops(titleNodes.map((node) => withoutIsbd(node.value))),
      issn: issn === null ? null : readIssn(issn.value).value,
      isbn: isbn === null ? null : readIsbn(isbn.value).value,
    }),
    ...citation(details),
  };
  if (Object.keys(value).length === 0) return null;
  return mapped(value, ...[...titleNodes, issn, isbn, ...details].filter((node) => node !== null));
};

/** Volume, issue and pages; what cannot be told apart stays whole as `note`. */
function citation(nodes: readonly MarcNode[]) {
  const text = nodes.map(({ value }) => value).join(" ");
  const coded = nodes.map((node) => (node.code === "q" ? ENUMERATION.exec(node.value) : null)).find((m) => m !== null);
  const pages = PAGES.exec(text);
  const parts = present({
    volume: VOLUME.exec(text)?.[1] ?? coded?.[1],
    issue: ISSUE.exec(text)?.[1] ?? coded?.[2],
    startPage: pages?.[1] ?? coded?.[3],
    endPage: pages?.[2],
  });
  return Object.keys(parts).length === 0 ? present({ note: text }) : parts;
}

/**
 * LoC MARC 21 490 (440 before 2008) $a $v $x; 8XX only where there is none, since it is the same series under its authorised
 * name. A number without a title is that of the part of a multipart work: Koha imports have it so.
 */
export const series: FieldReader<"series"> = (marc, note) => {
  const statements = marc.fields("490", "440");
  const fields = statements.length > 0 ? statements : marc.fields("800", "810", "811", "830");
  marc.fields("800", "810", "811", "830").forEach((field) => {
    field.drop();
  });
  const found = fields.flatMap((field) => {
    const titleNodes = withValue(field.all(field.tag.startsWith("8") && field.has("t") ? "tnp" : "anp"), note);
    const number = field.first("v");
    const issn = field.first("x");
    field.drop("abdfklnpstvx");
    const own = titleNodes.length === 0 && number !== null ? ownTitle(marc) : [];
    return seriesOf([...titleNodes, ...own], number, issn);
  });
  return unique(found, ({ value }) => `${value.title} ${value.number ?? ""}`);
};

function ownTitle(marc: MarcSource): readonly MarcNode[] {
  return marc.fields("245")[0]?.all("a").slice(0, 1) ?? [];
}

function seriesOf(titleNodes: readonly MarcNode[], number: MarcNode | null, issn: MarcNode | null) {
  const title = joinedByStops(titleNodes.map(({ value }) => withoutIsbd(value)));
  if (title === "") return [];
  const value: Item<"series"> = {
    title,
    ...present({
      number: number === null ? null : withoutIsbd(number.value),
      issn: issn === null ? null : readIssn(issn.value).value,
    }),
  };
  return [mapped(value, ...[...titleNodes, number, issn].filter((node) => node !== null))];
}
