import { expect, test } from "vitest";
import { generatedItems } from "../../src/demo/generated-items.ts";
import { writeRecord } from "../../src/demo/ordered-items.ts";
import { MARCXML_FORMAT, OAI_DC_FORMAT } from "../../src/demo/sample-repository.ts";

const items = generatedItems(300);
const live = items.filter(({ deleted }) => !deleted);

test("generated items are the same every time, down to their metadata", () => {
  expect(JSON.stringify(generatedItems(300))).toBe(JSON.stringify(items));
});

test("generated items come oldest first, each with an identifier of its own, some of them deleted", () => {
  const datestamps = items.map(({ datestamp }) => datestamp);
  expect(datestamps).toEqual([...datestamps].sort());
  expect(new Set(items.map(({ identifier }) => identifier)).size).toBe(300);
  expect(live.length).toBeGreaterThan(280);
  expect(live.length).toBeLessThan(300);
});

test.each([
  [OAI_DC_FORMAT.prefix, 2_900],
  [MARCXML_FORMAT.prefix, 4_000],
])("generated records are about as long as real ones: %s", (prefix, bytes) => {
  const total = live.reduce((sum, item) => sum + Buffer.byteLength(writeRecord(item, prefix)), 0);
  expect(total / live.length / bytes).toBeGreaterThan(0.9);
  expect(total / live.length / bytes).toBeLessThan(1.1);
});

test("generated records differ: hardly a title comes twice", () => {
  const titles = live.map(({ metadata }) => /<dc:title>([^<]+)/.exec(metadata.oai_dc ?? "")?.[1]);
  expect(new Set(titles).size).toBeGreaterThan(live.length * 0.98);
});
