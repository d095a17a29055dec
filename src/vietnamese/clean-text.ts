import { decodeEntities } from "./html-entities.ts";
import { maybeMojibake, undoMojibake } from "./mojibake.ts";

/** Whatever makes a text need more than composition: an entity, gha, eth, invisible characters, white space but blanks. */
const DIRTY = /[&\u01a2\u01a3\u00d0\u00f0\t-\r\u0085\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u3000\ufeff]/;
/**
 * What Vietnamese and its neighbours are written with, but for ampersand and eth: neither dirt, nor part of a UTF-8 sequence
 * that was misread, nor anything that composition changes (Unicode Standard Annex 15, §9). Most values hold nothing else.
 */
const ORDINARY = /^[ -%'-~\u00c0-\u00cf\u00d1-\u00ef\u00f1-\u0148\u0162-\u0177\u01a0\u01a1\u01af\u01b0\u1e00-\u1eff]*$/;
const GHA_SMALL = /\u01a3/g;
const GHA_CAPITAL = /\u01a2/g;
/** Only before a letter: in "Ð?i h?c" the letters are lost and a correction would hide it. */
const ETH = /(?<![\p{L}\p{M}])[\u00d0\u00f0](?=\p{L})/gu;
const INVISIBLE = /[\u200b-\u200d\ufeff]/g;
const SPACES = /[\s\u0085]+/g;

/** What was done to a text, in the words of the vocabulary's cases. */
export type TextRepair = "entities" | "utf8-as-cp1252" | "gha" | "eth" | "zero-width" | "space" | "nfc";

type Step = readonly [repair: TextRepair, mend: (text: string) => string];

/** What happened on the way: it is undone before anybody asks which encoding a text is in. */
const TRANSPORT: readonly Step[] = [
  ["entities", withoutEntities],
  ["utf8-as-cp1252", (text) => (maybeMojibake(text) ? undoMojibake(text) : text)],
];
const FONTS_AND_SPACES: readonly Step[] = [
  ["gha", (text) => text.replace(GHA_SMALL, "ư").replace(GHA_CAPITAL, "Ư")],
  ["eth", (text) => text.replace(ETH, (eth) => (eth === "\u00d0" ? "Đ" : "đ"))],
  ["zero-width", (text) => text.replace(INVISIBLE, "")],
  ["space", (text) => text.replace(SPACES, " ").trim()],
  ["nfc", (text) => text.normalize("NFC")],
];

/**
 * Cleans a value of what transport and fonts did to it: entities (at most twice escaped), UTF-8 read as windows-1252, gha for `ư`, eth for `đ`,
 * invisible characters, white space, composition. Legacy encodings are decoded before, for a whole record
 * (`readableMetadata`). The soft hyphen stays: in TCVN3 it is a letter.
 */
export function cleanText(text: string): string {
  const spaced = isSpaced(text);
  if (spaced && ORDINARY.test(text)) return text;
  if (spaced && !isDirty(text)) return text.normalize("NFC");
  return mended(mended(text, TRANSPORT), FONTS_AND_SPACES);
}

/** Undoes what transport did, no more: entities and UTF-8 read as windows-1252. */
export function withoutTransportDamage(text: string): string {
  return text.includes("&") || maybeMojibake(text) ? mended(text, TRANSPORT) : text;
}

/** What `cleanText` does to a text, in this order; empty where it stays as it is. */
export function repairsOf(text: string): readonly TextRepair[] {
  const repairs: TextRepair[] = [];
  let before = text;
  for (const [repair, mend] of [...TRANSPORT, ...FONTS_AND_SPACES]) {
    const after = mend(before);
    if (after !== before) repairs.push(repair);
    before = after;
  }
  return repairs;
}

function mended(text: string, steps: readonly Step[]): string {
  return steps.reduce((before, [, mend]) => mend(before), text);
}

/** One blank between words and none around them. */
function isSpaced(text: string): boolean {
  return !text.includes("  ") && !text.startsWith(" ") && !text.endsWith(" ");
}

function isDirty(text: string): boolean {
  return DIRTY.test(text) || maybeMojibake(text);
}

/** Two passes and no more: a third would decode what an author wrote about entities. */
function withoutEntities(text: string): string {
  if (!text.includes("&")) return text;
  const once = decodeEntities(text);
  return once.includes("&") && once !== text ? decodeEntities(once) : once;
}
