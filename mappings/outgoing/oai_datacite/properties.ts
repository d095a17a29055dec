import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type Attributes, each, parentElement, textElement } from "../element.ts";
import { languageCodes } from "../languages.ts";
import { plainDate } from "../plain-date.ts";
import { titlesOf } from "../record-text.ts";
import { webAddress } from "../web-address.ts";

type OtherDate = CommonRecord["dates"][number];

const TITLE_TYPES = {
  main: undefined,
  alternative: "AlternativeTitle",
  translated: "TranslatedTitle",
  subtitle: "Subtitle",
} as const;
/** Name and address of the schemes that a subject may come from; keywords come from none. */
const SUBJECT_SCHEMES: Readonly<Record<string, readonly [name: string, uri: string | null]>> = {
  BBK: ["BBK", null],
  DDC: ["DDC", "https://dewey.info/"],
  LCC: ["LCC", "http://id.loc.gov/authorities/classification"],
  LCSH: ["LCSH", "http://id.loc.gov/authorities/subjects"],
  MeSH: ["MeSH", "http://id.nlm.nih.gov/mesh/"],
  NLM: ["NLM", null],
  UDC: ["UDC", "http://udcdata.info/"],
};
/** DataCite dateType; a thesis is accepted when it was defended. */
const DATE_TYPES: Readonly<Record<OtherDate["type"], string>> = {
  accepted: "Accepted",
  available: "Available",
  copyrighted: "Copyrighted",
  created: "Created",
  defended: "Accepted",
  embargoEnd: "Available",
  submitted: "Submitted",
  updated: "Updated",
};

/** `xml:lang` of a text, where its language is known. */
export function languageOf(lang: string | undefined): { readonly "xml:lang": string | null } {
  return { "xml:lang": lang === undefined ? null : languageCodes(lang).bcp47 };
}

/** `datacite:titles`, the main one first. */
export function titles(record: CommonRecord): string {
  const { main, subtitles, others } = titlesOf(record);
  const all = [...(main === null ? [] : [main]), ...subtitles, ...others];
  return parentElement(
    "datacite:titles",
    each(all, (title) =>
      textElement("datacite:title", title.value, {
        titleType: title === main ? undefined : TITLE_TYPES[title.type],
        ...languageOf(title.lang),
      }),
    ),
  );
}

/** `datacite:subjects`, class numbers among them. */
export function subjects(record: CommonRecord): string {
  return parentElement(
    "datacite:subjects",
    each(record.subjects, ({ value, scheme, lang, uri }) => {
      const [name, address] = SUBJECT_SCHEMES[scheme] ?? [];
      return textElement("datacite:subject", value, {
        subjectScheme: name,
        schemeURI: address,
        valueURI: webAddress(uri),
        ...languageOf(lang),
      });
    }),
  );
}

/**
 * `datacite:dates` in W3CDTF, intervals as RKMS-ISO8601 writes them ("2001/2003"). `types` are the dates of the record that the
 * format can say without being misunderstood.
 */
export function dates(record: CommonRecord, types: readonly OtherDate["type"][]): string {
  const { issued, embargoEnd, thesis } = record;
  const all: readonly (readonly [type: string, value: string])[] = [
    ...(issued === null ? [] : [["Issued", issued.value] as const]),
    ...record.dates
      .filter(({ type }) => types.includes(type))
      .map((date) => [DATE_TYPES[date.type], date.value] as const),
    ...(embargoEnd === null ? [] : [["Available", embargoEnd] as const]),
    ...(thesis?.defenceDate === undefined || !types.includes("defended")
      ? []
      : [["Accepted", thesis.defenceDate] as const]),
  ];
  const written = all.map(([dateType, value]) => textElement("datacite:date", datesOf(value), { dateType }));
  return parentElement("datacite:dates", [...new Set(written)].join(""));
}

function datesOf(edtf: string): string | null {
  const [first = "", last] = edtf.split("/");
  const [start, end] = [plainDate(first), last === undefined ? null : plainDate(last)];
  return start === null || end === null ? start : `${start}/${end}`;
}

/** `datacite:geoLocations`: the places that the work is about. */
export function geoLocations(record: CommonRecord): string {
  const places = record.coverage.filter(({ kind }) => kind === "spatial");
  return parentElement(
    "datacite:geoLocations",
    each(places, ({ value }) => parentElement("datacite:geoLocation", textElement("datacite:geoLocationPlace", value))),
  );
}

/** `datacite:sizes`: pages, running time. */
export function sizes(record: CommonRecord): string {
  return parentElement(
    "datacite:sizes",
    each(record.extents, (extent) => textElement("datacite:size", extent)),
  );
}

/** Who paid, in the namespace of `prefix`; both formats want the name of the funder, so an award without one is left out. */
export function fundingReferences(record: CommonRecord, prefix: string): string {
  return parentElement(
    `${prefix}fundingReferences`,
    each(record.funding, ({ funderName, funderId, awardNumber, awardTitle }) =>
      funderName === undefined
        ? ""
        : parentElement(
            `${prefix}fundingReference`,
            textElement(`${prefix}funderName`, funderName) +
              textElement(`${prefix}funderIdentifier`, funderId, funderType(funderId)) +
              textElement(`${prefix}awardNumber`, awardNumber) +
              textElement(`${prefix}awardTitle`, awardTitle),
          ),
    ),
  );
}

function funderType(funderId: string | undefined): Attributes {
  const id = funderId ?? "";
  const [type] =
    (
      [
        ["ROR", /ror\.org\//],
        ["Crossref Funder ID", /10\.13039\//],
        ["GRID", /^grid\./],
        ["ISNI", /isni/i],
      ] as const
    ).find(([, form]) => form.test(id)) ?? [];
  return { funderIdentifierType: type ?? "Other" };
}
