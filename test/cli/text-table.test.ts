import { expect, test } from "vitest";
import { textTable } from "../../src/cli/text-table.ts";

test("columns are as wide as their widest cell, and no line ends in blanks", () => {
  expect(
    textTable(
      ["code", "name"],
      [
        ["a", "Thư viện"],
        ["tinh-doan", ""],
      ],
    ),
  ).toBe(["code       name", "a          Thư viện", "tinh-doan", ""].join("\n"));
});

test("numbers stand to the right, grouped by thousands", () => {
  expect(
    textTable(
      ["code", "records"],
      [
        ["a", 5],
        ["b", 1234567],
      ],
    ),
  ).toBe(["code    records", "a             5", "b     1,234,567", ""].join("\n"));
});

test("a column in which not every cell is a number stands to the left", () => {
  expect(
    textTable(
      ["n", "x"],
      [
        [100, ""],
        ["none", ""],
      ],
    ),
  ).toBe("n     x\n100\nnone\n");
});

test("a table without rows is its head", () => {
  expect(textTable(["code", "records"], [])).toBe("code  records\n");
});

test("letters with marks written apart count as one letter", () => {
  const decomposed = "Việt".normalize("NFD");
  expect(
    textTable(
      ["a", "b"],
      [
        [decomposed, "x"],
        ["Việt", "x"],
      ],
    ),
  ).toBe(["a     b", `${decomposed}  x`, "Việt  x", ""].join("\n"));
});

test("a table that fits the width exactly stays a table", () => {
  expect(textTable(["code", "name"], [["a", "bb"]], 10)).toBe("code  name\na     bb\n");
});

test("a table wider than the terminal becomes a block of lines a row", () => {
  expect(
    textTable(
      ["code", "records"],
      [
        ["a", 1200],
        ["b", 3],
      ],
      12,
    ),
  ).toBe(["code     a", "records  1,200", "", "code     b", "records  3", ""].join("\n"));
});
