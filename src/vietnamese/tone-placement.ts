/** oa, oe and uy with a tone, as older and as newer spelling write them: `mappings/tables/tone-placement.tsv`. */
const PAIRS = "óa oá òa oà ỏa oả õa oã ọa oạ óe oé òe oè ỏe oẻ õe oẽ ọe oẹ úy uý ùy uỳ ủy uỷ ũy uỹ ụy uỵ".split(" ");

/** In an open syllable only, and not behind q, whose u is no vowel: "quý" and "hoàn" are written one way. */
const OLD = /(?<!q)(?:[óòỏõọ][ae]|[úùủũụ]y)(?![\p{L}\p{M}])/giu;
const NEW = /(?<!q)(?:o[áàảãạéèẻẽẹ]|u[ýỳỷỹỵ])(?![\p{L}\p{M}])/giu;

const newOfOld = new Map<string, string>();
const oldOfNew = new Map<string, string>();
for (let index = 0; index < PAIRS.length; index += 2) addPair(PAIRS[index] ?? "", PAIRS[index + 1] ?? "");

/** Writes tones on the first of two vowels: "thủy lợi", "hòa bình". Composed text is expected. */
export function withOldTones(text: string): string {
  return text.replace(NEW, (found) => oldOfNew.get(found) ?? found);
}

/** Writes tones on the second of two vowels: "thuỷ lợi", "hoà bình". Composed text is expected. */
export function withNewTones(text: string): string {
  return text.replace(OLD, (found) => newOfOld.get(found) ?? found);
}

/** In small letters, in capitals, and with a capital first. */
function addPair(older: string, newer: string): void {
  const capitalised = (pair: string) => pair.charAt(0).toUpperCase() + pair.slice(1);
  for (const cased of [(pair: string) => pair, (pair: string) => pair.toUpperCase(), capitalised]) {
    newOfOld.set(cased(older), cased(newer));
    oldOfNew.set(cased(newer), cased(older));
  }
}
