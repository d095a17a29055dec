import type { CommonRecord } from "../../../src/record/common-record.ts";
import { each, parentElement, textElement } from "../element.ts";

type Relation = CommonRecord["relations"][number];
type Host = NonNullable<CommonRecord["host"]>;

/** MODS types of related items by DataCite relationType; every other relation is named by `otherType`. */
const TYPES: Readonly<Record<string, string>> = {
  Cites: "references",
  Continues: "preceding",
  HasPart: "constituent",
  HasVersion: "otherVersion",
  IsCitedBy: "isReferencedBy",
  IsContinuedBy: "succeeding",
  IsDerivedFrom: "original",
  IsNewVersionOf: "otherVersion",
  IsOriginalFormOf: "otherFormat",
  IsPartOf: "host",
  IsPreviousVersionOf: "otherVersion",
  IsReferencedBy: "isReferencedBy",
  IsTranslationOf: "original",
  IsVariantFormOf: "otherFormat",
  IsVersionOf: "otherVersion",
  References: "references",
  Reviews: "reviewOf",
};

/** In what the work stands, its series, and the works it is related to. */
export function relatedItems({ host, series, relations, issued }: CommonRecord): string {
  return (
    (host === null ? "" : hostItem(host, /^\d{4}/.exec(issued?.value ?? "")?.[0])) +
    each(series, ({ title, number, issn }) =>
      parentElement("relatedItem", titleInfo(title, number) + textElement("identifier", issn, { type: "issn" }), {
        type: "series",
      }),
    ) +
    each(relations, related)
  );
}

function hostItem(host: Host, year: string | undefined): string {
  const { title, issn, isbn, volume, issue, startPage, endPage, note } = host;
  const pages = parentElement("extent", textElement("start", startPage) + textElement("end", endPage), {
    unit: "pages",
  });
  const place = detail("volume", volume) + detail("issue", issue) + pages + textElement("text", note);
  const part = place === "" ? "" : parentElement("part", place + textElement("date", year, { encoding: "w3cdtf" }));
  const content =
    titleInfo(title) +
    part +
    textElement("identifier", issn, { type: "issn" }) +
    textElement("identifier", isbn, { type: "isbn" });
  return parentElement("relatedItem", content, { type: "host" });
}

function detail(type: string, number: string | undefined): string {
  return parentElement("detail", textElement("number", number), { type });
}

function titleInfo(title: string | undefined, partNumber?: string): string {
  return parentElement("titleInfo", textElement("title", title) + textElement("partNumber", partNumber));
}

function related({ type, target, label }: Relation): string {
  const known = TYPES[type];
  const scheme = target.scheme?.toLowerCase();
  const content =
    titleInfo(label) + textElement("identifier", target.value, { type: scheme === "url" ? "uri" : scheme });
  return parentElement("relatedItem", content, known === undefined ? { otherType: type } : { type: known });
}
