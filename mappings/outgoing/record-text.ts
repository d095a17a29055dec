import type { CommonRecord } from "../../src/record/common-record.ts";

type Agent = CommonRecord["creators"][number] | CommonRecord["contributors"][number];
type Title = CommonRecord["titles"][number];

/** A name as a heading: "family, given" where the source divided it; an undivided name is never turned round. */
export function headingOf(agent: Agent): string {
  return isDivided(agent) ? `${agent.family}, ${agent.given}` : agent.name;
}

/** True where the source said which part of the name is the family's. */
export function isDivided(agent: Agent): boolean {
  return agent.family !== undefined && agent.given !== undefined;
}

/** What ISBD puts before other title information, between the parts of a title that came as one text. */
const OTHER_TITLE_INFORMATION = " : ";

/** The main title, its subtitles (those that stand behind " : " in the same text come first), and the others in their order. */
export function titlesOf(record: CommonRecord): {
  readonly main: Title | null;
  readonly subtitles: readonly Title[];
  readonly others: readonly Title[];
} {
  const main = record.titles.find(({ type }) => type === "main") ?? record.titles[0] ?? null;
  const rest = record.titles.filter((title) => title !== main);
  const [proper, ...others] = main === null ? [] : dividedTitle(main);
  return {
    main: proper ?? null,
    subtitles: [...others, ...rest.filter(({ type }) => type === "subtitle")],
    others: rest.filter(({ type }) => type !== "subtitle"),
  };
}

function dividedTitle(main: Title): readonly Title[] {
  const at = main.value.indexOf(OTHER_TITLE_INFORMATION);
  const [proper, rest] = [main.value.slice(0, at), main.value.slice(at + OTHER_TITLE_INFORMATION.length)];
  if (at < 0 || proper.trim() === "" || rest.trim() === "") return [main];
  return [
    { ...main, value: proper },
    { ...main, value: rest, type: "subtitle" },
  ];
}

/** How a type is recorded that MARC only codes: that is no word of the source. */
const CODED_TYPE = /^leader\//;

/**
 * What the source itself called the kind of document; `null` where the type was worked out from coded values, or from a note
 * or a title that is published as such.
 */
export function statedType({ resourceType, descriptions, titles }: CommonRecord): string | null {
  const raw = resourceType?.raw;
  if (raw === undefined || CODED_TYPE.test(raw)) return null;
  return [...descriptions, ...titles].some(({ value }) => value === raw) ? null : raw;
}

/** Where in its host a work stands, in words: "Tập 12, số 3 (2020), tr. 45-60"; the empty string where nothing is known. */
export function positionInHost(record: CommonRecord): string {
  const { host } = record;
  if (host === null) return "";
  const parts = [
    host.volume === undefined ? "" : `Tập ${host.volume}`,
    host.issue === undefined ? "" : `số ${host.issue}`,
  ].filter((part) => part !== "");
  const year = /^\d{4}/.exec(record.issued?.value ?? "")?.[0];
  const numbered = parts.length > 0 && year !== undefined ? `${parts.join(", ")} (${year})` : parts.join(", ");
  const pages = [host.startPage, host.endPage].filter((page) => page !== undefined).join("-");
  return [numbered, pages === "" ? "" : `tr. ${pages}`].filter((part) => part !== "").join(", ");
}

const ENGLISH_ARTICLE = /^(?:an?|the) /i;

/**
 * How many characters at the beginning of a title sorting skips: those of an English article, since Vietnamese has none. A
 * title without a language is in that of the work, where the work has one alone.
 */
export function nonFilingLength({ value, lang }: Title, { languages }: CommonRecord): number {
  const language = lang ?? (languages.length === 1 ? languages[0] : undefined);
  return language === "en" || language === "eng" ? (ENGLISH_ARTICLE.exec(value)?.[0].length ?? 0) : 0;
}

/** Whether a subject of a local scheme is a class number and no heading: digits with their marks. */
export function isClassNumber({ scheme, value }: CommonRecord["subjects"][number]): boolean {
  return scheme === "local" && /^\d[\d.,:/()\s-]*$/.test(value);
}

/** "Lamps--Italy--Rome": a heading and its subdivisions. */
export function partsOfHeading(heading: string): readonly string[] {
  // of three hyphens the first one belongs to an open date ("1955-")
  return heading.split(/--(?!-)/).map((part) => part.trim());
}

/** The identifier under which a repository serves a record; files that were imported have numbers of their own. */
export function sourceIdentifier(value: string): CommonRecord["alternateIdentifiers"][number] {
  return { value, scheme: value.startsWith("oai:") ? "OAI" : "local" };
}
