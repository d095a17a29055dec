import { describe, expect, test } from "vitest";
import { seededChoice } from "../../src/demo/seeded-choice.ts";
import { cleanText } from "../../src/vietnamese/clean-text.ts";
import { legacyDecoder, maybeLegacy } from "../../src/vietnamese/legacy-decoder.ts";
import { linesOf } from "../support/lines.ts";
import { ENCODERS } from "./legacy-encoder.ts";
import { drawn, goodPhrases, vietnameseTexts, vietnameseWords } from "./phrases.ts";

/** What becomes of the texts of a record. */
function decoded(...texts: readonly string[]): readonly string[] {
  const decoder = legacyDecoder(texts);
  return texts.map((text) => decoder?.decode(text) ?? text);
}

describe("a record is decoded as a whole", () => {
  test("what two words alone do not tell, the record tells", () => {
    const [author, title] = ["Vò Minh", "ph¸p luËt ViÖt Nam hiÖn ®¹i"];
    expect(decoded(author)).toEqual([author]);
    expect(decoded(author, title)).toEqual(["Vũ Minh", "pháp luật Việt Nam hiện đại"]);
  });

  test("texts in Unicode stay, and so does beside them what reads as Vietnamese as it stands", () => {
    const title = "Khoâng roõ nguyeân nhaân";
    expect(decoded(title, "Trường Đại học Vinh", "Hoàng Hà")).toEqual([
      "Không rõ nguyên nhân",
      "Trường Đại học Vinh",
      "Hoàng Hà",
    ]);
  });

  test("texts of other languages stay", () => {
    const title = "Nghiªn cøu kh¶ n¨ng hÊp phô ion kim lo¹i nÆng";
    const others = ["Étude sur le café", "Résumé en français", "Studies in Vietnamese", "Müller, Jörg", "2004"];
    expect(decoded(title, ...others)).toEqual(["Nghiên cứu khả năng hấp phụ ion kim loại nặng", ...others]);
  });

  test("a title in two languages is decoded where it is Vietnamese", () => {
    expect(decoded("Tõ ®iÓn dÖt may Anh-ViÖt = English-Vietnamese textile dictionary")).toEqual([
      "Từ điển dệt may Anh-Việt = English-Vietnamese textile dictionary",
    ]);
  });

  test("names of other languages of Vietnam do not stand in the way", () => {
    expect(decoded("ng­êi £ §ª ë §¾k L¾k")).toEqual(["người Ê Đê ở Đắk Lắk"]);
  });

  test.each([
    [["Lü Xun", "Lü Bu", "Lü You", "Nü Wa"]],
    [["Le Thi Ho¹", "Ngo Tu¹", "Do Thi Tu¹", "Bui Van An¹"]],
    [["Loïc Tran Van Anh", "Thaï Mai Hoa"]],
    [["På gården", "så gå på"]],
    [["H¹", "L²", "W¹"]],
  ])("%j is no record in an old font, however often such words come", (texts) => {
    expect(legacyDecoder(texts)).toBeNull();
  });

  // met in a Koha export of 2019
  test("letters that were taken apart are put together before", () => {
    expect(decoded("\u00d1inh Vae\u0302n Kiea\u0302n", "Khoa\u0302ng ro\u0303")).toEqual(["Đinh Văn Kiên", "Không rõ"]);
  });

  test("no text, no decoder", () => {
    expect(legacyDecoder([])).toBeNull();
    expect(legacyDecoder(["", " "])).toBeNull();
  });
});

describe("text that may be in an old font", () => {
  test.each([
    "NguyÔn",
    "Ñaïi hoïc",
    "Th\u00ad viÖn",
    "Th\u2212 viÖn",
    "Vie^.t",
    "a('n",
    "kh«ng",
    "®¹i",
    "Vae\u0302n Kiea\u0302n",
  ])("%s may", (text) => {
    expect(maybeLegacy(text)).toBe(true);
  });

  test.each([
    "Nguyễn Văn An",
    "Nguye\u0302\u0303n",
    "Ơi kh«ng",
    "The history of rice",
    "© 2009",
    "Windows®",
    "25 °C",
    "大越史記全書",
    "",
  ])("%s is not looked at any closer", (text) => {
    expect(maybeLegacy(text)).toBe(false);
  });

  // the letters that windows-1252 has between 80 and 9F are bytes of VISCII
  test("the letters of windows-1252 do not make a text Unicode", () => {
    expect(maybeLegacy("Š‡¥ Ÿ Œ")).toBe(true);
  });
});

/*
 * The seeds are ours and nothing was chosen for them. A word is drawn as often as it comes in titles and abstracts. TCVN3 has no
 * capitals with a tone, so capitals are compared in another test.
 */
describe("over many phrases", () => {
  const words = vietnameseWords(vietnameseTexts());

  test("0 of 12,000 good phrases change", () => {
    const phrases = goodPhrases(12_000, 20_251);
    const changed = phrases.filter((phrase) => cleanText(decoded(phrase)[0] ?? "") !== phrase);
    expect(changed).toEqual([]);
    expect(new Set(phrases).size).toBeGreaterThan(7_000);
  });

  test("no record of names that are not Vietnamese changes, each name by itself and all together", () => {
    const names = linesOf("vietnamese/foreign-names.txt");
    for (const line of names) expect(decoded(...line.split(" "))).toEqual(line.split(" "));
    expect(decoded(...names)).toEqual(names);
  });

  test.each([
    ["tcvn3", 0.999],
    ["vni", 0.999],
    ["viscii", 0.975],
    ["viqr", 0.975],
  ] as const)("of five words in %s, the share that comes back is at least %d", (name, least) => {
    const choice = seededChoice(20_252);
    const phrases = Array.from({ length: 5_000 }, () => drawn(words, choice, 5)).filter(isMarked);
    const back = phrases.filter((phrase) => sameLetters(decoded(ENCODERS[name](phrase))[0] ?? "", phrase));
    expect(phrases.length).toBeGreaterThan(4_900);
    expect(back.length / phrases.length).toBeGreaterThanOrEqual(least);
  });

  // a record has a title and an author at least
  test.each(["tcvn3", "vni", "viscii", "viqr"] as const)("of records of twelve words in %s, all but a few", (name) => {
    const choice = seededChoice(20_253);
    const phrases = Array.from({ length: 1_000 }, () => drawn(words, choice, 12));
    const lost = phrases.filter((phrase) => !sameLetters(decoded(ENCODERS[name](phrase))[0] ?? "", phrase));
    expect(lost.length).toBeLessThanOrEqual(3);
  });
});

function isMarked(phrase: string): boolean {
  return /[^a-z ]/i.test(phrase);
}

function sameLetters(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
