import { readRows } from "../tables.ts";

interface LanguageCodes {
  /** RFC 5646: the shortest code there is; `null` for what has not the shape of a language code. */
  readonly bcp47: string | null;
  /** MARC Code List for Languages; `null` where MARC has no code for the language itself. */
  readonly marc: string | null;
}

const SHAPE = /^[a-z]{2,3}$/;

let byCode: ReadonlyMap<string, LanguageCodes> | null = null;

/** What a language in ISO 639-3 is called elsewhere; a code that is not in `tables/languages.tsv` stands for itself. */
export function languageCodes(iso6393: string): LanguageCodes {
  byCode ??= readCodes();
  return byCode.get(iso6393) ?? { bcp47: SHAPE.test(iso6393) ? iso6393 : null, marc: null };
}

function readCodes(): Map<string, LanguageCodes> {
  const codes = new Map<string, LanguageCodes>();
  for (const { iso639_3: code = "", iso639_1: short = "", marc_iso639_2b: marc = "" } of readRows("languages")) {
    if (!codes.has(code)) codes.set(code, { bcp47: short || code, marc: marc || null });
  }
  return codes;
}
