/** Damage that can be seen and not undone: what stood there is lost or doubtful. */
export type TextDefect = "lossy-question-marks" | "double-conversion";

/** The beginning of a text tells. */
const ENOUGH = 200;
/** A question mark inside of a word: "Ð?i h?c Qu?c gia". Words alone: addresses have question marks too. */
const LOST = /(?<![^\s("“'‘])\p{L}{1,4}\?\p{L}{1,4}(?![\p{L}\p{N}=&/?])/u;
/**
 * A vowel or tone that no Vietnamese word has, but that a decoder of TCVN3 makes of text which was in Unicode already:
 * "Nghiờn cứu" (nghiên), "tỏc giả" (tác).
 */
const CONVERTED_TWICE = /[iy]ờ[cmnptu]|[ỏõờỡũừ](?:ch?|p|t)(?![a-zà-ỹ])/i;

/** What of a text, if anything, cannot be mended. Composed text is expected. */
export function textDefect(text: string): TextDefect | null {
  const beginning = text.length > ENOUGH ? text.slice(0, ENOUGH) : text;
  if (beginning.includes("?") && LOST.test(beginning)) return "lossy-question-marks";
  return CONVERTED_TWICE.test(beginning) ? "double-conversion" : null;
}
