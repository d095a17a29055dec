import type { MarcDataField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { relatorWords } from "../../relators.ts";
import { nonFilingLength, positionInHost, titlesOf } from "../record-text.ts";
import { displayedDate, publicationDate } from "./dates.ts";
import { field, type Part, punctuated } from "./fields.ts";
import { kindOf } from "./kind.ts";
import { hasMainEntry } from "./names.ts";

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

/** Han characters, chữ Nôm among them, and no letter of the Latin alphabet. */
const IN_HAN_SCRIPT = /^(?=.*\p{Script=Han})\P{Script=Latin}+$/u;

function titleFields(record: CommonRecord): readonly MarcDataField[] {
  const { main, subtitles, others } = titlesOf(record);
  if (main === null) return [];
  const original = IN_HAN_SCRIPT.test(main.value) ? undefined : others.find(({ value }) => IN_HAN_SCRIPT.test(value));
  const indicators = `${hasMainEntry(record) ? 1 : 0}${nonFilingLength(main, record)}`;
  const title = field("245", indicators, [
    ["6", original === undefined ? null : "880-01"],
    ["a", main.value],
    ["b", subtitles.map(({ value }) => value).join(" : ")],
    ["c", responsibility(record)],
  ]);
  return [
    ...punctuated(title, { b: " :", c: " /" }),
    ...others
      .filter((other) => other !== original)
      .flatMap(({ value, type }) => field("246", type === "translated" ? "31" : "3 ", [["a", value]])),
    ...originalTitle(original, indicators),
  ];
}

/** The title in Han or Nôm beside its Hán-Việt reading: 880, linked by $6 with the code of CJK (LoC MARC 21, Appendix A). */
function originalTitle(
  original: CommonRecord["titles"][number] | undefined,
  indicators: string,
): readonly MarcDataField[] {
  if (original === undefined) return [];
  return field("880", `${indicators[0]}0`, [
    ["6", "245-01/$1"],
    ["a", original.value],
  ]);
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
  const date = issued === null ? null : publicationDate(issued);
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
