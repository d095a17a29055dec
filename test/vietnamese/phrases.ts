import { readRows } from "../../mappings/tables.ts";
import { composeArticle } from "../../src/demo/composed-articles.ts";
import { composeThesis } from "../../src/demo/composed-theses.ts";
import { choosePerson, writeName } from "../../src/demo/person-names.ts";
import { type SeededChoice, seededChoice } from "../../src/demo/seeded-choice.ts";
import { WRITTEN_ARTICLES } from "../../src/demo/written-articles.ts";
import { WRITTEN_THESES } from "../../src/demo/written-theses.ts";
import { isSyllable } from "../../src/vietnamese/syllable.ts";
import { linesOf } from "../support/lines.ts";

type Words = readonly [string, ...string[]];

/** Vietnamese as libraries write it: titles, abstracts and keywords of the demonstration, phrases of the tables. */
export function vietnameseTexts(): readonly string[] {
  const theses = [
    ...WRITTEN_THESES,
    ...Array.from({ length: 250 }, (_, seed) => composeThesis(seededChoice(seed), 500)),
  ];
  const articles = [
    ...WRITTEN_ARTICLES,
    ...Array.from({ length: 100 }, (_, seed) => composeArticle(seededChoice(seed))),
  ];
  const tables = ["resource-types", "languages", "contributor-roles", "access-rights"];
  return [
    ...theses.flatMap(({ title, abstract, keywords }) => [title, abstract, ...keywords]),
    ...articles.flatMap(({ title, abstract }) => [title.vi, abstract.vi]),
    ...tables.flatMap((name) => readRows(name).map(({ phrase = "" }) => phrase)),
    ...readRows("publishers").map(({ name = "" }) => name),
    ...readRows("provinces").map(({ name = "" }) => name),
  ];
}

/** The words of these texts that are Vietnamese, as often as they come. */
export function vietnameseWords(texts: readonly string[]): Words {
  const [first = "", ...rest] = texts.flatMap((text) => text.match(/\p{L}+/gu) ?? []).filter(isSyllable);
  return [first, ...rest];
}

/** Words that come one after another in a text. */
export function passage(words: readonly string[], choice: SeededChoice, length: number): string {
  const first = choice.between(0, words.length - length);
  return words.slice(first, first + length).join(" ");
}

/** Words that are drawn one by one. */
export function drawn(words: Words, choice: SeededChoice, length: number): string {
  return Array.from({ length }, () => choice.pick(words)).join(" ");
}

/** Text in which nothing is to be mended: one kind after the other, the sixth part of them Vietnamese names. */
export function goodPhrases(count: number, seed: number): readonly string[] {
  const choice = seededChoice(seed);
  const texts = vietnameseTexts();
  const vietnamese = vietnameseWords(texts);
  const lines = linesOf("vietnamese/good-text.txt");
  const foreign = wordsOf(lines.filter((line) => /^[\p{Script=Latin}\s'’-]+$/u.test(line)));
  const names = wordsOf(linesOf("vietnamese/foreign-names.txt"));
  const whole: Words = [lines[0] ?? "", ...lines];
  const kinds: readonly (() => string)[] = [
    () => passage(vietnamese, choice, choice.between(1, 8)),
    () => drawn(vietnamese, choice, choice.between(1, 6)),
    () => writeName(choosePerson(choice)),
    () => passage(foreign, choice, choice.between(1, 7)),
    () => drawn(names, choice, choice.between(1, 3)),
    () => choice.pick(whole),
  ];
  return Array.from({ length: count }, (_, place) => kinds[place % kinds.length]?.() ?? "");
}

function wordsOf(lines: readonly string[]): Words {
  const [first = "", ...rest] = lines.flatMap((line) => line.split(" "));
  return [first, ...rest];
}
