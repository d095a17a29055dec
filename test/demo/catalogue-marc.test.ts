import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { catalogueRepository } from "../../src/demo/catalogue-repository.ts";

const NAMESPACE = "http://www.loc.gov/MARC21/slim";
const present = spawnSync("yaz-marcdump", ["-V"]).error === undefined;

const records = catalogueRepository()
  .items.filter(({ deleted }) => !deleted)
  .map(({ metadata }) => metadata.marcxml ?? "");
const collection = `<collection xmlns="${NAMESPACE}">${records.join("\n")}</collection>`;

const folder = mkdtempSync(join(tmpdir(), "lienthong-marc-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the tool of the YAZ toolkit, which shares nothing with us but the standard. */
function dump(output: "line" | "marc", input: "marc" | "marcxml", bytes: string | Buffer): Buffer {
  const file = join(folder, `catalogue.${input}`);
  writeFileSync(file, bytes);
  const options = { maxBuffer: 16_000_000 };
  const { status, stdout, stderr } = spawnSync("yaz-marcdump", ["-i", input, "-o", output, file], options);
  expect([status, stderr.toString()]).toEqual([0, ""]);
  return stdout;
}

test.skipIf(present)("skipped: yaz-marcdump is not here (Debian: yaz)", () => {});

describe.skipIf(!present)("the catalogue, read by yaz-marcdump", () => {
  test("is MARCXML: every record comes out as lines of fields", () => {
    const lines = dump("line", "marcxml", collection).toString("utf8").split("\n");
    expect(lines.filter((line) => /^001 /.test(line)).length).toBe(records.length);
    expect(lines.filter((line) => /^245 /.test(line)).length).toBe(records.length);
    expect(lines.filter((line) => /^008 /.test(line)).map((line) => line.length)).toEqual(records.map(() => 44));
  });

  test("survives the way to ISO 2709 and back", () => {
    const fieldLines = (bytes: Buffer) =>
      bytes
        .toString("utf8")
        .split("\n")
        .filter((line) => /^\d{3} /.test(line));
    const there = dump("marc", "marcxml", collection);
    expect(fieldLines(dump("line", "marc", there))).toEqual(fieldLines(dump("line", "marcxml", collection)));
  });
});
