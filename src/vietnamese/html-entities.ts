import { WINDOWS_1252 } from "./windows-1252.ts";

/** The 96 names of Latin-1, in the order of their code points from U+00A0 on. */
const LATIN_1 =
  "nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro " +
  "para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil " +
  "Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave " +
  "Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute ecirc euml " +
  "igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc uuml yacute " +
  "thorn yuml";

/** Greek from U+03B1 on; the capitals stand 32 places before. */
const GREEK =
  "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau upsilon " +
  "phi chi psi omega";

/** What editors of web forms put into metadata beside letters. */
const OTHERS: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  ndash: "–",
  mdash: "—",
  lsquo: "‘",
  rsquo: "’",
  sbquo: "‚",
  ldquo: "“",
  rdquo: "”",
  bdquo: "„",
  hellip: "…",
  bull: "•",
  prime: "′",
  Prime: "″",
  dagger: "†",
  permil: "‰",
  euro: "€",
  trade: "™",
  ensp: " ",
  emsp: " ",
  thinsp: " ",
  zwnj: "\u200c",
  zwj: "\u200d",
  minus: "−",
  le: "≤",
  ge: "≥",
  ne: "≠",
  asymp: "≈",
  infin: "∞",
  rarr: "→",
  larr: "←",
  OElig: "Œ",
  oelig: "œ",
  Scaron: "Š",
  scaron: "š",
};

const REFERENCE = /&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|([A-Za-z][A-Za-z0-9]{1,7}));/g;

const NAMED = namedEntities();

/** Replaces the HTML entities of one level; what is none of them stays as it stands ("R&D;"). */
export function decodeEntities(text: string): string {
  return text.replace(REFERENCE, (found, decimal?: string, hexadecimal?: string, name?: string) => {
    if (name !== undefined) return NAMED.get(name) ?? found;
    return character(decimal === undefined ? Number.parseInt(hexadecimal ?? "", 16) : Number(decimal)) ?? found;
  });
}

function namedEntities(): ReadonlyMap<string, string> {
  const named = new Map(Object.entries(OTHERS));
  for (const [index, name] of LATIN_1.split(" ").entries()) named.set(name, String.fromCharCode(0xa0 + index));
  for (const [index, name] of GREEK.split(" ").entries()) {
    named.set(name, String.fromCharCode(0x3b1 + index));
    named.set(name.slice(0, 1).toUpperCase() + name.slice(1), String.fromCharCode(0x391 + index));
  }
  return named;
}

/** The character of a numeric reference, or `null` where XML could not hold it. */
function character(code: number): string | null {
  // HTML reads `&#150;` as an en dash, never as a control character
  if (code >= 128 && code < 160) return WINDOWS_1252.charAt(code - 128);
  const forbidden = code > 0x10ffff || (code >= 0xd800 && code < 0xe000) || (code < 32 && ![9, 10, 13].includes(code));
  return forbidden ? null : String.fromCodePoint(code);
}
