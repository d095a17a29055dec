import { execFileSync } from "node:child_process";
import { createReadStream, readFileSync } from "node:fs";
import { XmlDocument, XmlElement as XmlNode } from "libxml2-wasm";
import Value from "typebox/value";
import { beforeAll, describe, expect, test } from "vitest";
import { marc21 } from "../../mappings/incoming/marc21/crosswalk.ts";
import { applyCrosswalk, type Mapping, mapSource } from "../../src/crosswalk/apply.ts";
import { MarcSource } from "../../src/crosswalk/marc-source.ts";
import { iso2709Records, readIso2709 } from "../../src/marc/iso2709.ts";
import { mainTitle } from "../../src/record/common-record.ts";
import { commonRecordSchema } from "../../src/record/schema.ts";
import { decodeXml } from "../../src/xml/decode.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { collect } from "../support/collect.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

const FIXTURES = `${sharedFolder ?? ""}fixtures/`;
const HCMUT = `${FIXTURES}vietnam/hcmut-library-koha-4860.mrc`;
const SLIM = "http://www.loc.gov/MARC21/slim";
const CONTEXT = { identifier: "oai:example.org:1", defaultAccessRights: null };
/** Not well-formed on purpose; libxml2 refuses it too. */
const BROKEN = new Set(["marc/ruby-marc/three-records-second-bad.xml"]);

/** A record as an independent tool reads it: `["245", "a", text]` for each subfield, `["008", "", text]`. */
type Judged = readonly (readonly [tag: string, code: string, text: string])[];

/** Values of MARC that stand in place of one, decided here and not by the crosswalk. */
const NOTHING =
  /^[^\p{L}\p{N}]*(?:không rõ|khuyết danh|nhiều tác giả|đang cập nhật|s\.? ?[ln]|k\. ?(?:đ|nxb)|publisher not identified)[^\p{L}\p{N}]*$/iu;

function isPresent(record: Judged, tag: string, codes: string, form = /\S/): boolean {
  return record.some(
    ([at, code, text]) => at === tag && code !== "" && codes.includes(code) && form.test(text) && !NOTHING.test(text),
  );
}

/** Letters and digits alone: what punctuation, blanks and composition cannot change. */
function lettersOf(text: string): string {
  return text.normalize("NFC").replace(/[^\p{L}\p{N}]+/gu, "");
}

/** The values a field must keep, by what the independent tool found in MARC. */
const KEPT: readonly (readonly [
  field: string,
  sent: (record: Judged) => boolean,
  kept: (mapping: Mapping) => boolean,
])[] = [
  ["title", (marc) => isPresent(marc, "245", "a"), ({ record }) => mainTitle(record) !== null],
  [
    "authors",
    (marc) => isPresent(marc, "100", "a") || isPresent(marc, "110", "a"),
    ({ record }) => record.creators.length > 0,
  ],
  ["added names", (marc) => isPresent(marc, "700", "a"), hasPeople],
  [
    "date",
    (marc) => isPresent(marc, "260", "c") || isPresent(marc, "264", "c"),
    ({ record }) => record.issued !== null,
  ],
  ["publisher", (marc) => isPresent(marc, "260", "b"), ({ record }) => record.publishers.length > 0],
  ["ISBN", (marc) => isPresent(marc, "020", "a"), ({ record }) => hasScheme(record.alternateIdentifiers, "ISBN")],
  ["ISSN", (marc) => isPresent(marc, "022", "a"), ({ record }) => hasScheme(record.alternateIdentifiers, "ISSN")],
  ["language", (marc) => isPresent(marc, "041", "a", /^[a-z]{3}$/), ({ record }) => record.languages.length > 0],
  [
    "keywords",
    (marc) => ["650", "653"].some((tag) => isPresent(marc, tag, "a")),
    ({ record }) => record.subjects.length > 0,
  ],
  ["classification", (marc) => isPresent(marc, "082", "a"), hasClass],
  ["abstract", (marc) => isPresent(marc, "520", "a"), ({ record }) => record.descriptions.length > 0],
  [
    "holdings",
    (marc) => isPresent(marc, "852", "ab") || isPresent(marc, "952", "p"),
    ({ record }) => record.holdings.length > 0,
  ],
];

function hasPeople({ record }: Mapping): boolean {
  return record.creators.length + record.contributors.length + record.relations.length > 0;
}

function hasScheme(identifiers: Mapping["record"]["alternateIdentifiers"], scheme: string): boolean {
  return identifiers.some((identifier) => identifier.scheme === scheme);
}

function hasClass({ record }: Mapping): boolean {
  return record.subjects.some(({ scheme }) => scheme === "DDC" || scheme === "local");
}

/** Prints and gives the share of records that kept what MARC had, by field; a field that nobody sent is left out. */
function retention(judged: readonly Judged[], mappings: readonly Mapping[], what: string): ReadonlyMap<string, number> {
  const shares = new Map<string, number>();
  for (const [field, sent, kept] of KEPT) {
    const having = mappings.filter((_, index) => sent(judged[index] ?? []));
    if (having.length === 0) continue;
    const keeping = having.filter(kept).length;
    shares.set(field, keeping / having.length);
    process.stdout.write(`${what}, ${field}: ${keeping} of ${having.length} records keep it\n`);
  }
  return shares;
}

