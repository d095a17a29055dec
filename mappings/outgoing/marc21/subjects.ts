import type { MarcDataField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { isClassNumber, partsOfHeading, statedType } from "../record-text.ts";
import { field, type Part } from "./fields.ts";

/** Second indicator of 650: the thesaurus (LoC MARC 21 650); `4` = source not specified. */
const THESAURI: Readonly<Record<string, string>> = { LCSH: "0", MeSH: "2", local: "4" };

/** 648 to 655: headings, keywords, places, periods, and the type of the work as a genre. */
export function subjectFields(record: CommonRecord): readonly MarcDataField[] {
  return [
    ...record.subjects.flatMap((subject) => {
      const { scheme, value, uri } = subject;
      if (isClassNumber(subject)) return [];
      const thesaurus = THESAURI[scheme];
      if (thesaurus !== undefined) return field("650", ` ${thesaurus}`, [...headingParts(value), ["0", uri]]);
      return scheme === "keyword" ? field("653", "  ", [["a", value]]) : [];
    }),
    ...record.coverage.flatMap(({ kind, value, uri }) =>
      field(kind === "spatial" ? "651" : "648", " 4", [
        ["a", value],
        ["0", uri],
      ]),
    ),
    ...genreFields(record),
  ];
}

/** The kinds of subdivision are not known any more, so all of them are general ones ($x). */
function headingParts(heading: string): readonly Part[] {
  return partsOfHeading(heading).map((part, index): Part => [index === 0 ? "a" : "x", part]);
}

/** The COAR type, and what the source called it where that says something else. */
function genreFields(record: CommonRecord): readonly MarcDataField[] {
  if (record.resourceType === null) return [];
  const { label, raw, uri } = record.resourceType;
  const name = label.en ?? label.vi ?? raw;
  const stated = statedType(record);
  return [
    ...field("655", " 7", [
      ["a", name],
      ["0", uri],
      ["2", "coar"],
    ]),
    ...(stated === name ? [] : field("655", " 4", [["a", stated]])),
  ];
}
