import type { CommonRecord } from "../../../src/record/common-record.ts";
import { each, parentElement, textElement } from "../element.ts";
import { languageCodes } from "../languages.ts";
import { kindOf, materialOf } from "../marc21/kind.ts";
import { nonFilingLength, statedType, titlesOf } from "../record-text.ts";
import { webAddress } from "../web-address.ts";

type Title = CommonRecord["titles"][number];
type Description = CommonRecord["descriptions"][number];

/** The title with its subtitle, and every other title by its kind. */
export function titleInfos(record: CommonRecord): string {
  const { main, subtitles, others } = titlesOf(record);
  if (main === null) return "";
  const subtitle = subtitles.map(({ value }) => value).join(" : ");
  // other titles stand in other languages, mostly without saying so: nothing is skipped of them
  return titleInfo(main, nonFilingLength(main, record), subtitle) + each(others, (title) => titleInfo(title, 0, ""));
}

function titleInfo({ value, type, lang }: Title, skipped: number, subtitle: string): string {
  const content =
    textElement("nonSort", value.slice(0, skipped), { "xml:space": "preserve" }) +
    textElement("title", value.slice(skipped)) +
    textElement("subTitle", subtitle);
  const kind = type === "translated" || type === "alternative" ? type : undefined;
  return parentElement("titleInfo", content, { type: kind, ...languageOf(lang) });
}

/** `typeOfResource` in the words of MODS, and as genres the COAR type and what the source called it. */
export function types(record: CommonRecord): string {
  const { resourceType } = record;
  if (resourceType === null) return "";
  const { recordType } = kindOf(resourceType.uri);
  const { label, uri } = resourceType;
  const coar = { authority: "coar", valueURI: webAddress(uri) };
  const stated = statedType(record);
  return (
    textElement("typeOfResource", materialOf(recordType), { manuscript: recordType === "t" ? "yes" : undefined }) +
    textElement("genre", label.en, { ...coar, "xml:lang": "en" }) +
    textElement("genre", label.vi, { ...coar, "xml:lang": "vi" }) +
    (stated === label.en || stated === label.vi ? "" : textElement("genre", stated))
  );
}

/** Each language by ISO 639-3, and by the code that MARC and older readers know. */
export function languages(record: CommonRecord): string {
  return each(record.languages, (language) => {
    const terms =
      textElement("languageTerm", languageCodes(language).marc, { type: "code", authority: "iso639-2b" }) +
      textElement("languageTerm", language, { type: "code", authority: "iso639-3" });
    return parentElement("language", terms);
  });
}

export function physicalDescription({ formats, files, extents }: CommonRecord): string {
  const mediaTypes = new Set([...formats, ...files.flatMap(({ mediaType }) => mediaType ?? [])]);
  const content =
    each([...mediaTypes], (mediaType) => textElement("internetMediaType", mediaType)) +
    each(extents, (extent) => textElement("extent", extent));
  return parentElement("physicalDescription", content);
}

const NOTE_TYPES = { note: undefined, thesisNote: "thesis" } as const;

/** Abstracts, contents and audience, then the notes by what they are about. */
export function descriptions(record: CommonRecord): string {
  return (
    each(record.descriptions, described) +
    each(record.audience, (group) => textElement("targetAudience", group)) +
    each(record.sourceNotes, (text) => textElement("note", text, { type: "citation/reference" })) +
    textElement("note", record.version?.label, { type: "version identification" }) +
    each(record.funding, ({ funderName, awardTitle, awardNumber }) =>
      textElement("note", [funderName, awardTitle, awardNumber].filter((part) => part !== undefined).join("; "), {
        type: "funding",
      }),
    )
  );
}

function described({ type, value, lang }: Description): string {
  if (type === "abstract") return textElement("abstract", value, languageOf(lang));
  if (type === "toc") return textElement("tableOfContents", value, languageOf(lang));
  return textElement("note", value, { type: NOTE_TYPES[type], ...languageOf(lang) });
}

function languageOf(lang: string | undefined): { readonly "xml:lang"?: string | null } {
  return lang === undefined ? {} : { "xml:lang": languageCodes(lang).bcp47 };
}
