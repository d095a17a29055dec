import { WINDOWS_1252 } from "./windows-1252.ts";

/**
 * The first two bytes of a UTF-8 sequence, each read as a character: "Ã©", "á»", "Ä‘". The byte DF begins the letters of
 * N'Ko alone, but "ß¾" is a vowel in VISCII.
 */
const SUSPICIOUS = /[\u00c2-\u00de\u00e0-\u00f4][\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]/;

const utf8 = new TextDecoder("utf-8", { fatal: true });
const bytesOf = new Map([...WINDOWS_1252].map((character, index) => [character, 0x80 + index]));

/** Whether a text may be UTF-8 that was read as windows-1252; `undoMojibake` tells for sure. */
export function maybeMojibake(text: string): boolean {
  return SUSPICIOUS.test(text);
}

/**
 * Undoes UTF-8 that was read as windows-1252 ("Nguyá»…n" → "Nguyễn"). The whole text must be such bytes and they must be
 * sound UTF-8; anything else comes back as it is, so that text which only looks odd is never changed.
 */
export function undoMojibake(text: string): string {
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.charCodeAt(0);
    const byte = code < 0x100 ? code : bytesOf.get(character);
    if (byte === undefined) return text;
    bytes.push(byte);
  }
  try {
    return utf8.decode(Uint8Array.from(bytes));
  } catch {
    return text;
  }
}
