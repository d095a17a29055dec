import { en } from "./en.ts";
import { vi } from "./vi.ts";

export const LANGUAGES = ["vi", "en"] as const;

export type Language = (typeof LANGUAGES)[number];

/** Every sentence of the pages; Vietnamese sets the shape and English must have the same. */
export type Messages = { readonly [Name in keyof typeof vi]: string };

const MESSAGES: Readonly<Record<Language, Messages>> = { vi, en };

/** The sentences of a language. */
export function messagesOf(language: Language): Messages {
  return MESSAGES[language];
}

/** The language a person asked for: in the address, else in the cookie, else Vietnamese. */
export function languageOf(asked: string | undefined, cookies: string | undefined): Language {
  const remembered = /(?:^|;\s*)lang=(\w+)/.exec(cookies ?? "")?.[1];
  return (
    LANGUAGES.find((language) => language === asked) ?? LANGUAGES.find((language) => language === remembered) ?? "vi"
  );
}
