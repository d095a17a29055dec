import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { FIELD_LABELS } from "../../mappings/field-labels.ts";
import { fieldRule } from "../../mappings/field-rules.ts";
import { incomingCrosswalks, incomingNamed } from "../../mappings/index.ts";
import { readRows } from "../../mappings/tables.ts";
import { RECORD_FIELDS } from "../../src/record/common-record.ts";
import { runCliHere } from "./run-cli-here.ts";

test("docs/crosswalks is as lienthong map docs generates it", async () => {
  expect(await runCliHere(["map", "docs", "--check"])).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("a page that was edited, is missing, or has no crosswalk is named by --check and put right without it", async () => {
  const into = mkdtempSync(join(tmpdir(), "lienthong-docs-"));
  await runCliHere(["map", "docs", "--into", into]);
  expect(readdirSync(into)).toHaveLength(incomingCrosswalks.length + 1);
  appendFileSync(join(into, "mods.md"), "edited\n");
  rmSync(join(into, "etdms.md"));
  writeFileSync(join(into, "lido.md"), "# lido\n");
  const checked = await runCliHere(["map", "docs", "--into", into, "--check"]);
  expect(checked.code).toBe(1);
  expect(checked.stdout.match(/\w+\.md(?= is not as generated)/g)?.sort()).toEqual(["etdms.md", "lido.md", "mods.md"]);
  await runCliHere(["map", "docs", "--into", into]);
  expect((await runCliHere(["map", "docs", "--into", into, "--check"])).code).toBe(0);
  rmSync(into, { recursive: true });
});

test("a page tells of each field the places in the examples, what their names mean, whose rule it is, and remarks", () => {
  const page = readFileSync("docs/crosswalks/etdms.md", "utf8");
  const rowOf = (start: string) => page.split("\n").find((line) => line.startsWith(start)) ?? "";
  // mappings/incoming/etdms/examples: 01 has a level, 04 a creator that says "Đang cập nhật"
  const places = page.slice(page.indexOf("| `thesis`: degree of a thesis"), page.indexOf("No example has"));
  expect(places).toContain("| `/thesis/degree/level` (thesis, level) ");
  expect(page).toMatch(/No example has: .*`funding`/);
  expect(rowOf("| `creators`: tác giả")).toContain("(creator)");
  expect(rowOf("| `creators`: creators")).toMatch(/\[oai-dc\]\(oai-dc\.md\) +\| .*`family-names`.* \| Nobody is named/);
  expect(page).toContain("nothing reads: `/etd/etdms:thesis/etdms:signature`");
  expect(readFileSync("docs/crosswalks/marc21.md", "utf8")).toMatch(/`titles`: nhan đề +\| `245\$a` +\| riêng +\|/);
});

test("every field has a name in both languages, and every table that a rule names is there", () => {
  expect(Object.keys(FIELD_LABELS)).toEqual(RECORD_FIELDS);
  const rules = incomingCrosswalks.flatMap((crosswalk) => RECORD_FIELDS.map((field) => fieldRule(crosswalk, field)));
  const tables = new Set(rules.flatMap((rule) => rule.tables));
  for (const table of tables) expect(readRows(table).length).toBeGreaterThan(0);
});

test.each([
  ["uketd", "creators", "uketd"],
  ["uketd", "titles", "oai-dc"],
  ["dspace-oai-dc", "issued", "dspace-oai-dc"],
  ["mets", "titles", null],
] as const)("the rule of %s for %s is that of %s", (id, field, of) => {
  const crosswalk = incomingNamed(id) ?? expect.fail(id);
  expect(fieldRule(crosswalk, field).of).toBe(of);
});
