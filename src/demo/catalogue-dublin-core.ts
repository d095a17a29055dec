import { type MarcField, type MarcRecord, subfieldValues } from "./marc-notation.ts";
import { wrapDublinCore, writeElement } from "./sample-xml.ts";

type Source = readonly [element: string, tags: readonly string[], codes: string];

/** From which fields each element comes, after the Library of Congress's MARC21slim2OAIDC, which Koha ships. */
const SOURCES: readonly Source[] = [
  ["title", ["245"], "abnp"],
  ["creator", ["100", "110", "700", "710"], "abd"],
  ["type", ["655"], "a"],
  ["publisher", ["260", "264"], "ab"],
  ["date", ["260", "264"], "c"],
  ["description", ["500", "502", "504", "520", "546"], "abcd"],
  ["subject", ["650", "651", "653"], "axz"],
  ["identifier", ["856"], "u"],
];

/** The simple Dublin Core a library system makes of a MARC record: ISBD punctuation mostly gone, roles lost. */
export function writeCatalogueDublinCore(record: MarcRecord): string {
  const { fields } = record;
  return wrapDublinCore([
    ...SOURCES.flatMap((source) => elementsFrom(fields, source)),
    ...subfieldValues(fields, "020", "a").map((isbn) => writeElement("dc:identifier", `URN:ISBN:${isbn.join("")}`)),
    writeElement("dc:type", "text"),
    writeElement("dc:language", languageOf(record)),
  ]);
}

function elementsFrom(fields: readonly MarcField[], [element, tags, codes]: Source): string[] {
  return tags
    .flatMap((tag) => subfieldValues(fields, tag, codes))
    .map((values) => chopPunctuation(values.join(" ")))
    .filter((text) => text !== "")
    .map((text) => writeElement(`dc:${element}`, text));
}

function chopPunctuation(text: string): string {
  return text.replace(/[\s:;,/=]+$/, "");
}

function languageOf(record: MarcRecord): string {
  return record.controlFields.find(({ tag }) => tag === "008")?.value.slice(35, 38) ?? "und";
}
