import type { Language } from "./messages/messages.ts";

const LOCALES: Readonly<Record<Language, string>> = { vi: "vi-VN", en: "en-GB" };
/** The country's one time zone; every page shows its time. */
const TIME_ZONE = "Asia/Ho_Chi_Minh";

/** Numbers and times as the language writes them. */
export interface Format {
  readonly number: (value: number) => string;
  readonly time: (date: Date) => string;
}

/** The forms of a language. */
export function formatOf(language: Language): Format {
  const locale = LOCALES[language];
  const numbers = new Intl.NumberFormat(locale);
  const times = new Intl.DateTimeFormat(locale, { dateStyle: "short", timeStyle: "short", timeZone: TIME_ZONE });
  return { number: (value) => numbers.format(value), time: (date) => times.format(date) };
}
