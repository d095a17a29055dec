import type { Crosswalk, IncomingCrosswalk, Note } from "../../../src/crosswalk/crosswalk.ts";
import { parseDate } from "../../../src/crosswalk/dates.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { languageHint } from "../../../src/vietnamese/language-hint.ts";
import { readLanguage } from "../../values.ts";
import { contributors, creators } from "./agents.ts";
import { issued, statedDates } from "./dates.ts";
import { descriptions, readDescriptions } from "./descriptions.ts";
import { DC, type DcValue, type DublinCore, distinct, OAI_DC, openDublinCore } from "./dublin-core.ts";
import { host, series } from "./host.ts";
import { alternateIdentifiers, files, identifier, landingPage } from "./links.ts";
import { readMediaType } from "./media-types.ts";
import { publishers } from "./publishers.ts";
import { accessRights, embargoEnd, license, rightsNotes } from "./rights.ts";
import { funding, relations, sourceNotes } from "./sources.ts";
import { holdings, subjects } from "./subjects.ts";
import { thesis } from "./thesis.ts";
import { titles } from "./titles.ts";
import { resourceType, version } from "./types.ts";

const TEMPORAL = /thế k[ỷỉ]|thời kỳ|triều|century|^\d{4}\s*[-–]\s*\d{4}$/i;

/**
 * Dublin Core, one function a field; README.md says it in words. Of a qualified format the same functions read more, because
 * the values say more (`DcValue.refinement`).
 */
export const dublinCoreFields: Crosswalk<DublinCore> = {
  identifier,
  alternateIdentifiers,
  landingPage,
  titles,
  creators,
  contributors,
  publishers,
  issued,
  dates: statedDates,
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
  audience: (dc) => plain(dc, "audience"),
  edition: (dc) => plain(dc, "edition")[0] ?? null,
  holdings,
  sourceNotes,
};

export const oaiDc: IncomingCrosswalk<DublinCore> = {
  id: "oai-dc",
  version: 2,
  namespaces: [OAI_DC, DC],
  open: openDublinCore,
  fields: dublinCoreFields,
};

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

function formats(dc: DublinCore): readonly Mapped<string>[] {
  const all = dc.values("format").flatMap(({ text, node, refinement }) => {
    const mediaType = refinement === "extent" ? null : readMediaType(text);
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
    .map((value) => mapped({ kind: kindOfCoverage(value), value: value.text }, value.node));
}

function kindOfCoverage({ text, refinement }: DcValue): CommonRecord["coverage"][number]["kind"] {
  if (refinement === "spatial" || refinement === "temporal") return refinement;
  const temporal = TEMPORAL.test(text) || (/^\D{0,12}\d/.test(text) && parseDate(text) !== null);
  return temporal ? "temporal" : "spatial";
}

/** The values of an element that is taken as it stands. */
function plain(dc: DublinCore, element: string): readonly Mapped<string>[] {
  const values = dc.values(element).filter(({ text }) => text !== "");
  return distinct(
    values.map(({ text, node }) => mapped(text, node)),
    ({ value }) => value,
  );
}
