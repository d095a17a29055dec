import { decodeEntities } from "./html-entities.ts";
import { maybeMojibake, undoMojibake } from "./mojibake.ts";

/** Whatever makes a text need more than composition: an entity, gha, eth, invisible characters, white space but blanks. */
const DIRTY = /[&\u01a2\u01a3\u00d0\u00f0\t-\r\u0085\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u3000\ufeff]/;
/** Below the first combining mark every text is composed already (Unicode Standard Annex 15, §9). */
const MAY_BE_DECOMPOSED = /[\u0300-\uffff]/;
const GHA_SMALL = /\u01a3/g;
const GHA_CAPITAL = /\u01a2/g;
/** Only before a letter: in "Ð?i h?c" the letters are lost and a correction would hide it. */
const ETH = /(?<![\p{L}\p{M}])[\u00d0\u00f0](?=\p{L})/gu;
const INVISIBLE = /[\u200b-\u200d\ufeff]/g;
const SPACES = /[\s\u0085]+/g;

/**
 * Cleans a value of what transport and fonts did to it: entities (at most twice escaped), UTF-8 read as windows-1252, gha for `ư`, eth for `đ`,
 * invisible characters, white space, composition. Legacy encodings are another matter. The soft hyphen stays: in TCVN3 it
 * is a letter.
 */
export function cleanText(text: string): string {
  if (!isDirty(text)) return MAY_BE_DECOMPOSED.test(text) ? text.normalize("NFC") : text;
  const plain = withoutEntities(text);
  return (maybeMojibake(plain) ? undoMojibake(plain) : plain)
    .replace(GHA_SMALL, "ư")
    .replace(GHA_CAPITAL, "Ư")
    .replace(ETH, (eth) => (eth === "\u00d0" ? "Đ" : "đ"))
    .replace(INVISIBLE, "")
    .replace(SPACES, " ")
    .trim()
    .normalize("NFC");
}

/** Most values have nothing to clean: one blank between words and none around them. */
function isDirty(text: string): boolean {
  return text.includes("  ") || text.startsWith(" ") || text.endsWith(" ") || DIRTY.test(text) || maybeMojibake(text);
}

/** Two passes and no more: a third would decode what an author wrote about entities. */
function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  const once = decodeEntities(text);
  return once.includes("&") && once !== text ? decodeEntities(once) : once;
}
