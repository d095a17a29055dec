import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Host, isJournalIssue, readJournalCitation } from "../../../src/crosswalk/journal-citation.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { type Identifier, readIsbn, readIssn } from "../../../src/crosswalk/standard-numbers.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type DcValue, type DublinCore, distinct } from "./dublin-core.ts";
import { seriesOf, sourceLinks } from "./sources.ts";

type Series = CommonRecord["series"][number];

/** The parts of the host that have elements of their own in qualified formats (`oaire.citation.volume`). */
const PARTS: readonly (keyof Host)[] = ["title", "issn", "isbn", "volume", "issue", "startPage", "endPage"];

/** The journal or volume of a part: stated part by part, or read out of dc:source (OJS writes title, issue, pages, ISSNs). */
export function host(dc: DublinCore, note: Note): Mapped<Host> | null {
  const stated = statedHost(dc, note);
  for (const { identifier, value } of dc.kept(sourceLinks)) {
    const isNumber = identifier.scheme === "ISSN" || identifier.scheme === "ISBN";
    if (isNumber && identifier.invalid === true) note("invalid-identifier", { node: value.node, value: value.text });
  }
  const numbers = dc.kept(sourceLinks).filter(({ identifier }) => identifier.invalid !== true);
  const issn = numbers.find(({ identifier }) => identifier.scheme === "ISSN");
  const isbn = numbers.find(({ identifier }) => identifier.scheme === "ISBN");
  const citation = dc.kept(hostCitation);
  if (stated === null && citation === null && issn === undefined && isbn === undefined) return null;
  const value: Host = {
    ...citation?.host,
    ...(issn === undefined ? {} : { issn: issn.identifier.value }),
    ...(isbn === undefined ? {} : { isbn: isbn.identifier.value }),
    ...stated?.value,
  };
  const nodes = [citation?.value, issn?.value, isbn?.value].flatMap((found) =>
    found === undefined ? [] : [found.node],
  );
  return mapped(value, ...nodes, ...(stated?.from ?? []));
}

/** Part by part; a number with a wrong check digit is none. */
function statedHost(dc: DublinCore, note: Note): Mapped<Host> | null {
  const values = dc.values("host").filter((value) => {
    const isWrong = numberIn(value)?.invalid === true;
    if (isWrong) note("invalid-identifier", { node: value.node, value: value.text });
    return value.text !== "" && !isWrong;
  });
  const found = PARTS.flatMap((part) => {
    const value = values.find(({ refinement }) => refinement === part);
    return value === undefined ? [] : [[part, value] as const];
  });
  if (found.length === 0) return null;
  const host = Object.fromEntries(found.map(([part, value]) => [part, numberIn(value)?.value ?? value.text]));
  return mapped(host as Host, ...found.map(([, { node }]) => node));
}

function numberIn({ text, refinement }: DcValue): Identifier | null {
  if (text === "") return null;
  if (refinement === "issn") return readIssn(text);
  return refinement === "isbn" ? readIsbn(text) : null;
}

/** DSpace's "Title;number"; of a qualified format whatever it calls a series. */
export function series(dc: DublinCore): readonly Mapped<Series>[] {
  const all = dc.values("relation").flatMap((value) => {
    const match = seriesOf(value);
    return match === null || isJournalIssue(value.text) ? [] : [mapped(match, value.node)];
  });
  return distinct(all, ({ value }) => `${value.title} ${value.number ?? ""}`);
}

/** dc:source first; DSpace's series field is used for journals too ("Tạp chí Thư viện Việt Nam;Số 6"). */
function hostCitation(dc: DublinCore): { readonly value: DcValue; readonly host: Host } | null {
  const issues = dc.values("relation").filter(({ text }) => text.includes(";") && isJournalIssue(text));
  const wholes = dc.values("relation").filter(({ refinement }) => refinement === "IsPartOf");
  for (const value of [...dc.values("source"), ...issues, ...wholes]) {
    const host = readJournalCitation(value.text);
    if (host !== null) return { value, host };
  }
  return null;
}
