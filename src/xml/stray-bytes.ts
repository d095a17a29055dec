import { TextDecoder } from "node:util";

/** Text in which stray bytes were given a meaning, and which meaning. */
export interface RestoredText {
  readonly text: string;
  /** `null` where there was nothing to restore. */
  readonly charset: "windows-1252" | "windows-1258" | null;
}

/** What `LenientUtf8Decoder` makes of bytes that are not UTF-8, several in a row being one word's. */
const STRAY = /(?<![\ud800-\udbff])[\udc80-\udcff]/g;
const ESCAPE_BASE = 0xdc00;
/** Node.js 20 takes windows-1252 for Latin-1 unless it decodes a stream, and then bytes 80 to 9F become control characters. */
const STREAM = { stream: true } as const;
/** In windows-1258, and only there, a byte is a tone mark that follows its vowel. */
const TONE_AFTER_VOWEL =
  /[aeiouyAEIOUY\udcc2\udce2\udcc3\udce3\udcca\udcea\udcd4\udcf4\udcd5\udcf5\udcdd\udcfd][\udccc\udcd2\udcde\udcec\udcf2]/;

/**
 * Reads the stray bytes of a record in the one code page they are likely to be of: windows-1258 where tone marks follow
 * their vowels as only Vietnamese writes them, windows-1252 otherwise (what browsers take undeclared text for).
 */
export function restoreStrayBytes(text: string): RestoredText {
  if (text.isWellFormed()) return { text, charset: null };
  const charset = TONE_AFTER_VOWEL.test(text) ? "windows-1258" : "windows-1252";
  const decoder = new TextDecoder(charset);
  const read = (byte: number) => decoder.decode(Uint8Array.of(byte), STREAM);
  let found = false;
  const restored = text.replace(STRAY, (stray) => {
    found = true;
    return read(stray.charCodeAt(0) - ESCAPE_BASE);
  });
  return found ? { text: restored, charset } : { text, charset: null };
}
