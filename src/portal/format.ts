import type { Language } from "./messages/messages.ts";

/** "02:37 25/11/2026" in Vietnamese, "25 Nov 2026, 02:37" in English: no form that another country reads otherwise. */
const FORMS = {
  vi: ["vi-VN", { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" }],
  en: ["en-GB", { dateStyle: "medium", timeStyle: "short" }],
} as const satisfies Record<Language, readonly [string, Intl.DateTimeFormatOptions]>;
const DAYS = {
  vi: { day: "2-digit", month: "2-digit", year: "numeric" },
  en: { dateStyle: "medium" },
} as const satisfies Record<Language, Intl.DateTimeFormatOptions>;
/** The country's one time zone; every page shows its time. */
const TIME_ZONE = "Asia/Ho_Chi_Minh";
const NBSP = "\u00a0";
const DATESTAMP = /^\d{4}-\d{2}-\d{2}(?:T(\d{2}:\d{2}:\d{2})Z)?$/;

/** Numbers and times as the language writes them. */
export interface Format {
  readonly number: (value: number) => string;
  readonly time: (date: Date) => string;
  /** Puts a number into the place `{n}` of a sentence; no line breaks beside it. */
  readonly count: (sentence: string, value: number) => string;
  /**
   * A datestamp of the protocol (OAI-PMH 2.0 §3.3), in UTC as the repository knows it: "25/11/2026",
   * "25/11/2026 18:20:00 UTC". What is none stays as it is.
   */
  readonly datestamp: (text: string) => string;
}

/** The forms of a language. */
export function formatOf(language: Language): Format {
  const [locale, options] = FORMS[language];
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, { ...options, timeZone: TIME_ZONE });
  const days = new Intl.DateTimeFormat(locale, { ...DAYS[language], timeZone: "UTC" });
  const number = (value: number) => numbers.format(value);
  return {
    number,
    time: (date) => times.format(date),
    count: (sentence, value) =>
      sentence.replace(/( ?)\{n\}( ?)/, (_, before, after) => `${before && NBSP}${number(value)}${after && NBSP}`),
    datestamp: (text) => {
      const match = DATESTAMP.exec(text);
      const date = new Date(text);
      if (match === null || Number.isNaN(date.getTime())) return text;
      return match[1] === undefined ? days.format(date) : `${days.format(date)} ${match[1]} UTC`;
    },
  };
}