/** What holds of every mapped record, whatever it says. */
function expectSound({ record, trace }: Mapping): void {
  const json = JSON.stringify(record);
  expect(json === json.normalize("NFC"), "every text is NFC").toBe(true);
  expect(json).not.toMatch(/&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[\da-f]+);/i);
  expect([...Value.Errors(commonRecordSchema, record)]).toEqual([]);
  for (const { value } of record.titles) expect(value).not.toMatch(/(?: [/:;=]|\s|,)$/);
  expect(
    trace().every(({ paths }) => paths.length > 0),
    "every value says where it comes from",
  ).toBe(true);
}

describe.skipIf(sharedFolder === null)(`the catalogue of HCMUT in ISO 2709 (${SHARED_ABSENT})`, () => {
  let mappings: readonly Mapping[] = [];
  let judged: readonly Judged[] = [];

  beforeAll(async () => {
    const records = await collect(iso2709Records(createReadStream(HCMUT)));
    mappings = records.map((bytes) => mapSource(marc21, new MarcSource(readIso2709(bytes).record), CONTEXT));
    judged = byYaz(HCMUT);
  });

  test("no record is lost", () => {
    // ISO 2709 §4.6: one record terminator a record
    expect(mappings).toHaveLength(readFileSync(HCMUT).filter((byte) => byte === 0x1d).length);
    expect(mappings).toHaveLength(4_860);
  });

  test("every record is sound", () => {
    for (const mapping of mappings) expectSound(mapping);
  });

  test.skipIf(yazVersion() === null)(
    "each title has the letters that yaz-marcdump reads in 245, no more and no fewer",
    () => {
      expect(judged).toHaveLength(4_860);
      const sent = judged.map((marc) => marc.filter(([tag]) => tag === "245").map(([, , text]) => text.trim()));
      expect(sent.filter((texts) => texts.join("") !== "")).toHaveLength(4_857);
      expect(mappings.filter(({ record }) => mainTitle(record) !== null)).toHaveLength(4_857);
      const titles = sent.map((texts) => lettersOf(texts.join("")));
      const mapped = mappings.map(({ record }) => lettersOf(mainTitle(record) ?? ""));
      expect(mapped.filter((title, index) => title !== titles[index])).toEqual([]);
    },
  );

  test.skipIf(yazVersion() === null)("each year of 260 is the year of the record", () => {
    const years = judged.map(
      (marc) => marc.find(([tag, , text]) => tag === "260" && /^\D*(?:19|20)\d\d\D*$/.test(text))?.[2],
    );
    const wrong = mappings.filter(({ record }, index) => {
      const year = /\d{4}/.exec(years[index] ?? "")?.[0];
      return year !== undefined && record.issued?.value.slice(0, 4) !== year;
    });
    expect(wrong).toEqual([]);
    expect(years.filter((year) => year !== undefined).length).toBeGreaterThan(4_000);
  });

  test("an ISBN is right or flagged", () => {
    const isbns = mappings.flatMap(({ record }) =>
      record.alternateIdentifiers.filter(({ scheme }) => scheme === "ISBN"),
    );
    expect(isbns.filter(({ value, invalid }) => invalid !== true && !hasIsbnCheckDigit(value))).toEqual([]);
    // all of them are accession numbers
    expect(isbns.every(({ invalid }) => invalid === true)).toBe(true);
    expect(mappings.every(({ issues }) => issues.some(({ code }) => code === "invalid-identifier"))).toBe(true);
  });

  test("the placeholders of 008 and 100 are no values", () => {
    expect(mappings.flatMap(({ record }) => record.languages)).toEqual([]);
    const names = mappings.flatMap(({ record }) => record.creators.map(({ name }) => name));
    expect(names.filter((name) => /^(?:không rõ|nhiều tác giả|khuyết danh)/i.test(name))).toEqual([]);
    expect(names.length).toBeGreaterThan(4_800);
  });

  test.skipIf(yazVersion() === null)("what is in MARC is in the record", () => {
    const shares = retention(judged, mappings, "HCMUT");
    expect([...shares.keys()]).toEqual(["title", "authors", "date", "ISBN", "classification", "holdings"]);
    for (const [field, share] of shares) expect(share, field).toBeGreaterThanOrEqual(0.99);
  });
});

describe.skipIf(sharedFolder === null)(`the template of a Koha form (${SHARED_ABSENT})`, () => {
  test("nothing of what the form was filled with is published, nor who filled it", async () => {
    const file = `${FIXTURES}vietnam/hcmut-koha-template-placeholders.mrc`;
    const records = await collect(iso2709Records(createReadStream(file)));
    const mappings = records.map((bytes) => mapSource(marc21, new MarcSource(readIso2709(bytes).record), CONTEXT));
    expect(mappings).toHaveLength(10);
    for (const { record, issues } of mappings) {
      expect(JSON.stringify(record)).not.toMatch(/dang cap nhat|khong ghi chu/i);
      expect(JSON.stringify([record, issues])).not.toMatch(/"Thuong"/);
      expect(issues.filter(({ code }) => code === "placeholder").length).toBeGreaterThan(5);
    }
  });
});

