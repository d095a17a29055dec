/** A graphic set of MARC-8: characters by code, bit 8 off (LoC MARC 21, "MARC-8 Character Sets"). */
export interface Marc8Set {
  readonly characters: ReadonlyMap<number, string>;
  /** Codes of marks, which stand before their letter. */
  readonly marks: ReadonlySet<number>;
}

type Run = readonly [first: number, characters: string];

/**
 * A set from runs of characters in the order of their codes: a blank in a run is a code without a character, NUL the second half of
 * a mark over two letters, which its first half writes as one.
 */
function graphicSet(runs: readonly Run[], marks: readonly Run[] = []): Marc8Set {
  const characters = new Map<number, string>();
  for (const [first, text] of [...runs, ...marks]) {
    for (const [offset, character] of [...text].entries()) {
      if (character !== " ") characters.set(first + offset, character === "\0" ? "" : character);
    }
  }
  const codes = marks.flatMap(([first, text]) => [...text].map((_, offset) => first + offset));
  return { characters, marks: new Set(codes) };
}

const ASCII_PUNCTUATION: Run = [0x21, "!\"#$%&'()*+,-./0123456789:;<=>?"];

export const BASIC_LATIN: Marc8Set = graphicSet([
  [0x21, String.fromCharCode(...Array.from({ length: 94 }, (_, index) => 0x21 + index))],
]);

/** ANSEL (ANSI/NISO Z39.47), with the additions of LoC. */
export const EXTENDED_LATIN: Marc8Set = graphicSet(
  [
    [0x21, "ŁØĐÞÆŒʹ·♭®±ƠƯʼ"],
    [0x30, "ʻłøđþæœʺı£ð"],
    [0x3c, "ơư"],
    [0x40, "°ℓ℗©♯¿¡ß€"],
  ],
  [
    [0x60, "\u0309\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030c\u030a\u0361\0\u0315\u030b\u0310"],
    [0x70, "\u0327\u0328\u0323\u0324\u0325\u0333\u0332\u0326\u031c\u032e\u0360\0"],
    [0x7e, "\u0313"],
  ],
);

export const GREEK: Marc8Set = graphicSet(
  [
    [0x30, "«»“”ʹ͵"],
    [0x3b, "\u0387"],
    [0x3f, "\u037e"],
    [0x41, "ΑΒ ΓΔΕϚϜΖΗΘΙΚΛΜΝΞΟΠϞΡΣ ΤΥΦΧΨΩϠ"],
    [0x61, "αβϐγδεϛϝζηθικλμνξοπϟρσςτυφχψωϡ"],
  ],
  [[0x21, "\u0300\u0301\u0308\u0342\u0313\u0314\u0345"]],
);

export const CYRILLIC: Marc8Set = graphicSet([
  ASCII_PUNCTUATION,
  [0x40, "юабцдефгхийклмнопярстужвьызшэщчъ"],
  [0x60, "ЮАБЦДЕФГХИЙКЛМНОПЯРСТУЖВЬЫЗШЭЩЧ"],
]);

export const EXTENDED_CYRILLIC: Marc8Set = graphicSet([
  [0x40, "ґђѓєёѕіїјљњћќўџ"],
  [0x50, "ѣѳѵѫ"],
  [0x5b, "[ ] _ҐЂЃЄЁЅІЇЈЉЊЋЌЎЏЪѢѲѴѪ"],
]);

export const HEBREW: Marc8Set = graphicSet(
  [
    [0x21, "!״#$%&׳()*+,־./0123456789:;<=>?"],
    [0x5b, "[ ]"],
    [0x60, "אבגדהוזחטיךכלםמןנסעףפץצקרשתװױײ"],
  ],
  [[0x40, "\u05b7\u05b8\u05b6\u05b5\u05b4\u05b9\u05bb\u05b0\u05b2\u05b3\u05b1\u05bc\u05bf\u05c1\ufb1e"]],
);

export const ARABIC: Marc8Set = graphicSet(
  [
    [0x21, "!\"#$٪&'()٭+،-./٠١٢٣٤٥٦٧٨٩:؛<=>؟"],
    [0x41, "ءآأؤإئابةتثجحخدذرزسشصضطظعغ[ ]"],
    [0x60, "ـفقكلمنهوىي"],
    [0x73, "ٱ\u0670"],
    [0x78, "٬”“"],
  ],
  [[0x6b, "\u064b\u064c\u064d\u064e\u064f\u0650\u0651\u0652"]],
);

export const EXTENDED_ARABIC: Marc8Set = graphicSet(
  [[0x21, "۽ٲٳٹٺٻټٽپٿڀځڂڃڄڅچڿڇڈډڊڋڌڍڎڏڐڑڒړڔڕږڗژڙښڛڜۺڝڞۻڟڠۼڡڢڣڤڥڦڧڨکڪګڬڭڮگڰڱڲڳڴڵڶڷڸںڻڼڽڹھۀۄۅۆۊۋۍێېےۓ"]],
  [[0x7d, "\u0306\u030c"]],
);

export const GREEK_SYMBOLS: Marc8Set = graphicSet([[0x61, "αβγ"]]);
export const SUBSCRIPTS: Marc8Set = graphicSet([
  [0x28, "₍₎ ₊ ₋"],
  [0x30, "₀₁₂₃₄₅₆₇₈₉"],
]);
export const SUPERSCRIPTS: Marc8Set = graphicSet([
  [0x28, "⁽⁾ ⁺ ⁻"],
  [0x30, "⁰¹²³⁴⁵⁶⁷⁸⁹"],
]);
