import type { OutgoingCrosswalk, PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import {
  citationText,
  grantAgreement,
  grantorText,
  identifierTexts,
  seriesText,
  targetText,
} from "../dublin-core-text.ts";
import { each, textElement } from "../element.ts";
import { languageCodes } from "../languages.ts";
import { plainDate } from "../plain-date.ts";
import { headingOf, statedType, titlesOf } from "../record-text.ts";
import { webAddress } from "../web-address.ts";
import { DATES, RELATIONS, SUBJECT_TYPES } from "./terms.ts";

const NAMESPACE = "http://worldcat.org/xmlschemas/qdc-1.0/";
const SCHEMA = "http://worldcat.org/xmlschemas/qdc/1.0/qdc-1.0.xsd";
const START =
  `<oai_qdc:qualifieddc xmlns:oai_qdc="${NAMESPACE}" xmlns:dc="http://purl.org/dc/elements/1.1/"` +
  ` xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
  ` xsi:schemaLocation="${NAMESPACE} ${SCHEMA}">`;

/** Qualified Dublin Core: the refinements and encoding schemes of DCMI Metadata Terms; see README.md. */
export const oaiQdcOut: OutgoingCrosswalk = {
  metadataPrefix: "oai_qdc",
  schema: SCHEMA,
  namespace: NAMESPACE,
  write(published) {
    const { record } = published;
    const content = [
      titles(record),
      agents(record),
      subjects(record),
      descriptions(record),
      dates(record),
      types(record),
      formats(record),
      identifiers(published),
      relations(record),
      each(record.languages, (language) => textElement("dc:language", language, encoded("ISO639-3"))),
      each(record.coverage, ({ kind, value }) => textElement(`dcterms:${kind}`, value)),
      each(record.audience, (group) => textElement("dcterms:audience", group)),
      rights(record),
    ];
    return `${START}${content.join("")}</oai_qdc:qualifieddc>`;
  },
};

/** The encoding scheme of a value; its type forbids `xml:lang` beside it. */
function encoded(scheme: string): { readonly "xsi:type": string } {
  return { "xsi:type": `dcterms:${scheme}` };
}

function languageOf(lang: string | undefined): { readonly "xml:lang": string | null } {
  return { "xml:lang": lang === undefined ? null : languageCodes(lang).bcp47 };
}

/** A value that is a URI says so. */
function uriOrText(element: string, text: string): string {
  const isUrn = /^urn:[a-z0-9-]{2,32}:[\w.:-]+$/i.test(text);
  return textElement(element, text, isUrn || webAddress(text) === text ? encoded("URI") : undefined);
}

function titles(record: CommonRecord): string {
  const { main, subtitles, others } = titlesOf(record);
  if (main === null) return "";
  const whole = [main, ...subtitles].map(({ value }) => value).join(" : ");
  return (
    textElement("dc:title", whole, languageOf(main.lang)) +
    each(others, ({ value, lang }) => textElement("dcterms:alternative", value, languageOf(lang)))
  );
}

function agents(record: CommonRecord): string {
  return (
    each(record.creators, (creator) => textElement("dc:creator", headingOf(creator))) +
    each(record.contributors, (contributor) => textElement("dc:contributor", headingOf(contributor))) +
    textElement("dc:contributor", grantorText(record)) +
    each(record.publishers, ({ name }) => textElement("dc:publisher", name))
  );
}

function subjects(record: CommonRecord): string {
  return each(record.subjects, ({ value, scheme, lang }) => {
    const type = SUBJECT_TYPES[scheme];
    return textElement("dc:subject", value, type === undefined ? languageOf(lang) : encoded(type));
  });
}

const DESCRIPTIONS = { abstract: "dcterms:abstract", toc: "dcterms:tableOfContents" } as const;

function descriptions(record: CommonRecord): string {
  return each(record.descriptions, ({ type, value, lang }) => {
    const element = type === "abstract" || type === "toc" ? DESCRIPTIONS[type] : "dc:description";
    return textElement(element, value, languageOf(lang));
  });
}

/** In EDTF; where that is a date of W3CDTF as well, it says so. */
function dates({ issued, dates: others, embargoEnd, thesis }: CommonRecord): string {
  const all = [
    ...(issued === null ? [] : [["issued", issued.value]]),
    ...others.map(({ type, value }) => [DATES[type], value]),
    ...(embargoEnd === null ? [] : [["available", embargoEnd]]),
    ...(thesis?.defenceDate === undefined ? [] : [["dateAccepted", thesis.defenceDate]]),
  ];
  const written = all.map(([element = "", value = ""]) =>
    textElement(`dcterms:${element}`, value, plainDate(value) === value ? encoded("W3CDTF") : undefined),
  );
  return [...new Set(written)].join("");
}

function types(record: CommonRecord): string {
  const { resourceType } = record;
  if (resourceType === null) return "";
  const { uri, label } = resourceType;
  const stated = statedType(record);
  return (
    uriOrText("dc:type", uri) +
    textElement("dc:type", label.en, languageOf("eng")) +
    textElement("dc:type", label.vi, languageOf("vie")) +
    (stated === label.en || stated === label.vi ? "" : textElement("dc:type", stated))
  );
}

function formats({ formats: named, files, extents }: CommonRecord): string {
  const mediaTypes = new Set([...named, ...files.flatMap(({ mediaType }) => mediaType ?? [])]);
  return (
    each([...mediaTypes], (mediaType) =>
      textElement("dc:format", mediaType, /^\w+\/[\w.+-]+$/.test(mediaType) ? encoded("IMT") : undefined),
    ) + each(extents, (extent) => textElement("dcterms:extent", extent))
  );
}

function identifiers(published: PublishedRecord): string {
  const citation = citationText(published.record);
  return (
    each([...new Set(identifierTexts(published))], (text) => uriOrText("dc:identifier", text)) +
    textElement("dcterms:bibliographicCitation", citation) +
    textElement("dcterms:bibliographicCitation", published.record.host?.note)
  );
}

function relations(record: CommonRecord): string {
  const { host, series, files, funding, sourceNotes } = record;
  const related = record.relations
    .map((relation) => [RELATIONS[relation.type] ?? "dc:relation", targetText(relation)] as const)
    .filter(([, text]) => !isPrivateAddress(text));
  const inHost = [
    host?.title,
    host?.issn === undefined ? null : `urn:ISSN:${host.issn}`,
    host?.isbn === undefined ? null : `urn:ISBN:${host.isbn}`,
  ];
  return (
    each(inHost, (text) => (text == null ? "" : uriOrText("dcterms:isPartOf", text))) +
    each(series, (one) => textElement("dcterms:isPartOf", seriesText(one))) +
    each(related, ([element, text]) => uriOrText(element, text)) +
    each(files, ({ url }) => textElement("dc:relation", webAddress(url), encoded("URI"))) +
    each(funding.flatMap(grantAgreement), (text) => textElement("dc:relation", text)) +
    each(sourceNotes, (text) => textElement("dc:source", text))
  );
}

function rights({ accessRights, license, rightsNotes }: CommonRecord): string {
  return (
    (accessRights === null
      ? ""
      : uriOrText("dcterms:accessRights", accessRights.uri) + textElement("dcterms:accessRights", accessRights.label)) +
    (license === null ? "" : uriOrText("dcterms:license", license.uri)) +
    each(rightsNotes, (text) => textElement("dc:rights", text))
  );
}
