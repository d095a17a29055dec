import type { Language } from "./messages/messages.ts";

/** "02:37 25/11/2026" in Vietnamese, "25 Nov 2026, 02:37" in English: no form that another country reads otherwise. */
const FORMS = {
  vi: ["vi-VN", { day: "2-digit", month: "2-digit", year: "numeric", hour: "2-digit", minute: "2-digit" }],
  en: ["en-GB", { dateStyle: "medium", timeStyle: "short" }],
} as const satisfies Record<Language, readonly [string, Intl.DateTimeFormatOptions]>;
/** The country's one time zone; every page shows its time. */
const TIME_ZONE = "Asia/Ho_Chi_Minh";

/** Numbers and times as the language writes them. */
export interface Format {
  readonly number: (value: number) => string;
  readonly time: (date: Date) => string;
}

/** The forms of a language. */
export function formatOf(language: Language): Format {
  const [locale, options] = FORMS[language];
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, { ...options, timeZone: TIME_ZONE });
  return { number: (value) => numbers.format(value), time: (date) => times.format(date) };
}
