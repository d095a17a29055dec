import { restoreCapitals } from "./letter-case.ts";
import { isSyllable } from "./syllable.ts";
import { TCVN3, withSoftHyphens } from "./tcvn3.ts";
import { decodeViqr } from "./viqr.ts";
import { VISCII } from "./viscii.ts";
import { decodeVni } from "./vni.ts";

/** An encoding from before Unicode; its texts were stored as if they were Latin. */
export interface LegacyEncoding {
  readonly name: "tcvn3" | "vni" | "viscii" | "viqr";
  /** What words consist of, global: letters and whatever stands for one. */
  readonly word: RegExp;
  readonly decode: (word: string) => string;
  /** Global: signs around a word that need not be letters. */
  readonly signs: RegExp;
  /** What may be a word by itself. */
  readonly alone: RegExp;
  /** Global: what stands inside of no word of any language that is written in Latin letters. */
  readonly unmistakable: RegExp;
  /** Words that other languages have ("Lü", "Loïc"), although they decode to syllables. */
  readonly foreign: RegExp;
  /** Letters of Latin-1 that mean nothing in this encoding: a word with one of them is not written in it. */
  readonly meaningless: RegExp;
  /** What is left to do when every word is decoded. */
  readonly finish: (text: string) => string;
}

/** Quotes, bullets, marks of rights, of measures and of footnotes. */
const SIGNS = /^[«©·µ°‘’“”•–—…‹›]+|[»®©™·°¹²³‘’“”•–—…‹›]+$/g;
/** The characters of Latin-1 that are no letters, a minus sign, ß and ñ behind consonants, mixed capitals and small letters. */
const NO_LATIN_WORD =
  /[\u00a1-\u00a9\u00ab-\u00b4\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u2212]|(?<=[A-Za-z])µ|(?<=[b-df-hj-np-tv-z])[ßñ]|(?<=[a-z])[À-ÖØ-Þ]|(?<=[A-Z])[ß-öø-ÿ](?=[A-Z])/g;
/** "Lü Xun", "Thaï", "på", "Mª José": what of other languages looks like a short Vietnamese word in these encodings. */
const FOREIGN = /^(?:[A-Za-z]?[a-z]*(?:ü|[aeo]ï)[a-z]*|[AEO]ï[a-z]*|[A-Z]*Ü[A-Z]*|[A-Za-z]{1,2}[åøªº]|în)$/;
/** A quote that is none of the letters of a word; without one, what opens a quote is a letter ("« nhiÔm" is "ô nhiễm"). */
const CLOSING_QUOTE = /(?<!\p{L})»(?!\p{L})/u;
/** "m³", "R²" */
const POWER = /^[mRxyz][²³]$/;
const NONE = /(?!)/;
const asItIs = (text: string) => text;

const tcvn3: LegacyEncoding = {
  name: "tcvn3",
  word: /(?<!\d)[A-Za-z¡-ÿ\u2212μ]+(?:-[A-Za-z¡-ÿ\u2212μ]+)*-?/g,
  decode: (word) => {
    const decode = (part: string) => substituted(part, TCVN3);
    return decode(withSoftHyphens(word, decode));
  },
  signs: SIGNS,
  alone: /[À-ÖØ-öø-ÿ¢-¤§«¶¸]/,
  unmistakable: NO_LATIN_WORD,
  foreign: FOREIGN,
  meaningless: /[À-ÅÍÙ-Ûàðÿ]/,
  finish: restoreCapitals,
};

const vni: LegacyEncoding = {
  name: "vni",
  word: /[A-Za-zÀ-ÖØ-öø-ÿ]+/g,
  decode: decodeVni,
  signs: NONE,
  alone: /[À-ÖØ-öø-ÿ]/,
  unmistakable:
    /[ao][äåãáàâ]|e[äåãàâ]|(?<=[iy])eá|a[êèü]|[aeouy][øõ]|[aeyôö]ù|(?<=[a-z])où|yû|[ôö][ïøùûõ]|(?<=[a-z])[À-ÖØ-Þ]|[AEO][ÄÅÃÁÀÂ]|[AEOUYÔÖ][ØÕÙÛÏ]|A[ÊÈÉËÚÜ]/g,
  // "Loïc", "Seán", "aún"
  foreign: /^(?:[A-Z][a-z]*(?:[aeo]ï|eá)[a-z]*|[AEO]ï[a-z]*|thaï|laïc|haï|[A-Z]?[a-z]*aú[a-z]*|Aún)$/,
  meaningless: NONE,
  finish: asItIs,
};

const viscii: LegacyEncoding = {
  name: "viscii",
  // U+00A0 is a letter there too, but wherever it was met it was a blank
  word: /(?<!\d)[A-Za-z\u0080-\u009f¡-ÿŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]+/g,
  decode: (word) => substituted(word, VISCII),
  signs: SIGNS,
  alone: /[À-ÖØ-öø-ÿ·]/,
  unmistakable: NO_LATIN_WORD,
  foreign: FOREIGN,
  meaningless: NONE,
  finish: asItIs,
};

const viqr: LegacyEncoding = {
  name: "viqr",
  word: /[A-Za-z][A-Za-z^(+'`?~.\\]*/g,
  decode: decodeViqr,
  signs: /(?<!\\)[.?']$/g,
  alone: NONE,
  unmistakable: /(?<=[a-z])(?:[aeo]\^|[ou]\+|a\()|(?:[aeo]\^|[ou]\+|a\()['`?~.]|[aeiouy][`~](?=[a-z])/gi,
  // "a.m.", "I'm"
  foreign: /^[^^(+`~]*$/,
  meaningless: NONE,
  finish: asItIs,
};

/** The encodings, the frequent ones first. */
export const LEGACY_ENCODINGS: readonly LegacyEncoding[] = [tcvn3, vni, viscii, viqr];

/** Decodes a text that is known to be in that encoding, into NFC. Signs that stand alone ("©", "×") stay signs. */
export function decodeText(text: string, encoding: LegacyEncoding): string {
  const isWord = (found: string) =>
    found.length > 1 || (encoding.alone.test(found) && !(found === "«" && CLOSING_QUOTE.test(text)));
  const decoded = text.replace(encoding.word, (found) => (isWord(found) ? decodeWord(found, encoding) : found));
  return encoding.finish(decoded).normalize("NFC");
}

/** Decodes one word. A sign around it that makes a syllable with it is a letter ("l¹" is "lạ"), else a sign ("Windows®"). */
export function decodeWord(word: string, encoding: LegacyEncoding): string {
  const whole = encoding.decode(word);
  const core = coreOf(word, encoding);
  const isWhole = core === word || (isSyllable(whole) && !POWER.test(word));
  return isWhole ? whole : word.replace(core, () => encoding.decode(core));
}

/** A word without the signs around it. */
export function coreOf(word: string, encoding: LegacyEncoding): string {
  return word.replace(encoding.signs, "");
}

function substituted(word: string, letters: ReadonlyMap<string, string>): string {
  let decoded = "";
  for (const character of word) decoded += letters.get(character) ?? character;
  return decoded;
}
