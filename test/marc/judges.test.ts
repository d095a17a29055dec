import { createReadStream, readFileSync } from "node:fs";
import fc from "fast-check";
import { expect, test } from "vitest";
import { iso2709Records, readIso2709, writeIso2709 } from "../../src/marc/iso2709.ts";
import { readMarcXml, writeMarcXml } from "../../src/marc/marcxml.ts";
import { isDataField, type MarcRecord } from "../../src/marc/record.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { collect } from "../support/collect.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { anyRecord } from "./any-record.ts";
import { isInstalled, PROGRAM_ABSENT, runOver, schemaComplaints } from "./programs.ts";

const noYaz = !isInstalled("yaz-marcdump");
const noFixtures = sharedFolder === null;
const HCMUT = `${sharedFolder}fixtures/vietnam/hcmut-library-koha-4860.mrc`;

interface MarcFile {
  readonly file: string;
  readonly count: number;
  readonly note: string;
}

/** The ISO 2709 files of the fixtures with the number of records that their manifest counted. */
const marcFiles: readonly MarcFile[] = noFixtures
  ? []
  : readFileSync(`${sharedFolder}fixtures/MANIFEST.tsv`, "utf8")
      .split("\n")
      .filter((line) => line.startsWith("marc/") || line.startsWith("vietnam/"))
      .flatMap((line) => {
        const cells = line.split("\t");
        const note = cells.find((cell) => cell.startsWith("iso2709 recs=")) ?? "";
        const count = /recs=(\d+)/.exec(note)?.[1];
        return count === undefined ? [] : [{ file: cells[0] ?? "", count: Number(count), note }];
      });

/** Sound by the manifest, and yet yaz-marcdump is no judge of them, for the reason given. */
const NOT_COMPARED: Readonly<Record<string, string>> = {
  "marc/marc4j/bad-characters-in-various-fields.mrc": "yaz drops control characters",
  "marc/marc4j/bad_oversize_field_bad_directory.mrc": "yaz drops the field with the wrong length",
  "marc/marc4j/chinese_mangled_multibyte.mrc": "MARC-8: yaz drops the escape characters",
  "marc/marc4j/incomplete_esc_seq.mrc": "MARC-8: yaz drops the escape characters",
  "marc/marc4j/pride-and-prejudice-fixed.mrc": "yaz writes XML that is not well-formed",
  "marc/pymarc/bad_indicator.dat": "the tag is damaged; yaz then takes the indicators for text",
  "marc/pymarc/bad_records.mrc": "yaz loses four of the eight titles",
  "marc/pymarc/regression45.dat": "yaz drops what stands between indicators and the first subfield",
  "marc/yaz/marc1.json.marc": "danMARC: three indicators",
  "marc/yaz/marc1.xml.marc": "danMARC: three indicators",
  "marc/yaz/marc2.json.marc": "danMARC: three indicators",
  "marc/yaz/marc2.xml.marc": "danMARC: three indicators",
  "marc/yaz/marc3.marc": "fields without a delimiter; yaz takes their first letter for a code",
  "marc/yaz/marc5.marc": "a field without a delimiter; yaz takes its first letter for a code",
  "marc/yaz/marc8.marc": "MARC-8: yaz drops the escape characters",
};

const sound = marcFiles.filter(
  ({ file, note }) => /badlength=0 .*valid-utf8/.test(note) && NOT_COMPARED[file] === undefined,
);

test.skipIf(!noYaz)(PROGRAM_ABSENT, () => {});
test.skipIf(!noFixtures)(SHARED_ABSENT, () => {});

async function recordsOf(file: string): Promise<MarcRecord[]> {
  const records = await collect(iso2709Records(createReadStream(file)));
  return records.map((bytes) => readIso2709(bytes).record);
}

function asYazReads(bytes: Uint8Array): MarcRecord[] {
  const { stdout } = runOver(bytes, "yaz-marcdump", ["-i", "marc", "-o", "marcxml", "{}"]);
  return parseXml(stdout.toString("utf8")).childrenNamed("record").map(readMarcXml);
}

function inCollection(records: readonly MarcRecord[]): string {
  return `<collection xmlns="http://www.loc.gov/MARC21/slim">\n${records.map(writeMarcXml).join("\n")}\n</collection>`;
}

test.skipIf(noYaz)("yaz-marcdump reads the ISO 2709 that we write as we meant it", () => {
  // yaz looks for subfields behind the end of an empty control field
  const hasEmptyControl = ({ fields }: MarcRecord) => fields.some((field) => !isDataField(field) && field.value === "");
  const records = fc.sample(anyRecord, 300).filter((record) => !hasEmptyControl(record));
  const read = asYazReads(Buffer.concat(records.map(writeIso2709)));
  expect(read.map(({ fields }) => fields)).toEqual(records.map(({ fields }) => fields));
});

test.skipIf(noYaz)("yaz-marcdump makes our ISO 2709 from our MARCXML, to the byte", () => {
  const records = fc.sample(anyRecord, 200);
  const { stdout } = runOver(inCollection(records), "yaz-marcdump", ["-i", "marcxml", "-o", "marc", "{}"]);
  expect(stdout.equals(Buffer.concat(records.map(writeIso2709)))).toBe(true);
});

test.skipIf(noFixtures).each(marcFiles)("$file: $count records, none lost", async ({ file, count }) => {
  const all = await collect(iso2709Records(createReadStream(`${sharedFolder}fixtures/${file}`)));
  expect(all).toHaveLength(count);
  for (const bytes of all) {
    const { record, problems } = readIso2709(bytes);
    // a record without fields, or one that is longer or shorter than it says, is damaged and must be called so
    const lengthLies = Number(record.leader.slice(0, 5)) !== bytes.length;
    if (lengthLies) expect(problems).not.toEqual([]);
  }
});

test.skipIf(noFixtures || noYaz).each(sound)("$file is read as yaz-marcdump reads it", async ({ file }) => {
  const path = `${sharedFolder}fixtures/${file}`;
  expect((await recordsOf(path)).map(comparable)).toEqual(asYazReads(readFileSync(path)).map(comparable));
});

test.skipIf(noFixtures || noYaz)(
  "4,860 records of a Vietnamese library are written so that yaz-marcdump reads them",
  async () => {
    const records = await recordsOf(HCMUT);
    expect(records).toHaveLength(4_860);
    const read = asYazReads(Buffer.concat(records.map(writeIso2709)));
    expect(read.map(titlesOf)).toEqual(asYazReads(readFileSync(HCMUT)).map(titlesOf));
  },
);

test.skipIf(noFixtures || !isInstalled("xmllint"))("and as MARCXML they are valid, with as many records", async () => {
  const collection = inCollection(await recordsOf(HCMUT));
  expect(schemaComplaints(collection, "marc/MARC21slim.xsd")).toBe("");
  expect(parseXml(collection).childrenNamed("record")).toHaveLength(4_860);
});

/** yaz says UTF-8 in the leader of its MARCXML, pads a short one, and writes control fields first. */
function comparable({ leader, fields }: MarcRecord) {
  const inOrder = [...fields.filter((field) => !isDataField(field)), ...fields.filter(isDataField)];
  return { leader: `${leader.slice(0, 9)}a${leader.slice(10)}`, fields: inOrder };
}

function titlesOf(record: MarcRecord): string[] {
  return record.fields.flatMap((field) =>
    field.tag === "245" && isDataField(field) ? field.subfields.map(({ code, value }) => code + value) : [],
  );
}
