import { urlOf } from "../../../src/crosswalk/identifiers.ts";
import type { OutgoingCrosswalk, PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { each, parentElement, textElement } from "../element.ts";
import { languageCodes } from "../languages.ts";
import { plainDate } from "../plain-date.ts";
import { webAddress } from "../web-address.ts";
import { contributors, creators } from "./agents.ts";
import { alternateIdentifiers, relatedIdentifiers } from "./identifiers.ts";
import { dates, fundingReferences, geoLocations, languageOf, sizes, subjects, titles } from "./properties.ts";
import { generalType } from "./resource-type.ts";

const NAMESPACE = "http://datacite.org/schema/kernel-4";
const SCHEMA = "http://schema.datacite.org/meta/kernel-4.6/metadata.xsd";
const START =
  `<datacite:resource xmlns:datacite="${NAMESPACE}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
  ` xsi:schemaLocation="${NAMESPACE} ${SCHEMA}">`;
/** DataCite's standard value for "value unavailable, possibly unknown". */
const UNAVAILABLE = ":unav";

/** DataCite kernel 4.6; see README.md. */
export const oaiDataciteOut: OutgoingCrosswalk = {
  metadataPrefix: "oai_datacite",
  schema: SCHEMA,
  namespace: NAMESPACE,
  requires: ["issued"],
  write(published) {
    const { record } = published;
    const content = [
      identifier(published),
      creators(record) || creators({ ...record, creators: [{ name: UNAVAILABLE, nameType: "unknown" }] }),
      titles(record),
      publisher(record),
      textElement("datacite:publicationYear", plainDate(record.issued?.value ?? "")?.slice(0, 4)),
      resourceType(record),
      subjects(record),
      contributors(record, { trl: "Translator" }),
      dates(record, [
        "available",
        "created",
        "submitted",
        "accepted",
        "defended",
        "copyrighted",
        "updated",
        "embargoEnd",
      ]),
      textElement("datacite:language", languageCodes(record.languages[0] ?? "").bcp47),
      alternateIdentifiers(published),
      relatedIdentifiers(record),
      sizes(record),
      parentElement(
        "datacite:formats",
        each(formatsOf(record), (format) => textElement("datacite:format", format)),
      ),
      textElement("datacite:version", record.version?.label),
      rights(record),
      descriptions(record),
      geoLocations(record),
      fundingReferences(record, "datacite:"),
      hostItem(record),
    ];
    return `${START}${content.join("")}</datacite:resource>`;
  },
};

const PERSISTENT: ReadonlySet<string> = new Set(["ARK", "DOI", "Handle", "PURL", "URN"]);

/** The schema wants exactly one: a persistent one, else an address, else the one under which we serve the record. */
function identifier({ record, oaiIdentifier }: PublishedRecord): string {
  const { identifier: own, landingPage } = record;
  if (own !== null && own.invalid !== true && PERSISTENT.has(own.scheme))
    return textElement("datacite:identifier", own.value, { identifierType: own.scheme });
  const url = (own === null ? undefined : webAddress(urlOf(own))) ?? webAddress(landingPage);
  if (url !== undefined) return textElement("datacite:identifier", url, { identifierType: "URL" });
  return textElement("datacite:identifier", oaiIdentifier, { identifierType: "OAI" });
}

function publisher({ publishers, thesis }: CommonRecord): string {
  const [first] = publishers;
  const { name = UNAVAILABLE, ror } = first ?? thesis?.grantor ?? {};
  return textElement("datacite:publisher", name, {
    publisherIdentifier: ror,
    publisherIdentifierScheme: ror === undefined ? null : "ROR",
  });
}

function resourceType({ resourceType: type }: CommonRecord): string {
  if (type === null) return textElement("datacite:resourceType", UNAVAILABLE, { resourceTypeGeneral: "Other" });
  const { uri, label, raw, general } = type;
  return textElement("datacite:resourceType", label.en ?? raw, { resourceTypeGeneral: generalType(uri, general) });
}

function formatsOf({ formats, files }: CommonRecord): readonly string[] {
  return [...new Set([...formats, ...files.flatMap(({ mediaType }) => mediaType ?? [])])];
}

function rights({ accessRights, license, rightsNotes }: CommonRecord): string {
  const content =
    textElement("datacite:rights", accessRights?.label, { rightsURI: webAddress(accessRights?.uri) }) +
    textElement("datacite:rights", license?.label ?? license?.uri, { rightsURI: webAddress(license?.uri) }) +
    each(rightsNotes, (text) => textElement("datacite:rights", text));
  return parentElement("datacite:rightsList", content);
}

const DESCRIPTION_TYPES = { abstract: "Abstract", toc: "TableOfContents", note: "Other", thesisNote: "Other" } as const;

function descriptions(record: CommonRecord): string {
  const series = record.series.map(({ title, number }) => (number === undefined ? title : `${title}, ${number}`));
  return parentElement(
    "datacite:descriptions",
    each(record.descriptions, ({ type, value, lang }) =>
      textElement("datacite:description", value, { descriptionType: DESCRIPTION_TYPES[type], ...languageOf(lang) }),
    ) + each(series, (text) => textElement("datacite:description", text, { descriptionType: "SeriesInformation" })),
  );
}

/** The journal or the book in which the work was published, and where in it. */
function hostItem({ host, issued }: CommonRecord): string {
  if (host === null || host.title === undefined) return "";
  const isbn = { relatedItemIdentifierType: "ISBN" };
  const issn = { relatedItemIdentifierType: "ISSN" };
  const content =
    textElement("datacite:relatedItemIdentifier", host.issn ?? host.isbn, host.issn === undefined ? isbn : issn) +
    parentElement("datacite:titles", textElement("datacite:title", host.title)) +
    textElement("datacite:publicationYear", plainDate(issued?.value ?? "")?.slice(0, 4)) +
    textElement("datacite:volume", host.volume) +
    textElement("datacite:issue", host.issue) +
    textElement("datacite:firstPage", host.startPage) +
    textElement("datacite:lastPage", host.endPage);
  const item = parentElement("datacite:relatedItem", content, {
    relatedItemType: host.isbn === undefined ? "Journal" : "Book",
    relationType: "IsPublishedIn",
  });
  return parentElement("datacite:relatedItems", item);
}
