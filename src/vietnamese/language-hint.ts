/** Letters that no other language of the collections has; â, ê, ô and é alone may be French. */
const VIETNAMESE = /[ăđơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉĩịọỏốồổỗộớờởỡợụủũứừửữựỳỵỷỹ]/gi;
const ENGLISH = /\b(?:the|of|and|in|for|on|with|from|by|to|is|an?)\b/gi;
const BEYOND_ASCII = /[^\s!-~]/;
/** A Vietnamese name or place in an English text has a handful of these letters; a Vietnamese text has one every other word. */
const VIETNAMESE_SHARE = 0.2;
const ENGLISH_SHARE = 0.15;
/** The beginning tells; abstracts are long and there are many. */
const ENOUGH = 300;

/**
 * What a text seems to be written in by its letters: Vietnamese, English, or `null` where nothing tells. A hint for texts
 * whose language nobody said, no more. Composed (NFC) text with single blanks is expected.
 */
export function languageHint(text: string): "vi" | "en" | null {
  const beginning = text.length > ENOUGH ? text.slice(0, ENOUGH) : text;
  const words = beginning.split(" ").length;
  if (BEYOND_ASCII.test(beginning) && (beginning.match(VIETNAMESE)?.length ?? 0) / words >= VIETNAMESE_SHARE)
    return "vi";
  const english = beginning.match(ENGLISH)?.length ?? 0;
  return english >= 2 && english / words >= ENGLISH_SHARE ? "en" : null;
}
