import type { MarcDataField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { relatorWords } from "../../relators.ts";
import { positionInHost, titlesOf } from "../record-text.ts";
import { displayedDate } from "./dates.ts";
import { field, type Part, punctuated } from "./fields.ts";
import { kindOf } from "./kind.ts";
import { hasMainEntry } from "./names.ts";

const ENGLISH_ARTICLE = /^(?:an?|the) /i;
/** RDA media and carrier types (fields 337, 338): terms with their codes. */
const ONLINE = [
  ["computer", "c"],
  ["online resource", "cr"],
] as const;
const ON_PAPER = [
  ["unmediated", "n"],
  ["volume", "nc"],
] as const;
/** Leader/06 of language material, notated music, maps and pictures: without an address they are on paper. */
const PRINTED: ReadonlySet<string> = new Set(["a", "t", "c", "e", "k"]);
const UNKNOWN_CARRIER = [
  ["unspecified", "z"],
  ["unspecified", "zu"],
] as const;

/** 245 to 490: titles, edition, publication, extent, series, with ISBD punctuation between subfields. */
export function descriptionFields(record: CommonRecord, isOnline: boolean): readonly MarcDataField[] {
  return [
    ...titleFields(record),
    ...field("250", "  ", [["a", record.edition]]),
    ...publicationFields(record),
    ...field(
      "300",
      "  ",
      record.extents.map((extent): Part => ["a", extent]),
    ),
    ...contentFields(record, isOnline),
    ...record.series.flatMap(({ title, number, issn }) =>
      punctuated(
        field("490", "0 ", [
          ["a", title],
          ["x", issn],
          ["v", number],
        ]),
        { x: ",", v: " ;" },
      ),
    ),
  ];
}

function titleFields(record: CommonRecord): readonly MarcDataField[] {
  const { main, subtitles, others } = titlesOf(record);
  if (main === null) return [];
  const skipped = main.lang === "eng" ? (ENGLISH_ARTICLE.exec(main.value)?.[0].length ?? 0) : 0;
  const title = field("245", `${hasMainEntry(record) ? 1 : 0}${skipped}`, [
    ["a", main.value],
    ["b", subtitles.map(({ value }) => value).join(" : ")],
    ["c", responsibility(record)],
  ]);
  return [
    ...punctuated(title, { b: " :", c: " /" }),
    ...others.flatMap(({ value, type }) => field("246", type === "translated" ? "31" : "3 ", [["a", value]])),
  ];
}

/** ISBD 1.4: the creators, then the others with what they did, names as the source has them. */
function responsibility({ creators, contributors }: CommonRecord): string {
  const statements = [creators.map(({ name }) => name).join(", ")];
  for (const role of new Set(contributors.map((contributor) => contributor.role))) {
    const names = contributors.filter((contributor) => contributor.role === role).map(({ name }) => name);
    statements.push(`${relatorWords(role) ?? role}: ${names.join(", ")}`);
  }
  return statements.filter((statement) => statement !== "").join(" ; ");
}

function publicationFields({ publishers, issued, dates }: CommonRecord): readonly MarcDataField[] {
  const date = issued === null ? null : displayedDate(issued.value);
  const parts = publishers.flatMap(({ place, name }): Part[] => [
    ["a", place],
    ["b", name],
  ]);
  const copyright = dates.find(({ type }) => type === "copyrighted")?.value;
  return [
    ...punctuated(field("264", " 1", [...parts, ["c", date]]), { a: " ;", b: " :", c: "," }),
    ...(copyright === undefined ? [] : field("264", " 4", [["c", `©${displayedDate(copyright)}`]])),
  ];
}

function contentFields(record: CommonRecord, isOnline: boolean): readonly MarcDataField[] {
  const { content, recordType } = kindOf(record.resourceType?.uri ?? null);
  const [media, carrier] = isOnline ? ONLINE : PRINTED.has(recordType) ? ON_PAPER : UNKNOWN_CARRIER;
  const typed = (tag: string, [term, code]: readonly [string, string], source: string) =>
    field(tag, "  ", [
      ["a", term],
      ["b", code],
      ["2", source],
    ]);
  const inFiles = new Set(record.files.map(({ mediaType }) => mediaType));
  return [
    ...typed("336", content, "rdacontent"),
    ...typed("337", media, "rdamedia"),
    ...typed("338", carrier, "rdacarrier"),
    ...record.formats.filter((format) => !inFiles.has(format)).flatMap((format) => field("347", "  ", [["b", format]])),
  ];
}

/** 773: in what the work stands; `$q` says volume, issue and first page for programs (LoC MARC 21 773). */
export function hostFields(record: CommonRecord): readonly MarcDataField[] {
  const { host } = record;
  if (host === null) return [];
  const enumeration = [host.volume, host.issue].filter((part) => part !== undefined).join(":");
  return field("773", "0 ", [
    ["t", host.title],
    ["g", positionInHost(record)],
    ["q", enumeration === "" || host.startPage === undefined ? enumeration : `${enumeration}<${host.startPage}`],
    ["n", host.note],
    ["x", host.issn],
    ["z", host.isbn],
  ]);
}
