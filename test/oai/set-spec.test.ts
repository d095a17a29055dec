import { expect, test } from "vitest";
import { isSetSpec } from "../../src/oai/set-spec.ts";
import { linesOf } from "../support/lines.ts";

test.each(linesOf("syntax/setspec_valid.txt"))("%s is a setSpec", (text) => {
  expect(isSetSpec(text)).toBe(true);
});

test.each(linesOf("syntax/setspec_invalid.txt"))("%j is not a setSpec", (text) => {
  expect(isSetSpec(text)).toBe(false);
});
