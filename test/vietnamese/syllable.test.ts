import { expect, test } from "vitest";
import { readRows } from "../../mappings/tables.ts";
import { isSyllable, ONSETS, RHYMES } from "../../src/vietnamese/syllable.ts";

test("onsets and rhymes are those of the tables, and a stop is what the table calls one", () => {
  expect([...ONSETS]).toEqual(readRows("onsets").map(({ onset }) => onset));
  expect([...RHYMES]).toEqual(readRows("rhymes").map(({ rhyme }) => rhyme));
  // a stop takes sắc or nặng; no tone and huyền are not spelt with it
  for (const { rhyme = "", stop_final } of readRows("rhymes")) {
    const onset = rhyme.startsWith("yê") ? "" : /^[eêiy]/.test(rhyme) ? "ngh" : /^u[aăâeêiyơ]/.test(rhyme) ? "q" : "t";
    expect([rhyme, isSyllable(`${onset}${rhyme}`)]).toEqual([rhyme, stop_final === "no"]);
  }
});

test.each([
  ..."nguyễn thuý thúy hoà hòa quý quốc gì giếng giường nghiêng nghe khuya khuỷu xoong yên ở ý".split(" "),
  "NGUYỄN",
  "Đường",
  "Nguye\u0302\u0303n",
])("%s is spelt like a syllable", (word) => {
  expect(isSyllable(word)).toBe(true);
});

test.each([
  // no such onset or rhyme
  "Hrê",
  "Đắk",
  "wu",
  "jin",
  "smith",
  "nguyen",
  "",
  "e-mail",
  // g, ng, c before e and i; k, gh, ngh before others
  "ge",
  "nge",
  "ce",
  "ka",
  "gha",
  "ngha",
  // q wants u, iê wants an onset, yê wants none
  "qa",
  "iên",
  "thyên",
  // tones
  "tac",
  "tàc",
  "hỏc",
  "tảá",
  "nguyễ\u0323n",
])("%j is not", (word) => {
  expect(isSyllable(word)).toBe(false);
});
