import type { Crosswalk, IncomingCrosswalk, Note } from "../../../src/crosswalk/crosswalk.ts";
import { parseDate } from "../../../src/crosswalk/dates.ts";
import { readDdc } from "../../../src/crosswalk/ddc.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { languageHint } from "../../../src/vietnamese/language-hint.ts";
import { readLangTag, readLanguage } from "../../values.ts";
import { contributors, creators } from "./agents.ts";
import { issued } from "./dates.ts";
import { descriptions, readDescriptions } from "./descriptions.ts";
import { DC, type DublinCore, distinct, langOf, OAI_DC, openDublinCore, remarkHidden } from "./dublin-core.ts";
import { alternateIdentifiers, files, identifier, landingPage } from "./links.ts";
import { readMediaType } from "./media-types.ts";
import { accessRights, embargoEnd, license, rightsNotes } from "./rights.ts";
import { funding, host, relations, series, sourceNotes } from "./sources.ts";
import { thesis } from "./thesis.ts";
import { resourceType, version } from "./types.ts";

/** "Hà Nội : Nxb. Giáo dục": the place stands before the publisher. */
const PLACE_AND_PUBLISHER = /^([^:]{1,40}?)\s*:\s*((?:nxb|nhà xuất bản)(?!\p{L}).*)$/iu;
const TEMPORAL = /thế k[ỷỉ]|thời kỳ|triều|century|^\d{4}\s*[-–]\s*\d{4}$/i;

/** Unqualified Dublin Core, one function a field; README.md says it in words. */
export const dublinCoreFields: Crosswalk<DublinCore> = {
  identifier,
  alternateIdentifiers,
  landingPage,
  titles,
  creators,
  contributors,
  publishers,
  issued,
  dates: () => [],
  resourceType,
  languages,
  descriptions,
  subjects,
  accessRights,
  embargoEnd,
  license,
  rightsNotes,
  version,
  files,
  formats: (dc) => formats(dc),
  extents: (dc) => extents(dc),
  relations,
  host,
  series,
  coverage,
  funding,
  thesis,
  audience: () => [],
  edition: () => null,
  holdings,
  sourceNotes,
};

export const oaiDc: IncomingCrosswalk<DublinCore> = {
  id: "oai-dc",
  version: 1,
  namespaces: [OAI_DC, DC],
  open: openDublinCore,
  fields: dublinCoreFields,
};

/** The first title is the main one. */
function titles(dc: DublinCore, note: Note): readonly Mapped<CommonRecord["titles"][number]>[] {
  const values = dc.values("title").filter(({ text }) => text !== "");
  remarkHidden(values, note);
  return distinct(values, ({ text }) => text).map((value, index) =>
    mapped({ value: value.text, ...langOf(value), type: index === 0 ? "main" : "alternative" }, value.node),
  );
}

function publishers(dc: DublinCore): readonly Mapped<CommonRecord["publishers"][number]>[] {
  const all = dc
    .values("publisher")
    .filter(({ text }) => text !== "")
    .map(({ text, node }) => {
      const [, place, name] = PLACE_AND_PUBLISHER.exec(text) ?? [];
      return mapped(place === undefined || name === undefined ? { name: text } : { name, place }, node);
    });
  return distinct(all, ({ value }) => value.name);
}

/** Codes and names; where dc:language is missing, the letters of the title are a hint, and the record says so. */
function languages(dc: DublinCore, note: Note): readonly Mapped<string>[] {
  const stated = dc.values("language").flatMap(({ text, node }) =>
    text
      .split(/\s*[;,]\s*/)
      .filter((part) => part !== "")
      .flatMap((part) => {
        const code = readLanguage(part);
        if (code === null) note("unmatched-language", { node, value: part });
        return code === null || code === "und" ? [] : [mapped(code, node)];
      }),
  );
  const title = dc.values("title")[0];
  if (stated.length > 0 || title === undefined || languageHint(title.text) !== "vi")
    return distinct(stated, ({ value }) => value);
  note("language-guessed", { severity: "info", node: title.node, value: title.text });
  return [mapped("vie", title.node)];
}

/** Several keywords in one element are divided by semicolons; class numbers are typed, call numbers go to the holdings. */
function subjects(dc: DublinCore): readonly Mapped<CommonRecord["subjects"][number]>[] {
  const all = dc.values("subject").flatMap(({ text, node }) =>
    text
      .split(/\s*;\s*/)
      .filter((part) => part !== "")
      .map((part): Mapped<CommonRecord["subjects"][number]> => {
        const ddc = readDdc(part);
        if (ddc !== null) return mapped({ value: ddc.number, scheme: "DDC" }, node);
        const lang = readLangTag(node.attribute("lang"));
        return mapped({ value: part, ...(lang === null ? {} : { lang }), scheme: "keyword" }, node);
      }),
  );
  return distinct(all, ({ value }) => `${value.scheme} ${value.value}`);
}

function holdings(dc: DublinCore): readonly Mapped<CommonRecord["holdings"][number]>[] {
  const all = dc.values("subject").flatMap(({ text, node }) => {
    const callNumber = readDdc(text)?.callNumber ?? null;
    return callNumber === null ? [] : [mapped({ callNumber }, node)];
  });
  return distinct(all, ({ value }) => value.callNumber);
}

function formats(dc: DublinCore): readonly Mapped<string>[] {
  const all = dc.values("format").flatMap(({ text, node }) => {
    const mediaType = readMediaType(text);
    return mediaType === null ? [] : [mapped(mediaType, node)];
  });
  return distinct(all, ({ value }) => value);
}

/** dc:format that is no media type, and descriptions like "98 tr." */
function extents(dc: DublinCore): readonly Mapped<string>[] {
  const formats = dc.values("format").filter(({ text }) => text !== "" && readMediaType(text) === null);
  const described = dc
    .kept(readDescriptions)
    .filter(({ kind }) => kind === "extent")
    .map(({ value }) => value);
  return distinct(
    [...formats, ...described].map(({ text, node }) => mapped(text, node)),
    ({ value }) => value,
  );
}

function coverage(dc: DublinCore): readonly Mapped<CommonRecord["coverage"][number]>[] {
  return dc
    .values("coverage")
    .filter(({ text }) => text !== "")
    .map(({ text, node }) => {
      const temporal = TEMPORAL.test(text) || (/^\D{0,12}\d/.test(text) && parseDate(text) !== null);
      return mapped({ kind: temporal ? "temporal" : "spatial", value: text }, node);
    });
}