describe.skipIf(sharedFolder === null)(`recorded MARCXML (${SHARED_ABSENT})`, () => {
  const files = sharedFolder === null ? [] : marcXmlFiles();
  const counts = { files: 0, records: 0, mapped: 0, withIssues: 0 };
  const judged: Judged[] = [];
  const mappings: Mapping[] = [];

  beforeAll(async () => {
    for (const file of files) {
      const expected = byLibxml(`${FIXTURES}${file}`);
      const found = await mapFile(file);
      expect(found.length, `${file}: records that libxml2 finds`).toBe(expected.length);
      counts.files += 1;
      counts.records += expected.length;
      counts.mapped += found.length;
      counts.withIssues += found.filter(({ issues }) => issues.length > 0).length;
      judged.push(...expected);
      mappings.push(...found);
    }
    process.stdout.write(`MARCXML: ${JSON.stringify(counts)}\n`);
  });

  test("no record of no file is lost", () => {
    expect(counts.mapped).toBe(counts.records);
    expect(counts.files).toBeGreaterThan(150);
    expect(counts.records).toBeGreaterThan(400);
  });

  test("every record is sound", () => {
    for (const mapping of mappings) expectSound(mapping);
  });

  test("the main title begins with the letters of 245 $a", () => {
    const wrong = mappings.flatMap(({ record }, index) => {
      const proper = (judged[index] ?? []).find(
        ([tag, code, text]) => tag === "245" && code === "a" && !NOTHING.test(text),
      );
      const start = lettersOf(proper?.[2] ?? "");
      return start === "" || lettersOf(mainTitle(record) ?? "").startsWith(start) ? [] : [[start, mainTitle(record)]];
    });
    expect(wrong).toEqual([]);
  });

  test("what is in MARC is in the record", () => {
    const shares = retention(judged, mappings, "MARCXML");
    expect(shares.size).toBe(KEPT.length);
    for (const [field, share] of shares) expect(share, field).toBeGreaterThanOrEqual(0.99);
  });
});

/** The files of the manifest that hold MARC 21 in LoC's namespace. */
function marcXmlFiles(): readonly string[] {
  const lines = readFileSync(`${FIXTURES}MANIFEST.tsv`, "utf8").split("\n").slice(1);
  const named = lines.map((line) => line.split("\t")[0] ?? "").filter((file) => file.endsWith(".xml"));
  return named.filter((file) => !BROKEN.has(file) && readFileSync(`${FIXTURES}${file}`).includes(SLIM));
}

async function mapFile(file: string): Promise<readonly Mapping[]> {
  const text = (await collect(decodeXml(createReadStream(`${FIXTURES}${file}`), null))).join("");
  return recordsBelow(parseXml(text)).map((record) => applyCrosswalk(marc21, record, CONTEXT));
}

function recordsBelow(element: XmlElement): readonly XmlElement[] {
  if (element.local === "record" && element.namespace === SLIM) return [element];
  return element.elements.flatMap(recordsBelow);
}

/** The records of a document as libxml2 reads them. */
function byLibxml(file: string): readonly Judged[] {
  const document = XmlDocument.fromBuffer(readFileSync(file));
  try {
    return document.find("//m:record", { m: SLIM }).map((record) =>
      record.find("m:datafield/m:subfield", { m: SLIM }).map((node) => {
        const attribute = (path: string) => node.get(path)?.content ?? "";
        return [attribute("../@tag"), attribute("@code"), node instanceof XmlNode ? node.content : ""] as const;
      }),
    );
  } finally {
    document.dispose();
  }
}

function yazVersion(): string | null {
  try {
    return execFileSync("yaz-marcdump", ["-V"], { encoding: "utf8" });
  } catch {
    return null;
  }
}

/** The records of a file as yaz-marcdump prints them: a line a field, a blank line after each record. */
function byYaz(file: string): readonly Judged[] {
  if (yazVersion() === null) return [];
  const text = execFileSync("yaz-marcdump", [file], { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const records = text.split(/\n\n+/).filter((record) => record.trim() !== "");
  return records.map((record) => record.split("\n").slice(1).flatMap(subfieldsOf));
}

function subfieldsOf(line: string): Judged {
  const tag = line.slice(0, 3);
  const parts = line
    .slice(7)
    .split(/ ?\$(?=[a-z0-9] )/)
    .slice(1);
  return parts.map((part) => [tag, part.slice(0, 1), part.slice(2).normalize("NFC")] as const);
}

/** ISO 2108: modulo 11 for ten digits, modulo 10 for thirteen. */
function hasIsbnCheckDigit(isbn: string): boolean {
  const digits = [...isbn].map((digit) => (digit === "X" ? 10 : Number(digit)));
  const weight = (index: number) => (digits.length === 10 ? 10 - index : index % 2 === 0 ? 1 : 3);
  const sum = digits.reduce((total, digit, index) => total + digit * weight(index), 0);
  return sum % (digits.length === 10 ? 11 : 10) === 0;
}
