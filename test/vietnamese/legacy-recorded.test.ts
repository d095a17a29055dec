import { createReadStream, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { iso2709Records, readIso2709 } from "../../src/marc/iso2709.ts";
import { isDataField } from "../../src/marc/record.ts";
import { legacyDecoder } from "../../src/vietnamese/legacy-decoder.ts";
import { collect } from "../support/collect.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

const FIXTURES = `${sharedFolder ?? ""}fixtures/`;
const FOLDERS = ["marc", "marc-to-dc-pairs", "nasty", "oai", "records"];
const MAX_BYTES = 1_500_000;

/** The texts of a file, elements and attributes alike: a file counts as one record, which is harder than many. */
function textsOf(path: string): readonly string[] {
  const text = readFileSync(path, "utf8");
  return (text.match(/[^<>"\n]+/g) ?? []).map((part) => part.trim()).filter((part) => part.length > 1);
}

function xmlFiles(): readonly string[] {
  return FOLDERS.flatMap((folder) =>
    readdirSync(`${FIXTURES}${folder}`, { recursive: true })
      .map((name) => `${folder}/${String(name)}`)
      .filter((name) => name.endsWith(".xml")),
  );
}

describe.skipIf(sharedFolder === null)(`recorded text (${sharedFolder === null ? SHARED_ABSENT : "../shared"})`, () => {
  test("no answer of a repository elsewhere is taken for text in an old font", () => {
    const names = xmlFiles();
    const taken = names.flatMap((name) => {
      const texts = textsOf(`${FIXTURES}${name}`);
      const decoder = texts.join("").length > MAX_BYTES ? null : legacyDecoder(texts);
      return decoder === null ? [] : [name];
    });
    expect(names.length).toBeGreaterThan(300);
    expect(taken).toEqual([]);
  });

  // read in the file: what a cataloguer typed with the font VNI, among 4,860 records in Unicode
  test("a Vietnamese catalogue in Unicode stays, but for the values that were typed with an old font", async () => {
    const records = await collect(iso2709Records(createReadStream(`${FIXTURES}vietnam/hcmut-library-koha-4860.mrc`)));
    const changed = records.flatMap((bytes) => {
      const texts = readIso2709(bytes)
        .record.fields.filter(isDataField)
        .flatMap(({ subfields }) => subfields.map(({ value }) => value));
      const decoder = legacyDecoder(texts);
      return decoder === null ? [] : texts.map((text) => decoder.decode(text)).filter((text, at) => text !== texts[at]);
    });
    expect(records.length).toBeGreaterThan(4_800);
    expect(new Set(changed)).toEqual(new Set(["Đinh Văn Kiên", "Không rõ"]));
  });
});
