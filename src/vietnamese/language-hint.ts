/**
 * Letters that no other language of the collections has; â, ê, ô and é alone may be French. Beside these, those of the block
 * that Unicode has for Vietnamese.
 */
const VIETNAMESE: ReadonlySet<number> = new Set([..."ăđĩũơưĂĐĨŨƠƯ"].map((letter) => letter.charCodeAt(0)));
const [FIRST_OF_BLOCK, LAST_OF_BLOCK] = [0x1ea0, 0x1ef9];
const LAST_OF_LATIN_1 = 0xff;
const BLANK = 0x20;
const ENGLISH = /\b(?:the|of|and|in|for|on|with|from|by|to|is|an?)\b/gi;
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
  const { letters, words } = countVietnamese(beginning);
  if (letters / words >= VIETNAMESE_SHARE) return "vi";
  const english = beginning.match(ENGLISH)?.length ?? 0;
  return english >= 2 && english / words >= ENGLISH_SHARE ? "en" : null;
}

/** How many of its letters are Vietnamese alone, and how many words there are; a loop, because abstracts are long. */
function countVietnamese(text: string): { readonly letters: number; readonly words: number } {
  let letters = 0;
  let words = 1;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === BLANK) words += 1;
    else if (code > LAST_OF_LATIN_1 && isVietnamese(code)) letters += 1;
  }
  return { letters, words };
}

function isVietnamese(code: number): boolean {
  return (code >= FIRST_OF_BLOCK && code <= LAST_OF_BLOCK) || VIETNAMESE.has(code);
}
