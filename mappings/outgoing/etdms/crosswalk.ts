import type { OutgoingCrosswalk } from "../../../src/crosswalk/outgoing.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { relatorTerm } from "../../relators.ts";
import { identifierTexts } from "../dublin-core-text.ts";
import { each, parentElement, textElement } from "../element.ts";
import { languageCodes } from "../languages.ts";
import { plainDate } from "../plain-date.ts";
import { headingOf, statedType, titlesOf } from "../record-text.ts";
import { webAddress } from "../web-address.ts";
import { degreeParts, ETDMS } from "./degree.ts";

const SCHEMA = "http://www.ndltd.org/standards/metadata/etdms/1.0/etdms.xsd";
const START =
  `<thesis xmlns="${ETDMS}" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"` +
  ` xsi:schemaLocation="${ETDMS} ${SCHEMA}">`;

/** ETD-MS of the NDLTD, for theses; elements in the order of its schema; see README.md. */
export const etdmsOut: OutgoingCrosswalk = {
  metadataPrefix: "etdms",
  schema: SCHEMA,
  namespace: ETDMS,
  requires: ["thesis", "creators", "issued"],
  write(published) {
    const { record } = published;
    const content = [
      titles(record),
      each(record.creators, (creator) => textElement("creator", headingOf(creator), { resource: orcidOf(creator) })),
      subjects(record),
      each(record.descriptions, ({ type, value, lang }) =>
        textElement("description", value, {
          role: type === "note" || type === "thesisNote" ? "note" : undefined,
          ...languageOf(lang),
        }),
      ),
      each(record.publishers, ({ name }) => textElement("publisher", name)),
      each(record.contributors, (contributor) =>
        textElement("contributor", headingOf(contributor), {
          role: relatorTerm(contributor.role) ?? contributor.role,
          resource: orcidOf(contributor),
        }),
      ),
      textElement("date", plainDate(record.issued?.value ?? "")),
      types(record),
      each(mediaTypesOf(record), (format) => textElement("format", format)),
      each([...new Set(identifierTexts(published))], (text) => textElement("identifier", text)),
      each(record.languages, (language) => textElement("language", languageCodes(language).bcp47 ?? language)),
      each(record.coverage, ({ value, uri }) => textElement("coverage", value, { resource: webAddress(uri) })),
      rights(record),
      record.thesis === null ? "" : parentElement("degree", degreeParts(record.thesis, "")),
    ];
    return `${START}${content.join("")}</thesis>`;
  },
};

function languageOf(lang: string | undefined): { readonly "xml:lang": string | null } {
  return { "xml:lang": lang === undefined ? null : languageCodes(lang).bcp47 };
}

function orcidOf({ identifiers = [] }: CommonRecord["creators"][number]): string | undefined {
  const orcid = identifiers.find(({ scheme }) => scheme === "ORCID")?.value;
  return orcid === undefined
    ? undefined
    : webAddress(`https://orcid.org/${orcid.replace(/^https?:\/\/orcid\.org\//, "")}`);
}

function titles(record: CommonRecord): string {
  const { main, subtitles, others } = titlesOf(record);
  const whole = main === null ? null : [main, ...subtitles].map(({ value }) => value).join(" : ");
  return (
    textElement("title", whole, languageOf(main?.lang)) +
    each(others, ({ value, lang }) => textElement("alternativeTitle", value, languageOf(lang)))
  );
}

/** The schema wants a subject; where there is none, the discipline is one, and an empty one says that nothing is known. */
function subjects({ subjects: all, thesis }: CommonRecord): string {
  const written = each(all, ({ value, scheme, lang, uri }) =>
    textElement("subject", value, {
      scheme: scheme === "keyword" ? undefined : scheme,
      resource: webAddress(uri),
      ...languageOf(lang),
    }),
  );
  return written || textElement("subject", thesis?.discipline?.label) || "<subject></subject>";
}

/** "Electronic Thesis or Dissertation" (ETD-MS §3.8) for what can be read online, then the COAR type and the source's word. */
function types(record: CommonRecord): string {
  const { resourceType, files, landingPage } = record;
  const isOnline = [landingPage, ...files.map(({ url }) => url)].some((url) => webAddress(url) !== undefined);
  const label = resourceType?.label ?? {};
  const stated = statedType(record);
  const written =
    textElement("type", isOnline ? "Electronic Thesis or Dissertation" : null, languageOf("eng")) +
    textElement("type", label.en, languageOf("eng")) +
    textElement("type", label.vi, languageOf("vie")) +
    (stated === label.en || stated === label.vi ? "" : textElement("type", stated));
  return written || textElement("type", "Thesis or Dissertation", languageOf("eng"));
}

function mediaTypesOf({ formats, files, extents }: CommonRecord): readonly string[] {
  return [...new Set([...formats, ...files.flatMap(({ mediaType }) => mediaType ?? []), ...extents])];
}

function rights({ accessRights, license, rightsNotes }: CommonRecord): string {
  return (
    textElement("rights", accessRights?.label, languageOf("eng")) +
    textElement("rights", license?.uri) +
    each(rightsNotes, (text) => textElement("rights", text))
  );
}
