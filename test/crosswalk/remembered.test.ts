import { expect, test, vi } from "vitest";
import { remembered } from "../../src/crosswalk/remembered.ts";

test("a text is read once, also where nothing could be read", () => {
  const read = vi.fn((text: string) => (text === "" ? null : text.length));
  const readOnce = remembered(read, { entries: 10, longest: 10 });
  expect([readOnce("an"), readOnce("an"), readOnce(""), readOnce("")]).toEqual([2, 2, null, null]);
  expect(read.mock.calls).toEqual([["an"], [""]]);
});

test("a text that is too long is read every time", () => {
  const read = vi.fn((text: string) => text.length);
  const readOnce = remembered(read, { entries: 10, longest: 3 });
  expect([readOnce("abc"), readOnce("abc"), readOnce("abcd"), readOnce("abcd")]).toEqual([3, 3, 4, 4]);
  expect(read).toHaveBeenCalledTimes(3);
});

test("no more texts are remembered than were allowed", () => {
  const read = vi.fn((text: string) => text.length);
  const readOnce = remembered(read, { entries: 2, longest: 3 });
  for (const text of ["a", "b", "c", "a", "a"]) readOnce(text);
  expect(read.mock.calls).toEqual([["a"], ["b"], ["c"], ["a"]]);
});

test("blanks and marks at either end belong to the text", () => {
  const readOnce = remembered((text) => `<${text}>`, { entries: 10, longest: 40 });
  for (const text of [" Nguyễn Văn An thứ nhất ", "\u0301 Nguyễn Văn An", "😀"])
    expect(readOnce(text)).toBe(`<${text}>`);
});
