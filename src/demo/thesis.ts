export type ThesisLevel = "tiến sĩ" | "thạc sĩ" | "đại học";

/** A thesis as the people who deposit it would describe it; how repositories write that down comes later. */
export interface Thesis {
  readonly level: ThesisLevel;
  readonly title: string;
  readonly titleInEnglish?: string;
  /** Family name first, without a comma. */
  readonly author: string;
  /** With their academic titles. */
  readonly advisors: readonly string[];
  /** One of the names in `DISCIPLINES`. */
  readonly discipline: string;
  readonly year: number;
  readonly pages: number;
  readonly keywords: readonly string[];
  readonly abstract: string;
  readonly abstractInEnglish?: string;
}

/** "Minh Họa" means illustration: no reader shall take the university for a real one. */
export const UNIVERSITY = "Trường Đại học Minh Họa";

const WORK_NAMES: Readonly<Record<ThesisLevel, string>> = {
  "tiến sĩ": "Luận án tiến sĩ",
  "thạc sĩ": "Luận văn thạc sĩ",
  "đại học": "Khóa luận tốt nghiệp",
};

/** "Luận văn thạc sĩ" and the like. */
export function nameOfWork(level: ThesisLevel): string {
  return WORK_NAMES[level];
}
