/** What a second character adds to the vowel before it, as combining marks; in capitals the same characters in capitals. */
const HATS: Readonly<Record<string, string>> = {
  à: "\u0302\u0300",
  á: "\u0302\u0301",
  â: "\u0302",
  ã: "\u0302\u0303",
  ä: "\u0302\u0323",
  å: "\u0302\u0309",
};
const BREVES: Readonly<Record<string, string>> = {
  è: "\u0306\u0300",
  é: "\u0306\u0301",
  ê: "\u0306",
  ë: "\u0306\u0323",
  ú: "\u0306\u0309",
  ü: "\u0306\u0303",
};
const TONES: Readonly<Record<string, string>> = { ø: "\u0300", ù: "\u0301", û: "\u0309", õ: "\u0303", ï: "\u0323" };
/** y with nặng is a character of its own. */
const TONES_OF_Y: Readonly<Record<string, string>> = { ø: "\u0300", ù: "\u0301", û: "\u0309", õ: "\u0303" };

/** Letters of one character; ì and í stand for themselves. */
const SINGLES: Readonly<Record<string, string>> = { æ: "ỉ", î: "ỵ", ñ: "đ", ò: "ị", ó: "ĩ", ô: "ơ", ö: "ư" };

const MARKS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  a: { ...HATS, ...BREVES, ...TONES },
  e: { ...HATS, ...TONES },
  o: { ...HATS, ...TONES },
  u: TONES,
  y: TONES_OF_Y,
  ô: TONES,
  ö: TONES,
};

const PAIR_OR_SINGLE = /[aeouyôö][àáâãäåèéêëúüøùûõï]|[æîñòóôö]/gi;

/** Decodes VNI (`mappings/tables/vni.tsv`): a vowel with the character behind it is one letter, the longest match first. */
export function decodeVni(text: string): string {
  return text.replace(PAIR_OR_SINGLE, (found) => {
    const [base = "", mark = ""] = found;
    // behind a small letter a capital is no mark
    const marks = MARKS[base.toLowerCase()]?.[isCapital(base) ? mark.toLowerCase() : mark];
    if (marks === undefined) return `${singleLetter(base)}${mark}`;
    return `${singleLetter(base)}${marks}`.normalize("NFC");
  });
}

function singleLetter(character: string): string {
  const letter = SINGLES[character.toLowerCase()];
  if (letter === undefined) return character;
  return isCapital(character) ? letter.toUpperCase() : letter;
}

function isCapital(character: string): boolean {
  return character !== character.toLowerCase();
}
