import { coreOf, decodeWord, type LegacyEncoding } from "./legacy-encodings.ts";
import { hasUsualCase } from "./letter-case.ts";
import { isSyllable } from "./syllable.ts";

/** What speaks for an encoding: how the words of a text look when they are decoded with it. */
export interface Evidence {
  /** Syllables when decoded. */
  valid: number;
  /** No syllables when decoded. */
  invalid: number;
  /** No syllables, decoded or not. */
  foreign: number;
  /** Syllables when decoded and none as they stand. */
  gained: number;
  /** Syllables as they stand and none when decoded. */
  lost: number;
  /** What other languages do not have inside of words. */
  signs: number;
}

/** The beginning of a text tells; abstracts are long. */
export const ENOUGH = 1_000;
/** A word that comes again says little more. */
const MOST_REPEATS = 2;
const MOST_SIGNS = 2;

const SOFT_HYPHENS = /\u00ad/g;
const PART = /\p{L}+/gu;
const LATIN = /[a-z]/i;
const VOWEL = /[aeiouy]/i;
const USUAL_CASE = /^(?:\p{Lu}?\p{Ll}*|\p{Lu}+)$/u;

/** How the words of a text look when they are decoded; `seen` counts them over all texts of a record. */
export function evidenceIn(text: string, encoding: LegacyEncoding, seen = new Map<string, number>()): Evidence {
  const evidence: Evidence = { valid: 0, invalid: 0, foreign: 0, gained: 0, lost: 0, signs: 0 };
  for (const [word] of text.slice(0, ENOUGH).matchAll(encoding.word)) {
    const times = seen.get(word) ?? 0;
    seen.set(word, times + 1);
    if (times < MOST_REPEATS) weigh(word, encoding, evidence);
  }
  return evidence;
}

/** Adds what was found in another text. */
export function addEvidence(sum: Evidence, other: Evidence): void {
  for (const kind of Object.keys(sum) as (keyof Evidence)[]) sum[kind] += other[kind];
}

function weigh(word: string, encoding: LegacyEncoding, evidence: Evidence): void {
  const inner = withoutDoubt(word, encoding);
  if (inner === null) return;
  const decoded = decodeWord(word, encoding);
  const meaningless = encoding.meaningless.test(word);
  const reads = !meaningless && readsAsVietnamese(decoded);
  if (decoded !== word || meaningless) weighChanged(inner, reads, encoding, evidence);
  else if (word.length > 1) evidence[reads ? "valid" : "foreign"] += 1;
}

function weighChanged(word: string, reads: boolean, encoding: LegacyEncoding, evidence: Evidence): void {
  const stands = readsAsItStands(word);
  const signs = new Set(word.match(encoding.unmistakable)).size;
  // single letters are in lists of letters, and in French: "où" would be "ó"
  if (word.length === 1 || (signs === 0 && encoding.decode(word).length === 1)) return;
  if (reads) {
    evidence.valid += 1;
    if (stands || encoding.foreign.test(word)) return;
    evidence.gained += 1;
    evidence.signs += Math.min(signs, MOST_SIGNS);
  } else if (stands || signs === 0) {
    evidence.invalid += 1;
    if (stands) evidence.lost += 1;
  }
  // what is left decodes to no syllable and cannot be read otherwise: "§¾k" is Đắk, a name of another language of Vietnam
}

function readsAsVietnamese(decoded: string): boolean {
  const parts = decoded.match(PART);
  return parts?.every(isSyllable) === true && hasUsualCase(decoded);
}

/** A word without signs that need not be letters; `null` where nothing else speaks: "Hoa¹" may have a footnote, "th¹" not. */
function withoutDoubt(word: string, encoding: LegacyEncoding): string | null {
  const core = coreOf(word, encoding);
  if (!LATIN.test(core)) return word;
  if (core === word || encoding.decode(core) !== core) return core;
  return core.length < 2 || VOWEL.test(core) ? null : word;
}

/** Whether a word is Vietnamese without any decoding, in capitals, small letters, or small ones behind a capital. */
export function readsAsItStands(word: string): boolean {
  return word
    .replace(SOFT_HYPHENS, "")
    .split("-")
    .every((part) => part === "" || (USUAL_CASE.test(part) && isSyllable(part)));
}
