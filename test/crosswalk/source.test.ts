import { expect, test, vi } from "vitest";
import { type Note, noted, resultOf } from "../../src/crosswalk/crosswalk.ts";
import { MarcSource } from "../../src/crosswalk/marc-source.ts";

test("what several fields need of a record is worked out once, also where it is nothing", () => {
  const marc = new MarcSource({ leader: "", fields: [{ tag: "001", value: "7" }] });
  const other = new MarcSource({ leader: "", fields: [{ tag: "001", value: "8" }] });
  const number = vi.fn((source: MarcSource) => source.control("001")?.text ?? null);
  const nothing = vi.fn(() => null);
  expect([marc.kept(number), marc.kept(number), other.kept(number)]).toEqual(["7", "7", "8"]);
  expect([marc.kept(nothing), marc.kept(nothing)]).toEqual([null, null]);
  expect(number).toHaveBeenCalledTimes(2);
  expect(nothing).toHaveBeenCalledTimes(1);
});

test("remarks are left where the result is asked for, in their order, and not before", () => {
  const note = vi.fn<Note>();
  const kept = noted((leave) => {
    leave("no-name", { value: "a" });
    leave("several-names");
    return 7;
  });
  expect(note).not.toHaveBeenCalled();
  expect(resultOf(kept, note)).toBe(7);
  expect(note.mock.calls).toEqual([["no-name", { value: "a" }], ["several-names"]]);
});
