import type { MarcNode, MarcSource } from "../../../src/crosswalk/marc-source.ts";
import type { ResourceType } from "../../../src/crosswalk/resource-types.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readType } from "../../values.ts";

const COAR = "http://purl.org/coar/resource_type/";

/** LoC MARC 21 leader/06, other than language material; `g` and `m` are refined by 008. */
const BY_RECORD_TYPE: Readonly<Record<string, string>> = {
  c: "c_18cw",
  d: "c_18cw",
  e: "c_12cd",
  f: "c_12cd",
  g: "c_8a7e",
  i: "c_18cc",
  j: "c_18cc",
  k: "c_ecc8",
  m: "c_1843",
  o: "c_1843",
  p: "RMP5-3GQ6",
  r: "c_1843",
};
/** LoC MARC 21 leader/07 of language material. */
const BY_LEVEL: Readonly<Record<string, string>> = {
  a: "c_3248",
  b: "c_6501",
  c: "RMP5-3GQ6",
  d: "RMP5-3GQ6",
  i: "c_18cf",
  m: "c_2f33",
};
/** LoC MARC 21 008/21 of continuing resources. */
const BY_CONTINUING: Readonly<Record<string, string>> = { n: "c_2fe3", p: "c_0640", w: "c_7ad9" };
/** LoC MARC 21 008/26 of computer files. */
const BY_FILE: Readonly<Record<string, string>> = {
  a: "c_ddb1",
  b: "c_5ce6",
  c: "c_ecc8",
  d: "c_18cf",
  e: "c_86bc",
  g: "c_5ce6",
  h: "c_18cc",
  i: "c_e9a0",
};
/** LoC MARC 21 008/33 of visual materials. */
const BY_VISUAL: Readonly<Record<string, string>> = { v: "c_12ce", m: "c_12ce", s: "c_ecc8", t: "c_ecc8", k: "c_ecc8" };
/** LoC MARC 21 008/24-27 of books: technical report, patent, standard. */
const BY_CONTENTS: Readonly<Record<string, string>> = { t: "c_18gh", j: "c_15cd", u: "c_71bd" };
/** RDA content types, LoC MARC 21 336 $b; `txt` says no more than the leader. */
const BY_CONTENT: Readonly<Record<string, string>> = {
  cod: "c_ddb1",
  cop: "c_5ce6",
  cri: "c_12cd",
  crm: "c_12cd",
  ntm: "c_18cw",
  prm: "c_18cc",
  snd: "c_18cc",
  spw: "c_18cc",
  sti: "c_ecc8",
  tdi: "c_12ce",
};
/** What the host of an article is called where the record was left a book: journal, bulletin, newspaper. */
const SERIAL_HOST = /^(?:tạp chí|tập san|bản tin|thông báo|báo|journal|international journal|bulletin)(?!\p{L})/iu;

/** The type that leader, 008, 336 and 773 imply, or `null` where the leader is damaged and nothing else tells. */
export function codedType(marc: MarcSource): Mapped<ResourceType> | null {
  const [recordType = "", level = ""] = marc.leader.text.slice(6, 8);
  const id = BY_CONTENT[contentCode(marc)] ?? idOf(recordType, level, marc);
  const type = id === undefined ? null : readType(`${COAR}${id}`);
  const nodes: readonly MarcNode[] = [marc.leader, marc.control("008")].filter((node) => node !== null);
  return type === null ? null : mapped({ ...type, raw: `leader/06-07: ${recordType}${level}` }, ...nodes);
}

function contentCode(marc: MarcSource): string {
  return marc.fields("336")[0]?.first("b")?.value ?? "";
}

function idOf(recordType: string, level: string, marc: MarcSource): string | undefined {
  const coded = marc.control("008")?.text ?? "";
  switch (recordType) {
    case "a":
    case "t":
      return textId(recordType, level, coded, marc);
    case "g":
      return BY_VISUAL[coded.slice(33, 34)] ?? BY_RECORD_TYPE[recordType];
    case "m":
      return BY_FILE[coded.slice(26, 27)] ?? BY_RECORD_TYPE[recordType];
    default:
      return BY_RECORD_TYPE[recordType];
  }
}

function textId(recordType: string, level: string, coded: string, marc: MarcSource): string | undefined {
  if (level === "s") return BY_CONTINUING[coded.slice(21, 22)] ?? "QX5C-AR31";
  if (level === "m" && isArticle(marc)) return "c_6501";
  if (recordType === "t") return "c_0040";
  if (level !== "m") return BY_LEVEL[level];
  const contents = [...coded.slice(24, 28)].map((code) => BY_CONTENTS[code]).find((id) => id !== undefined);
  return contents ?? (coded.slice(29, 30) === "1" ? "c_f744" : BY_LEVEL[level]);
}

/** An article in a record that says monograph: its host is a serial, by ISSN or by name. */
function isArticle(marc: MarcSource): boolean {
  return marc.fields("773").some((field) => field.has("x") || SERIAL_HOST.test(field.first("t")?.value ?? ""));
}
