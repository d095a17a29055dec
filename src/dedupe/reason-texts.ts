/** What a reason says; `%a` and `%b` stand for the values of the two records. */
interface ReasonText {
  /** `evidence` speaks for the same, `veto` forbids it, `doubt` leaves it to a person. */
  readonly role: "evidence" | "doubt" | "veto";
  readonly vi: string;
  readonly en: string;
}

/** Everything that a verdict can rest on. */
export const REASON_TEXTS = {
  "doi-same": { role: "evidence", vi: "cùng DOI: %a", en: "the same DOI: %a" },
  "isbn-same": { role: "evidence", vi: "cùng ISBN: %a", en: "the same ISBN: %a" },
  "title-same": { role: "evidence", vi: "cùng nhan đề", en: "the same title" },
  "title-variant": {
    role: "evidence",
    vi: "cùng nhan đề, một bên thiếu phụ đề hoặc là dạng khác: “%a”, “%b”",
    en: 'the same title, one without its subtitle or in another form: "%a", "%b"',
  },
  "author-same": { role: "evidence", vi: "cùng tác giả: %a", en: "the same author: %a" },
  "year-same": { role: "evidence", vi: "cùng năm: %a", en: "the same year: %a" },
  "year-near": { role: "evidence", vi: "năm lệch nhau một: %a, %b", en: "years next to each other: %a, %b" },
  "institution-same": {
    role: "evidence",
    vi: "cùng cơ sở đào tạo hoặc nhà xuất bản: %a",
    en: "the same institution or publisher: %a",
  },
  "pages-same": { role: "evidence", vi: "số trang như nhau: %a, %b", en: "as many pages: %a, %b" },

  "title-differs": { role: "doubt", vi: "nhan đề khác nhau: “%a”, “%b”", en: 'different titles: "%a", "%b"' },
  "author-unlike": {
    role: "doubt",
    vi: "tên tác giả không khớp hẳn: %a, %b",
    en: "names of authors that may be the same: %a, %b",
  },
  "doi-differs": { role: "doubt", vi: "DOI khác nhau: %a, %b", en: "different DOIs: %a, %b" },
  "isbn-differs": { role: "doubt", vi: "ISBN khác nhau: %a, %b", en: "different ISBNs: %a, %b" },
  "publisher-differs": {
    role: "doubt",
    vi: "nhà xuất bản khác nhau: %a, %b",
    en: "different publishers: %a, %b",
  },
  "part-once": {
    role: "doubt",
    vi: "chỉ một bên ghi số tập: %a",
    en: "only one says which volume it is: %a",
  },
  "edition-once": {
    role: "doubt",
    vi: "chỉ một bên ghi lần xuất bản, hoặc ghi không rõ: %a",
    en: "only one states its edition, or not clearly: %a",
  },

  "kind-differs": { role: "veto", vi: "loại tài liệu khác nhau: %a, %b", en: "different kinds of resource: %a, %b" },
  "level-differs": { role: "veto", vi: "bậc đào tạo khác nhau: %a, %b", en: "theses of different levels: %a, %b" },
  booklet: {
    role: "veto",
    vi: "một bên là bản tóm tắt của luận án, luận văn",
    en: "one is the abstract booklet of a thesis",
  },
  "part-differs": { role: "veto", vi: "khác tập: %a, %b", en: "different volumes or parts: %a, %b" },
  "issue-differs": { role: "veto", vi: "khác số tạp chí: %a, %b", en: "different issues of a periodical: %a, %b" },
  "edition-differs": { role: "veto", vi: "khác lần xuất bản: %a, %b", en: "different editions: %a, %b" },
  "language-differs": { role: "veto", vi: "khác ngôn ngữ: %a, %b", en: "in different languages: %a, %b" },
  "translator-differs": { role: "veto", vi: "khác người dịch: %a, %b", en: "different translators: %a, %b" },
  "author-differs": { role: "veto", vi: "khác tác giả: %a, %b", en: "different authors: %a, %b" },
  "year-differs": { role: "veto", vi: "năm lệch quá một: %a, %b", en: "more than a year apart: %a, %b" },
  "pages-differ": { role: "veto", vi: "số trang khác nhau: %a, %b", en: "different numbers of pages: %a, %b" },
  "title-marks-differ": {
    role: "veto",
    vi: "nhan đề khác dấu: “%a”, “%b”",
    en: 'titles with different diacritics: "%a", "%b"',
  },
  "title-number-differs": {
    role: "veto",
    vi: "nhan đề khác con số: “%a”, “%b”",
    en: 'titles with different numbers: "%a", "%b"',
  },
} as const satisfies Readonly<Record<string, ReasonText>>;

/** Stable, kebab-case: stored with a cluster. */
export type ReasonCode = keyof typeof REASON_TEXTS;

/** One piece of evidence, a doubt or a veto, with the values of both records. */
export interface Reason {
  readonly code: ReasonCode;
  readonly a: string;
  readonly b: string;
}

/** A reason in words. */
export function reasonInWords({ code, a, b }: Reason, language: "vi" | "en"): string {
  return REASON_TEXTS[code][language].replace(/%[ab]/g, (which) => (which === "%a" ? a : b));
}
