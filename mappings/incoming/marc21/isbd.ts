/**
 * What ISBD puts before the next element of a description (" / ", " : ") or before the next area (". - "), where catalogues leave
 * it at the end of the element before.
 */
const PUNCTUATION = /(?:[\s/:;=,]|(?<=[\s.])[-–—])+$/;
/** Most values end in a letter or a digit: their last character tells. */
const MAY_BE_PUNCTUATION = /[\s/:;=,.\-–—]/;
/** Final full stops that belong to the word: initials, "Ph.D.", "v.v.", and the abbreviations of names of bodies. */
const ABBREVIATED = /(?:^|[\s.([-])(?:\p{L}\p{M}*|Inc|Ltd|Co|Corp|Jr|Sr|etc|TP|Tp|vv|St|Bros)\.$/u;
const ELLIPSIS = /\.{2,}$/;

/**
 * A value without the punctuation of ISBD at its end: " /", " :", " ;", " =", a comma, and the full stop that closes an
 * area. Full stops of abbreviations, and everything inside of the value, stay.
 */
export function withoutIsbd(value: string): string {
  if (!MAY_BE_PUNCTUATION.test(value.charAt(value.length - 1))) return value;
  const plain = value.replace(PUNCTUATION, "");
  if (!plain.endsWith(".") || ELLIPSIS.test(plain) || ABBREVIATED.test(plain)) return plain;
  return plain.slice(0, -1).replace(PUNCTUATION, "");
}

/** A value without the brackets around the whole of it, by which a cataloguer says that the information is supplied. */
export function withoutBrackets(value: string): string {
  const inside = /^\[([^[\]]*)\]$/.exec(value)?.[1];
  if (inside !== undefined) return inside.trim();
  // "[Hà Nội : Giáo dục]" is split over two subfields
  if (value.startsWith("[") && !value.includes("]")) return value.slice(1).trim();
  return value.endsWith("]") && !value.includes("[") ? value.slice(0, -1).trim() : value;
}

/** Parts of a heading with a full stop between them, one that ends in a full stop keeping its own. */
export function joinedByStops(parts: readonly string[]): string {
  return parts.reduce(
    (whole, part) => (whole === "" ? part : `${whole}${whole.endsWith(".") ? " " : ". "}${part}`),
    "",
  );
}

/** The last mark of ISBD that stands at the end of a value, or the empty string. */
export function finalMark(value: string): string {
  return /([/:;=])\s*$/.exec(value)?.[1] ?? "";
}
