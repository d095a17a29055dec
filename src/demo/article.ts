/** A text in both languages of the journals. */
export interface Bilingual {
  readonly vi: string;
  readonly en: string;
}

export interface Journal {
  /** The path OJS gives the journal, and the beginning of its sets. */
  readonly path: string;
  readonly title: Bilingual;
  readonly issn: string;
  /** The first volume appeared the year after. */
  readonly yearBeforeFirst: number;
}

/** Both are invented; their ISSNs have a correct check digit and are not assigned. */
export const JOURNALS: readonly [Journal, Journal] = [
  {
    path: "tckh",
    title: { vi: "Tạp chí Khoa học và Công nghệ Minh Họa", en: "Minh Hoa Journal of Science and Technology" },
    issn: "1859-9990",
    yearBeforeFirst: 2009,
  },
  {
    path: "xhnv",
    title: {
      vi: "Tạp chí Khoa học Xã hội và Nhân văn Minh Họa",
      en: "Minh Hoa Review of Social Sciences and Humanities",
    },
    issn: "2734-9993",
    yearBeforeFirst: 2014,
  },
];

export type Section = "ART" | "REV";

/** An article as its authors submit it; volume, pages and addresses come with publication. */
export interface Article {
  readonly journal: "tckh" | "xhnv";
  readonly section: Section;
  readonly title: Bilingual;
  /** Family name first, without a comma. */
  readonly authors: readonly string[];
  readonly abstract: Bilingual;
  readonly keywords: readonly Bilingual[];
  readonly year: number;
  readonly issue: number;
}

/** The journal an article appeared in. */
export function journalOf(article: Article): Journal {
  return JOURNALS.find((journal) => journal.path === article.journal) ?? JOURNALS[0];
}
