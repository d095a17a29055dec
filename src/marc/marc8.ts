import {
  ARABIC,
  BASIC_LATIN,
  CYRILLIC,
  EXTENDED_ARABIC,
  EXTENDED_CYRILLIC,
  EXTENDED_LATIN,
  GREEK,
  GREEK_SYMBOLS,
  HEBREW,
  type Marc8Set,
  SUBSCRIPTS,
  SUPERSCRIPTS,
} from "./marc8-tables.ts";

/** A text read as MARC-8, and what there was that MARC-8 does not allow. */
export interface Marc8Reading {
  /** In NFC; what no table knows is U+FFFD. */
  readonly text: string;
  /** Bytes without a character. */
  readonly unknown: number;
  /** Characters of EACC (Chinese, Japanese, Korean), for which there is no table here. */
  readonly eastAsian: number;
  /** What speaks for MARC-8: marks that make a letter of Unicode together with theirs, and sets that are chosen. */
  readonly evidence: number;
  /** What speaks against it: bytes without a character, marks without a letter or with one that nothing is written with. */
  readonly doubt: number;
  /** Marks that nothing followed to which they could belong. */
  readonly looseMarks: number;
}

/** Marks over two letters, which no letter of Unicode has in itself. */
const DOUBLE_MARKS = /[\u0360\u0361]/g;

const ESCAPE = 0x1b;
const SUBFIELD_DELIMITER = 0x1f;
const BLANK = 0x20;
const DELETE = 0x7f;
/** EACC: three bytes a character. */
const EACC_BYTES = 3;
/** Final characters of escape sequences, with the sets that they choose; `1` is EACC. */
const SETS: Readonly<Record<string, Marc8Set | "EACC">> = {
  B: BASIC_LATIN,
  E: EXTENDED_LATIN,
  N: CYRILLIC,
  Q: EXTENDED_CYRILLIC,
  S: GREEK,
  "2": HEBREW,
  "3": ARABIC,
  "4": EXTENDED_ARABIC,
  "1": "EACC",
};
/** Escape sequences of two characters, older than ISO 2022: subscripts, superscripts, Greek symbols, and back. */
const TECHNIQUE_1: Readonly<Record<string, Marc8Set>> = {
  b: SUBSCRIPTS,
  p: SUPERSCRIPTS,
  g: GREEK_SYMBOLS,
  s: BASIC_LATIN,
};
/** ESC, what is chosen, final character: `(` `,` and `$` choose G0, `)` and `-` G1; `!` is part of the name of ANSEL. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what it looks for
const SEQUENCE = /^\x1b(?:([bpgs])|(\$?[(,)-]|\$)(!?[BENQS1234]))/;
/** LoC "MARC-8": characters of control that are allowed. */
const CONTROLS: Readonly<Record<number, string>> = { 136: "\u0098", 137: "\u009c", 141: "\u200d", 142: "\u200c" };

/**
 * Reads MARC-8 (LoC MARC 21, "Character Sets and Encoding Options: MARC-8"): sets are chosen by escape sequences, marks stand
 * before their letter and are put behind it.
 */
export function decodeMarc8(bytes: Uint8Array): Marc8Reading {
  const reader = new Marc8Reader(bytes);
  return reader.read();
}

class Marc8Reader {
  readonly #bytes: Uint8Array;
  #g0: Marc8Set | "EACC" = BASIC_LATIN;
  #g1: Marc8Set | "EACC" = EXTENDED_LATIN;
  #text = "";
  #waiting: string[] = [];
  #unknown = 0;
  #eastAsian = 0;
  #marks = 0;
  /** Marks of Hebrew and Arabic, which never make one letter with theirs. */
  #vowels = 0;
  #choices = 0;
  #looseMarks = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  read(): Marc8Reading {
    let position = 0;
    while (position < this.#bytes.length) position += this.#step(position);
    this.#loosen();
    const text = this.#text.normalize("NFC");
    const rare = (text.replace(DOUBLE_MARKS, "").match(/\p{M}/gu)?.length ?? 0) - this.#vowels;
    return {
      text,
      unknown: this.#unknown,
      eastAsian: this.#eastAsian,
      evidence: Math.max(this.#marks - rare, 0) + this.#choices,
      doubt: this.#unknown + this.#looseMarks + Math.max(rare, 0),
      looseMarks: this.#looseMarks,
    };
  }

  /** Reads what begins at a position and gives its length in bytes. */
  #step(position: number): number {
    const byte = this.#bytes[position] ?? 0;
    if (byte === ESCAPE) return this.#escape(position);
    if (byte <= BLANK) return this.#plain(byte);
    const control = CONTROLS[byte];
    if (control !== undefined) return this.#add(control);
    const code = byte & DELETE;
    const set = byte > DELETE ? this.#g1 : this.#g0;
    if (set === "EACC") return this.#eacc();
    const character = code > BLANK && (byte <= DELETE || byte >= 0xa1) ? set.characters.get(code) : undefined;
    if (character === undefined) return this.#lost();
    if (!set.marks.has(code)) return this.#add(character);
    if (set === HEBREW || set === ARABIC || set === EXTENDED_ARABIC) this.#vowels += 1;
    this.#waiting.push(character);
    return 1;
  }

  #escape(position: number): number {
    const sequence = String.fromCharCode(...this.#bytes.subarray(position, position + 5));
    const [whole = "", old, target = "", final = ""] = SEQUENCE.exec(sequence) ?? [];
    if (whole === "") return this.#lost();
    this.#choices += 1;
    if (old !== undefined) this.#g0 = TECHNIQUE_1[old] ?? BASIC_LATIN;
    else {
      const set = SETS[final.replace("!", "")] ?? BASIC_LATIN;
      if (/[)-]/.test(target)) this.#g1 = set;
      else this.#g0 = set;
    }
    return whole.length;
  }

  /** Blanks and delimiters end a letter: a mark before them belongs to nothing. A subfield begins with the sets of the beginning. */
  #plain(byte: number): number {
    this.#loosen();
    if (byte === SUBFIELD_DELIMITER) {
      this.#g0 = BASIC_LATIN;
      this.#g1 = EXTENDED_LATIN;
    }
    this.#text += String.fromCharCode(byte);
    return 1;
  }

  #add(character: string): number {
    if (this.#waiting.length > 0) this.#marks += this.#waiting.length;
    this.#text += character + this.#waiting.join("");
    this.#waiting = [];
    return 1;
  }

  #eacc(): number {
    this.#eastAsian += 1;
    this.#add("\ufffd");
    return EACC_BYTES;
  }

  #lost(): number {
    this.#unknown += 1;
    this.#add("\ufffd");
    return 1;
  }

  #loosen(): void {
    this.#looseMarks += this.#waiting.length;
    this.#text += this.#waiting.join("");
    this.#waiting = [];
  }
}
