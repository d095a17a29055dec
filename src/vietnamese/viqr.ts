const HATS: Readonly<Record<string, string>> = { "^": "\u0302", "(": "\u0306", "+": "\u031b" };
const TONES: Readonly<Record<string, string>> = {
  "'": "\u0301",
  "`": "\u0300",
  "?": "\u0309",
  "~": "\u0303",
  ".": "\u0323",
};

/**
 * A vowel with what is typed behind it, or dd; a backslash says that a character means itself (RFC 1456 §3). The second of
 * two vowels ("sao?") has no tone: what stands there ends a sentence.
 */
const LETTER =
  /\\([-'`?~.^(+\\dD])|dd|((?:[aeo](?=\^)|a(?=\()|[ou](?=\+)))([\^(+])(['`?~.])?|([ae]|(?<![aeo][\^(+]?)[iouy])(['`?~.])/gi;

/** Decodes VIQR (`mappings/tables/viqr.tsv`), what was typed where there was no keyboard for Vietnamese: "Vie^.t Nam". */
export function decodeViqr(text: string): string {
  return text.replace(
    LETTER,
    (found, itself?: string, hatted?: string, hat = "", toneOfHatted = "", vowel?: string, tone = "") => {
      if (itself !== undefined) return itself;
      const base = hatted ?? vowel;
      if (base === undefined) return found.startsWith("D") ? "Đ" : "đ";
      return `${base}${HATS[hat] ?? ""}${TONES[hatted === undefined ? tone : toneOfHatted] ?? ""}`.normalize("NFC");
    },
  );
}
