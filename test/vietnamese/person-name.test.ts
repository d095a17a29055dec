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

  test("a name of other countries ends in its family name, however many names stand before", () => {
    expect(names.parse("Johann Sebastian Bach")).toEqual({
      family: "Bach",
      middle: "",
      given: "Johann Sebastian",
      display: "Johann Sebastian Bach",
      foreign: true,
    });
  });

  // the ways in which catalogues use the comma : "Họ, Đệm Tên", "Họ Đệm, Tên", "Tên, Họ Đệm"
  test.each([
    ["Nguyễn, Văn Đức An", "Nguyễn", "Văn Đức", "An"],
    ["Nguyễn Văn Đức, An", "Nguyễn", "Văn Đức", "An"],
    ["An, Nguyễn Văn Đức", "Nguyễn", "Văn Đức", "An"],
    // both parts begin with a family name; what ends in a middle name is the one that goes on
    ["Hà, Nguyễn Thị", "Nguyễn", "Thị", "Hà"],
    ["Lê, Nguyễn Minh", "Lê", "Nguyễn", "Minh"],
    // nobody can tell "Le" from a French name but by the marks of what follows
    ["Le, Xuân Bách", "Le", "Xuân", "Bách"],
    ["NGUYỄN VĂN ĐỨC, AN", "Nguyễn", "Văn Đức", "An"],
  ])("%s", (name, family, middle, given) => {
    expect(names.parse(name)).toMatchObject({ family, middle, given, foreign: false });
  });

  test.each([
    ["Le, Jean Paul", "Le", "Jean Paul", "Jean Paul Le"],
    ["Le Clézio, Jean-Marie Gustave", "Le Clézio", "Jean-Marie Gustave", "Jean-Marie Gustave Le Clézio"],
  ])("%s is foreign", (name, family, given, display) => {
    expect(names.parse(name)).toMatchObject({ family, given, display, foreign: true });
  });

  test("what stands behind a second comma, and a comma at the end, are left aside", () => {
    expect(names.parse("Nguyễn Văn An, ")).toMatchObject({ family: "Nguyễn", middle: "Văn", given: "An" });
    expect(names.parse("Nguyễn Văn An,1950-,giáo sư")).toMatchObject({ family: "Nguyễn", middle: "Văn", given: "An" });
  });

  test("initials in capitals stay capitals", () => {
    expect(names.parse("J. R. R. TOLKIEN")?.display).toBe("J. R. R. Tolkien");
    expect(names.parse("NASA Nguyễn")?.display).toBe("NASA Nguyễn");
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
