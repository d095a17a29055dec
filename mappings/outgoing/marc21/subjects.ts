import type { MarcDataField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { field } from "./fields.ts";

/** Second indicator of 650: the thesaurus (LoC MARC 21 650); `4` = source not specified. */
const THESAURI: Readonly<Record<string, string>> = { LCSH: "0", MeSH: "2", local: "4" };

/** 648 to 655: headings, keywords, places, periods, and the type of the work as a genre. */
export function subjectFields(record: CommonRecord): readonly MarcDataField[] {
  return [
    ...record.subjects.flatMap(({ scheme, value, uri }) => {
      const thesaurus = THESAURI[scheme];
      if (thesaurus !== undefined)
        return field("650", ` ${thesaurus}`, [
          ["a", value],
          ["0", uri],
        ]);
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

/** The COAR type, and what the source called it where that says something else. */
function genreFields({ resourceType }: CommonRecord): readonly MarcDataField[] {
  if (resourceType === null) return [];
  const { label, raw, uri } = resourceType;
  const name = label.en ?? label.vi ?? raw;
  return [
    ...field("655", " 7", [
      ["a", name],
      ["0", uri],
      ["2", "coar"],
    ]),
    ...(raw === name ? [] : field("655", " 4", [["a", raw]])),
  ];
}
