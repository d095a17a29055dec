import { createReadStream, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { iso2709Records, readIso2709 } from "../../src/marc/iso2709.ts";
import { decodeMarc8 } from "../../src/marc/marc8.ts";
import { readMarcXml } from "../../src/marc/marcxml.ts";
import { isDataField, type MarcRecord } from "../../src/marc/record.ts";
import { XmlError } from "../../src/xml/errors.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { collect } from "../support/collect.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { hasPerlModule, isInstalled, PROGRAM_ABSENT, runOver } from "./programs.ts";

/** A set with the sequence that chooses it as G0, and a letter that marks of the set can stand on. */
const SETS: Readonly<Record<string, readonly [choose: string, letter: number | null]>> = {
  "basic Greek": ["\x1b(S", 0x61],
  "basic Cyrillic": ["\x1b(N", null],
  "extended Cyrillic": ["\x1b(Q", null],
  "basic Hebrew": ["\x1b(2", 0x60],
  "basic Arabic": ["\x1b(3", 0x47],
  "extended Arabic": ["\x1b(4", 0x21],
  subscripts: ["\x1bb", null],
  superscripts: ["\x1bp", null],
  "Greek symbols": ["\x1bg", null],
};

/** Every code of every set, a mark on a letter. */
const everyCode: readonly Buffer[] = [
  ...codes(0xa1, 0xfe).map((code) => Buffer.from([code, 0x6f])),
  ...Object.values(SETS).flatMap(([choose, letter]) =>
    codes(0x21, 0x7e).map((code) =>
      Buffer.concat([Buffer.from(choose, "latin1"), Buffer.from(letter === null ? [code] : [code, letter])]),
    ),
  ),
];
/** What we read, without what stands for codes that no table knows: the judges leave nothing there. */
const read = everyCode.map((bytes) => decodeMarc8(bytes).text.replaceAll("\ufffd", ""));
/** All of them with a bar between: yaz-iconv loses the ends of lines behind an escape sequence. */
const inOneLine = Buffer.concat(everyCode.map((bytes) => Buffer.concat([bytes, Buffer.from("\x1b(B\x1bs|")])));

function codes(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

describe("MARC-8", () => {
  test.skipIf(!isInstalled("yaz-iconv"))(`reads every code as yaz-iconv does (${PROGRAM_ABSENT})`, () => {
    const { stdout } = runOver(inOneLine, "yaz-iconv", ["-f", "marc-8", "-t", "utf-8", "{}"]);
    expect(read).toEqual(textsOf(stdout));
  });

  test.skipIf(!hasPerlModule("MARC::Charset"))(`and as Perl's MARC::Charset does (${PROGRAM_ABSENT})`, () => {
    const script = 'binmode STDOUT, ":utf8"; print join "|", map { chomp; marc8_to_utf8(pack "H*", $_) } <>';
    // it gives up at a code without a character
    const known = everyCode.filter((bytes) => decodeMarc8(bytes).unknown === 0);
    const input = known.map((bytes) => `${bytes.toString("hex")}\n`).join("");
    const { stdout } = runOver(input, "perl", ["-MMARC::Charset=marc8_to_utf8", "-e", script, "{}"]);
    expect(known.map((bytes) => decodeMarc8(bytes).text)).toEqual(textsOf(stdout));
  });

  test.each([
    // LoC: marks stand before their letter, those next to it first
    ["Vi\xe3\xf2et Nam", "Việt Nam"],
    ["\xa3\xf2ai h\xf2oc Qu\xe3\xe2oc gia", "Đại học Quốc gia"],
    ["ng\xbd\xe1\xbci", "người"],
    ["\xb3\xbc", "đơ"],
    ["\x1b(Nabc\x1b(B.", "АБЦ."],
  ])("%j is %j", (bytes, text) => {
    expect(decodeMarc8(Buffer.from(bytes, "latin1")).text).toBe(text);
  });

  test("chooses sets for the upper half too, and one that is chosen lasts until the next", () => {
    const bytes = Buffer.from("\x1b)Q\xc0a\x1b)!E\xb3", "latin1");
    expect(decodeMarc8(bytes).text).toBe("ґađ");
  });

  test("begins every subfield with Latin letters, as yaz does, since its code is one", () => {
    expect(decodeMarc8(Buffer.from("\x1fa\x1b(Nabc\x1fbabc", "latin1")).text).toBe("\x1faАБЦ\x1fbabc");
  });

  test("has no table of Chinese characters: three bytes are one lost letter", () => {
    const reading = decodeMarc8(Buffer.from('A\x1b$1!0!!0"\x1b(BZ', "latin1"));
    expect(reading).toMatchObject({ text: "A\ufffd\ufffdZ", eastAsian: 2, unknown: 0 });
  });

  test("counts a mark that no letter follows, and keeps it where it stands", () => {
    expect(decodeMarc8(Buffer.from("a\xe2 b", "latin1"))).toMatchObject({ text: "á b", looseMarks: 1 });
  });
});

/** Files of the fixtures whose bytes are no UTF-8, by their manifest. */
const marc8Files =
  sharedFolder === null
    ? []
    : readFileSync(`${sharedFolder}fixtures/MANIFEST.tsv`, "utf8")
        .split("\n")
        .filter((line) => /iso2709 recs=.*badlength=0 ldr09\[MARC-8\/other:\d+\] not-utf8/.test(line))
        .map((line) => line.split("\t")[0] ?? "");

describe.skipIf(sharedFolder === null || !isInstalled("yaz-marcdump"))(`recorded MARC-8 (${SHARED_ABSENT})`, () => {
  test("records without a problem are read as yaz-marcdump reads them", async () => {
    let compared = 0;
    for (const file of marc8Files) {
      const path = `${sharedFolder}fixtures/${file}`;
      const own = (await collect(iso2709Records(createReadStream(path)))).map(readIso2709);
      const yaz = asYazReads(readFileSync(path));
      for (const [index, { record, problems }] of own.entries()) {
        const judged = yaz[index];
        if (problems.length > 0 || judged === undefined || yaz.length !== own.length) continue;
        compared += 1;
        expect(valuesOf(record), file).toEqual(valuesOf(judged));
      }
    }
    expect(compared).toBeGreaterThan(20);
  });
});

function asYazReads(bytes: Uint8Array): readonly MarcRecord[] {
  const args = ["-i", "marc", "-f", "marc-8", "-t", "utf-8", "-o", "marcxml", "{}"];
  const { stdout } = runOver(bytes, "yaz-marcdump", args);
  try {
    return parseXml(stdout.toString("utf8")).childrenNamed("record").map(readMarcXml);
  } catch (error) {
    // of damaged records yaz writes XML that is none
    if (error instanceof XmlError) return [];
    throw error;
  }
}

function valuesOf({ fields }: MarcRecord): readonly string[] {
  return fields.flatMap((field) =>
    isDataField(field)
      ? field.subfields.map(({ code, value }) => `${field.tag}$${code} ${value.normalize("NFC")}`)
      : [],
  );
}

function textsOf(output: Buffer): readonly string[] {
  return output
    .toString("utf8")
    .replace(/\|?\n?$/, "")
    .split("|")
    .map((text) => text.normalize("NFC"));
}
