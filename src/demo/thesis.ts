import { disciplineNamed } from "./disciplines.ts";

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

/** Codes of one major differ in the first digit only: 7 for bachelors, 8 for masters, 9 for doctors. */
const CODE_BEGINNINGS: Readonly<Record<ThesisLevel, string>> = { "tiến sĩ": "9", "thạc sĩ": "8", "đại học": "7" };

/** The code of the programme the thesis belongs to, e.g. 8480101. */
export function programmeCode({ discipline, level }: Thesis): string {
  return CODE_BEGINNINGS[level] + disciplineNamed(discipline).code.slice(1);
}

/** "Luận văn thạc sĩ" and the like. */
export function nameOfWork(level: ThesisLevel): string {
  return WORK_NAMES[level];
}
