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

/** The main title with its subtitles behind it, and the other titles in their order. */
export function titlesOf(record: CommonRecord): {
  readonly main: Title | null;
  readonly subtitles: readonly Title[];
  readonly others: readonly Title[];
} {
  const main = record.titles.find(({ type }) => type === "main") ?? record.titles[0] ?? null;
  const rest = record.titles.filter((title) => title !== main);
  return {
    main,
    subtitles: rest.filter(({ type }) => type === "subtitle"),
    others: rest.filter(({ type }) => type !== "subtitle"),
  };
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
