import { decodeText, LEGACY_ENCODINGS, type LegacyEncoding } from "./legacy-encodings.ts";
import { addEvidence, ENOUGH, type Evidence, evidenceIn, readsAsItStands } from "./legacy-evidence.ts";

/** Decodes the texts of one record. */
export interface LegacyDecoder {
  readonly encoding: LegacyEncoding["name"];
  /** A text of the record in Unicode; one that is not in the encoding comes back as it is. */
  readonly decode: (text: string) => string;
}

/** Four words in five must be syllables when they are decoded. */
const LEAST_SHARE = 0.8;
const LEAST_POINTS = 5;

const LETTER_BEYOND_LATIN_1 =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: combining marks are looked for like letters
  /[\u0100-\u0151\u0154-\u015f\u0162-\u0177\u0179-\u017c\u017f-\u0191\u0193-\u02c5\u0300-\u03bb\u03bd-\u1fff\u2c00-\uffef]/;
/** The letters and signs of Latin-1 but for those that stand in texts of any language, and a minus sign. */
const SUSPICIOUS = /[\u0080-\u009f¡-¨ª¬-\u00ad¯µ¶¸-º¼-ÿ\u2212]/;
/** Signs of any language where no language has them, and vowels with the marks of VIQR: looked for where the sign is there. */
const RARE_SIGN = /[«©®^+`~]|a\(/;
const RARE = /[a-z][«©][a-z]|[a-z]«|®[a-z]|[aeo]\^|[ou]\+|a\([a-z'`?~.]|[aeiouy][`~][a-z]/i;
const MARKED_WORD = /[A-Za-z]*[\u0080-\u00ff\u2212][A-Za-z\u0080-\u00ff\u2212]*/g;

/**
 * Whether a text may be in a legacy encoding at all: cheap, for every value of every record. "Hà Tô" has letters of Latin-1
 * only and reads as Vietnamese; no decoding can mend it.
 */
export function maybeLegacy(text: string): boolean {
  const beginning = text.length > ENOUGH ? text.slice(0, ENOUGH) : text;
  const beyond = beginning.search(LETTER_BEYOND_LATIN_1);
  if (beyond >= 0) return isMark(beginning.charCodeAt(beyond)) && maybeLegacyComposed(beginning.normalize("NFC"));
  return isSuspicious(beginning);
}

/** Some systems take letters and marks of Latin-1 apart, and with them those that stand for others. */
function maybeLegacyComposed(beginning: string): boolean {
  return !LETTER_BEYOND_LATIN_1.test(beginning) && isSuspicious(beginning);
}

function isMark(code: number): boolean {
  return code >= 0x300 && code <= 0x36f;
}

function isSuspicious(beginning: string): boolean {
  if (SUSPICIOUS.test(beginning)) return beginning.match(MARKED_WORD)?.every(readsAsItStands) !== true;
  return RARE_SIGN.test(beginning) && RARE.test(beginning);
}

/**
 * The decoder of a record whose texts are in an encoding from before Unicode, or `null`. It is decided by all texts together,
 * because two words alone do not tell: a text is in such an encoding only if it has no letter beyond Latin-1, does not read as
 * Vietnamese as it stands, and reads as Vietnamese when it is decoded. Texts of other languages and texts in Unicode
 * say nothing about the others, and stay as they are.
 */
export function legacyDecoder(texts: readonly string[]): LegacyDecoder | null {
  const composed = texts.map((text) => text.normalize("NFC"));
  const encoding = encodingOf(composed.filter(maybeLegacy));
  if (encoding === null) return null;
  const isMixed = composed.some((text) => LETTER_BEYOND_LATIN_1.test(text));
  return {
    encoding: encoding.name,
    decode: (text) => {
      const whole = text.normalize("NFC");
      return isIn(encoding, whole, isMixed) ? decodeText(whole, encoding) : text;
    },
  };
}

function encodingOf(texts: readonly string[]): LegacyEncoding | null {
  let best: { readonly encoding: LegacyEncoding; readonly points: number } | null = null;
  if (texts.length === 0) return null;
  for (const encoding of LEGACY_ENCODINGS) {
    const evidence = evidenceOf(texts, encoding);
    const points = pointsOf(evidence);
    if (isEnough(evidence) && (best === null || points > best.points)) best = { encoding, points };
  }
  return best?.encoding ?? null;
}

/** The sum over the texts that decoding mends. */
function evidenceOf(texts: readonly string[], encoding: LegacyEncoding): Evidence {
  const seen = new Map<string, number>();
  const sum = evidenceIn("", encoding);
  for (const text of texts) {
    const evidence = evidenceIn(text, encoding, seen);
    if (evidence.gained > evidence.lost) addEvidence(sum, evidence);
  }
  return sum;
}

function pointsOf({ valid, invalid, foreign, gained, lost, signs }: Evidence): number {
  return valid + gained + 2 * signs - 2 * invalid - foreign - 4 * lost;
}

function isEnough(evidence: Evidence): boolean {
  const { valid, invalid, gained } = evidence;
  const share = valid / (valid + invalid);
  return gained > 0 && share >= LEAST_SHARE && pointsOf(evidence) >= LEAST_POINTS && (gained >= 2 || valid >= 3);
}

/** Whether one text of the record is in its encoding too. What reads either way is, unless the record has texts in Unicode. */
function isIn(encoding: LegacyEncoding, text: string, isMixed: boolean): boolean {
  if (LETTER_BEYOND_LATIN_1.test(text)) return false;
  const { valid, invalid, foreign, gained, lost } = evidenceIn(text, encoding);
  if (gained > lost) return valid >= invalid;
  return !isMixed && gained === lost && valid > 0 && invalid + foreign === 0;
}
