import type { PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import type { MarcDataField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { languageCodes } from "../languages.ts";
import { isClassNumber } from "../record-text.ts";
import { field, type Part } from "./fields.ts";

type Identifier = CommonRecord["alternateIdentifiers"][number];

/** LoC "Standard Identifier Source Codes", for 024 with first indicator 7. */
const SOURCE_CODES: Readonly<Record<string, string>> = { DOI: "doi", Handle: "hdl", ARK: "ark", URN: "urn" };
/** Indicators of a class number that did not come from the library of the scheme (LoC MARC 21 050, 060, 080, 082, 084). */
const CLASSIFICATIONS: Readonly<Record<string, readonly [tag: string, indicators: string, source: string | null]>> = {
  LCC: ["050", " 4", null],
  NLM: ["060", " 4", null],
  UDC: ["080", "  ", null],
  DDC: ["082", "04", null],
  BBK: ["084", "  ", "rubbk"],
};

/** 020 to 088: standard numbers, where the record comes from, languages, class numbers. */
export function numberFields({ record, source }: PublishedRecord): readonly MarcDataField[] {
  const identifiers = [...(record.identifier === null ? [] : [record.identifier]), ...record.alternateIdentifiers];
  return [
    ...identifiers.filter(({ value }) => value !== source.identifier).flatMap(identifierField),
    ...field("035", "  ", [["a", `(${source.repositoryCode})${source.identifier}`]]),
    ...field("040", "  ", [
      ["a", source.repositoryCode],
      ["b", "vie"],
      ["c", "lienthong"],
    ]),
    ...languageFields(record.languages),
    ...record.subjects.flatMap((subject) => {
      const { scheme, value } = subject;
      if (isClassNumber(subject)) return field("084", "  ", [["a", value]]);
      const [tag, indicators, code] = CLASSIFICATIONS[scheme] ?? [];
      if (tag === undefined || indicators === undefined) return [];
      return field(tag, indicators, [
        ["a", value],
        ["2", code],
      ]);
    }),
  ];
}

/** A number with a wrong check digit goes where MARC keeps such numbers ($z, 022 $y) and is not lost. */
function identifierField(identifier: Identifier): readonly MarcDataField[] {
  const { scheme, value, invalid = false } = identifier;
  const number: Part = [invalid ? "z" : "a", value];
  switch (scheme) {
    case "ISBN":
      return field("020", "  ", [number]);
    case "ISSN":
      return field("022", "  ", [[invalid ? "y" : "a", value]]);
    case "ISMN":
      return field("024", "2 ", [number]);
    case "report":
      return field("088", "  ", [number]);
    case "OAI":
      return field("035", "  ", [number]);
    case "URL":
    case "PURL":
      // an address goes into 856
      return invalid ? field("024", "8 ", [number]) : [];
    default: {
      const code = SOURCE_CODES[scheme];
      return field("024", code === undefined ? "8 " : "7 ", [number, ["2", code]]);
    }
  }
}

/** 041 only where 008 does not say it all: several languages, or one for which MARC has no code. */
function languageFields(languages: readonly string[]): readonly MarcDataField[] {
  const inMarc = languages.flatMap((language) => languageCodes(language).marc ?? []);
  const others = languages.filter((language) => languageCodes(language).marc === null);
  const part = (language: string): Part => ["a", language];
  return [
    ...(languages.length > 1 ? field("041", "  ", inMarc.map(part)) : []),
    ...(others.length > 0 ? field("041", " 7", [...others.map(part), ["2", "iso639-3"]]) : []),
  ];
}
