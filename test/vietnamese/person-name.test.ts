import { describe, expect, test } from "vitest";
import { readRows } from "../../mappings/tables.ts";
import { type FamilyNameRow, personNames, sortKey } from "../../src/vietnamese/person-name.ts";

const names = personNames(readRows("family-names") as unknown as readonly FamilyNameRow[]);

describe("taking a name apart", () => {
  test("one word is no name that could be taken apart", () => {
    expect(names.parse("Nguyễn")).toBeNull();
    expect(names.parse("")).toBeNull();
  });

  test("compound family names count as one, and somebody remains", () => {
    expect(names.parse("Công Tằng Tôn Nữ Thị Lan")).toMatchObject({
      family: "Công Tằng Tôn Nữ",
      middle: "Thị",
      given: "Lan",
    });
    expect(names.parse("Tôn Thất")).toMatchObject({ family: "Tôn", given: "Thất" });
  });

  test("without marks only a family name of the table makes it Vietnamese", () => {
    expect(names.parse("Lam Vinh The")?.foreign).toBe(false);
    expect(names.parse("Lars Vinter")?.foreign).toBe(true);
  });

  test("with marks a word that only folds to a family name is none", () => {
    // "Lẫm" is no family name, "Lâm" is
    expect(names.startsWithFamily("Lẫm Văn An")).toBe(false);
    expect(names.startsWithFamily("Lâm Văn An")).toBe(true);
  });

  test("a foreign family name of several words stands before the comma", () => {
    expect(names.parse("Van Dyke, John")).toMatchObject({ family: "Van Dyke", given: "John", foreign: true });
  });

  test("Vietnamese lists go by given name, others by family name", () => {
    const keys = ["Nguyễn Văn An", "Smith, John"].map((name) => {
      const parsed = names.parse(name);
      return parsed === null ? null : sortKey(parsed);
    });
    expect(keys).toEqual(["an van nguyen", "smith john"]);
  });
});

describe("several names divided by commas", () => {
  test.each([
    [
      ["Nguyễn Văn A", " Trần Thị B"],
      ["Nguyễn Văn A", "Trần Thị B"],
    ],
    [
      ["Nguyen Van A", "Tran Thi B"],
      ["Nguyen Van A", "Tran Thi B"],
    ],
    [["Nguyễn Thị", "Hà Mai"], null],
    [["Nguyễn", "Văn An"], null],
    [["Van Dyke", "La Toya"], null],
    [["Nguyễn Văn A"], null],
  ])("%j → %j", (parts, expected) => {
    expect(names.several(parts)).toEqual(expected);
  });
});
