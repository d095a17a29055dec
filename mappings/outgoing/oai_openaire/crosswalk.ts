import { urlOf } from "../../../src/crosswalk/identifiers.ts";
import type { OutgoingCrosswalk } from "../../../src/crosswalk/outgoing.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { each, textElement } from "../element.ts";
import { contributors, creators } from "../oai_datacite/agents.ts";
import { alternateIdentifiers, relatedIdentifiers } from "../oai_datacite/identifiers.ts";
import {
  dates,
  fundingReferences,
  geoLocations,
  languageOf,
  sizes,
  subjects,
  titles,
} from "../oai_datacite/properties.ts";
import { plainDate } from "../plain-date.ts";
import { webAddress } from "../web-address.ts";
import { broaderType } from "./resource-type.ts";

const NAMESPACE = "http://namespace.openaire.eu/schema/oaire/";
const SCHEMA = "https://www.openaire.eu/schema/repo-lit/4.0/openaire.xsd";
const START =
  `<oaire:resource xmlns:oaire="${NAMESPACE}" xmlns:datacite="http://datacite.org/schema/kernel-4"` +
  ` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"` +
  ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="${NAMESPACE} ${SCHEMA}">`;

/** The OpenAIRE Guidelines for Literature Repositories v4, elements in the order of the guidelines; see README.md. */
export const oaiOpenaireOut: OutgoingCrosswalk = {
  metadataPrefix: "oai_openaire",
  schema: SCHEMA,
  namespace: NAMESPACE,
  write(published) {
    const { record } = published;
    const { host, edition } = record;
    const content = [
      titles(record),
      creators(record),
      contributors(record),
      fundingReferences(record, "oaire:"),
      alternateIdentifiers(published),
      relatedIdentifiers(record),
      datesOf(record),
      each(record.languages, (language) => textElement("dc:language", language)),
      each(record.publishers, ({ name }) => textElement("dc:publisher", name)),
      resourceType(record),
      each(record.descriptions, ({ value, lang }) => textElement("dc:description", value, languageOf(lang))),
      each(formatsOf(record), (format) => textElement("dc:format", format)),
      identifier(record),
      accessRights(record),
      each([...record.sourceNotes, host?.note], (text) => textElement("dc:source", text)),
      subjects(record),
      license(record),
      each(temporal(record), (value) => textElement("dc:coverage", value)),
      sizes(record),
      geoLocations(record),
      version(record),
      files(record),
      textElement("oaire:citationTitle", host?.title),
      textElement("oaire:citationVolume", host?.volume),
      textElement("oaire:citationIssue", host?.issue),
      textElement("oaire:citationStartPage", host?.startPage),
      textElement("oaire:citationEndPage", host?.endPage),
      textElement("oaire:citationEdition", edition),
      each(record.audience, (group) => textElement("dcterms:audience", group)),
    ];
    return `${START}${content.join("")}</oaire:resource>`;
  },
};

/**
 * One date of publication; `Accepted` and `Available` say when an embargo begins and ends (guidelines, field 7), so other dates of
 * those kinds are left out. For a fuzzy date a year that represents it (field 10).
 */
function datesOf(record: CommonRecord): string {
  const { issued, embargoEnd } = record;
  const value = issued === null ? null : plainDate(issued.value);
  const plain = { ...record, issued: issued === null || value === null ? null : { ...issued, value } };
  const ofEmbargo = embargoEnd !== null || record.dates.some(({ type }) => type === "embargoEnd");
  return dates(plain, [
    "created",
    "submitted",
    "copyrighted",
    "updated",
    ...(ofEmbargo ? EMBARGO : ["available" as const]),
  ]);
}

const EMBARGO = ["accepted", "embargoEnd"] as const;

const GENERAL = {
  literature: "literature",
  dataset: "dataset",
  software: "software",
  other: "other research product",
} as const;

function resourceType({ resourceType: type }: CommonRecord): string {
  if (type === null) return "";
  const { uri, label } = broaderType(type.uri) ?? { uri: type.uri, label: type.label.en ?? type.raw };
  return textElement("oaire:resourceType", label, { resourceTypeGeneral: GENERAL[type.general], uri });
}

function formatsOf({ formats, files: named }: CommonRecord): readonly string[] {
  return [...new Set([...formats, ...named.flatMap(({ mediaType }) => mediaType ?? [])])];
}

/**
 * Schemes that the guidelines name (ARK, DOI, Handle, PURL, URL, URN), as the address at which they resolve. Their schema spells
 * HANDLE, though only here.
 */
function identifier({ identifier: own, landingPage }: CommonRecord): string {
  const url = webAddress(own === null ? null : urlOf(own));
  if (own !== null && url !== undefined)
    return textElement("datacite:identifier", url, { identifierType: own.scheme === "Handle" ? "HANDLE" : own.scheme });
  if (own?.scheme === "URN" && own.invalid !== true)
    return textElement("datacite:identifier", own.value, { identifierType: "URN" });
  return textElement("datacite:identifier", webAddress(landingPage), { identifierType: "URL" });
}

function accessRights({ accessRights: access }: CommonRecord): string {
  return textElement("datacite:rights", access?.label, { rightsURI: access?.uri });
}

function license({ license: terms }: CommonRecord): string {
  return textElement("oaire:licenseCondition", terms?.label ?? terms?.uri, { uri: terms?.uri });
}

function temporal({ coverage }: CommonRecord): readonly string[] {
  return coverage.filter(({ kind }) => kind === "temporal").map(({ value }) => value);
}

function version({ version: known }: CommonRecord): string {
  return textElement("oaire:version", known?.label, { uri: known?.uri });
}

const OBJECT_TYPES = { literature: "fulltext", dataset: "dataset", software: "software", other: "other" } as const;

function files({ files: all, accessRights: access, resourceType: type }: CommonRecord): string {
  return each(all, ({ url, mediaType }) =>
    textElement("oaire:file", webAddress(url), {
      accessRightsURI: access?.uri,
      mimeType: mediaType,
      objectType: OBJECT_TYPES[type?.general ?? "other"],
    }),
  );
}
