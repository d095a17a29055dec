import { readRows } from "./tables.ts";

/** What stands before a name in a Vietnamese statement of responsibility, by MARC relator code. */
const WORDS: Readonly<Record<string, string>> = {
  ann: "chú giải",
  aui: "lời giới thiệu",
  aut: "tác giả",
  cmp: "nhạc",
  col: "sưu tầm",
  com: "biên soạn",
  crr: "hiệu đính",
  cre: "tác giả",
  ctb: "cộng tác",
  cwt: "bình luận",
  dgg: "cơ sở cấp bằng",
  drt: "đạo diễn",
  edt: "chủ biên",
  fnd: "tài trợ",
  his: "cơ quan chủ trì",
  ill: "minh họa",
  isb: "cơ quan ban hành",
  lyr: "lời",
  nrt: "người đọc",
  opn: "phản biện",
  oth: "những người khác",
  pbl: "nhà xuất bản",
  pdr: "chủ nhiệm đề tài",
  pht: "ảnh",
  prf: "trình diễn",
  pro: "sản xuất",
  res: "nghiên cứu",
  rev: "phản biện",
  rth: "trưởng nhóm nghiên cứu",
  rtm: "thành viên nghiên cứu",
  spk: "diễn giả",
  spn: "bảo trợ",
  ths: "người hướng dẫn",
  trl: "dịch",
  win: "lời giới thiệu",
  wpr: "lời tựa",
};

let terms: ReadonlyMap<string, string> | null = null;

/** The term of the MARC Code List for Relators for a code, in English, or `null` where the code is not in the list. */
export function relatorTerm(code: string): string | null {
  terms ??= readTerms();
  return terms.get(code) ?? null;
}

/** What stands before a name in a Vietnamese statement of responsibility ("người hướng dẫn"), or `null`. */
export function relatorWords(code: string): string | null {
  return WORDS[code] ?? null;
}

/** The first row of a code holds the term of the list; the rows behind it are other ways to write it. */
function readTerms(): Map<string, string> {
  const read = new Map<string, string>();
  for (const { code = "", term = "" } of readRows("marc-relators")) if (!read.has(code)) read.set(code, term);
  return read;
}
