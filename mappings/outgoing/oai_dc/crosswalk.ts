import type { OutgoingCrosswalk, PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { escapeText } from "../../../src/xml/escape.ts";
import {
  citationText,
  grantAgreement,
  grantorText,
  identifierTexts,
  seriesText,
  targetText,
} from "../dublin-core-text.ts";
import { languageCodes } from "../languages.ts";
import { headingOf, statedType, titlesOf } from "../record-text.ts";
import { euRepoAccess, euRepoType, euRepoVersion } from "./eu-repo.ts";

const NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const SCHEMA = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";
const START =
  `<oai_dc:dc xmlns:oai_dc="${NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
  ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${NAMESPACE} ${SCHEMA}">`;

/** A value, with its language in ISO 639-3 where that is known. */
type Value = string | { readonly value: string; readonly lang?: string };

/** Schemes of classification that the OpenAIRE Guidelines v3 name in a subject. */
const CLASSIFICATIONS: Readonly<Record<string, string>> = { DDC: "ddc", UDC: "udc", LCC: "lcc" };

/** The elements in the order of oai_dc.xsd; within an element, a value that has been said is not said again. */
const ELEMENTS: readonly (readonly [element: string, values: (published: PublishedRecord) => readonly Value[]])[] = [
  ["title", ({ record }) => titles(record)],
  ["creator", ({ record }) => record.creators.map(headingOf)],
  ["subject", ({ record }) => record.subjects.map(subject)],
  ["description", ({ record }) => record.descriptions],
  ["publisher", ({ record }) => record.publishers.map(({ name }) => name)],
  ["contributor", ({ record }) => contributors(record)],
  ["date", ({ record }) => dates(record)],
  ["type", ({ record }) => types(record)],
  ["format", ({ record }) => formats(record)],
  ["identifier", identifierTexts],
  ["source", ({ record }) => sources(record)],
  ["language", ({ record }) => record.languages],
  ["relation", ({ record }) => relations(record)],
  ["coverage", ({ record }) => record.coverage.map(({ value }) => value)],
  ["rights", ({ record }) => rights(record)],
];

/** Simple Dublin Core as OAI-PMH 2.0 §2.5 requires it, with the terms of the OpenAIRE Guidelines v3; see README.md. */
export const oaiDcOut: OutgoingCrosswalk = {
  metadataPrefix: "oai_dc",
  schema: SCHEMA,
  namespace: NAMESPACE,
  write(published) {
    let written = START;
    for (const [element, valuesOf] of ELEMENTS) {
      const values = valuesOf(published);
      if (values.length > 0) written += writeElements(element, values);
    }
    return `${written}</oai_dc:dc>`;
  },
};

function writeElements(element: string, values: readonly Value[]): string {
  const [opening, end] = [`<dc:${element}`, `</dc:${element}>`];
  let written = "";
  for (const item of distinct(values)) written += opening + languageOf(item) + escapeText(textOf(item)) + end;
  return written;
}

function distinct(values: readonly Value[]): readonly Value[] {
  if (values.length < 2) return values;
  const said = new Set<string>();
  return values.filter((item) => {
    const text = textOf(item);
    return said.has(text) ? false : said.add(text);
  });
}

function textOf(item: Value): string {
  return typeof item === "string" ? item : item.value;
}

/** The end of a start tag, with the language of the value where it has one. */
function languageOf(item: Value): string {
  const lang = typeof item === "string" ? undefined : item.lang;
  const code = lang === undefined ? null : languageCodes(lang).bcp47;
  return code === null ? ">" : ` xml:lang="${code}">`;
}

function titles(record: CommonRecord): readonly Value[] {
  const { main, subtitles, others } = titlesOf(record);
  if (main === null) return [];
  const whole = [main, ...subtitles].map(({ value }) => value).join(" : ");
  return [{ ...main, value: whole }, ...others];
}

function subject({ value, scheme, lang }: CommonRecord["subjects"][number]): Value {
  const classification = CLASSIFICATIONS[scheme];
  if (classification !== undefined) return `info:eu-repo/classification/${classification}/${value}`;
  return lang === undefined ? value : { value, lang };
}

function contributors(record: CommonRecord): readonly string[] {
  const grantor = grantorText(record);
  return [...record.contributors.map(headingOf), ...(grantor === null ? [] : [grantor])];
}

function dates(record: CommonRecord): readonly string[] {
  const embargoEnd = record.embargoEnd ?? record.dates.find(({ type }) => type === "embargoEnd")?.value;
  return [
    ...(record.issued === null ? [] : [record.issued.value]),
    ...(embargoEnd === undefined ? [] : [`info:eu-repo/date/embargoEnd/${embargoEnd}`]),
  ];
}

function types(record: CommonRecord): readonly string[] {
  const { resourceType, version } = record;
  const versionTerm = version?.uri === undefined ? null : euRepoVersion(version.uri);
  const ofVersion = versionTerm === null ? [] : [versionTerm];
  if (resourceType === null) return ofVersion;
  const { uri, label } = resourceType;
  const words = [label.en, label.vi, statedType(record)].filter((text) => text !== undefined && text !== null);
  return [euRepoType(uri), ...words, ...ofVersion];
}

function formats(record: CommonRecord): readonly string[] {
  const mediaTypes = record.files.flatMap(({ mediaType }) => (mediaType === undefined ? [] : [mediaType]));
  return [...record.formats, ...mediaTypes, ...record.extents];
}

function sources(record: CommonRecord): readonly string[] {
  const { host, sourceNotes } = record;
  if (host === null) return sourceNotes;
  const citation = citationText(record);
  return [
    ...(citation === "" ? [] : [citation]),
    ...(host.note === undefined ? [] : [host.note]),
    ...(host.issn === undefined ? [] : [`urn:ISSN:${host.issn}`]),
    ...(host.isbn === undefined ? [] : [`urn:ISBN:${host.isbn}`]),
    ...sourceNotes,
  ];
}

function relations(record: CommonRecord): readonly string[] {
  const written = [
    ...record.relations.map(targetText),
    ...record.series.map(seriesText),
    ...record.funding.flatMap(grantAgreement),
    ...record.files.map(({ url }) => url),
  ];
  return written.filter((text) => !isPrivateAddress(text));
}

function rights({ accessRights, license, rightsNotes }: CommonRecord): readonly string[] {
  const access = accessRights === null ? null : euRepoAccess(accessRights.uri);
  return [access, accessRights?.label, accessRights?.raw, license?.uri, license?.label, ...rightsNotes].filter(
    (text) => text !== null && text !== undefined,
  );
}
