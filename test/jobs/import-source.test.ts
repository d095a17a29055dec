import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FoundRecord, readSource } from "../../src/jobs/import-source.ts";
import { isInstalled, PROGRAM_ABSENT } from "../marc/programs.ts";
import { collect } from "../support/collect.ts";
import { book, collection, createTestFolder, iso2709, marcXml, type TestFolder } from "./marc-files.ts";

const books = Array.from({ length: 300 }, (_, index) => iso2709(book(index + 1, `Sách số ${index + 1} `.repeat(9))));
const hasZip = isInstalled("zip");
let folder: TestFolder;

beforeAll(() => {
  folder = createTestFolder();
});
afterAll(() => folder.remove());

const titlesOf = (records: readonly FoundRecord[]) =>
  records.map(({ content }) => /Sách số \d+/.exec(Buffer.from(content).toString("utf8"))?.[0]);
const allTitles = (count: number) => Array.from({ length: count }, (_, index) => `Sách số ${index + 1}`);

/** Everything that comes before the failure, and what it says. */
async function readToFailure(file: string): Promise<{ readonly records: FoundRecord[]; readonly message: string }> {
  const records: FoundRecord[] = [];
  try {
    for await (const record of readSource(file)) records.push(record);
  } catch (error) {
    return { records, message: error instanceof Error ? error.message : String(error) };
  }
  return { records, message: "no failure" };
}

/** A zip as the program of that name makes it. */
function zipped(name: string, files: Readonly<Record<string, string | Uint8Array>>, ...options: string[]): string {
  const paths = Object.entries(files).map(([file, content]) => folder.write(file, content));
  const zip = `${folder.path}/${name}`;
  const { status, stderr } = spawnSync("zip", ["-q", "-j", ...options, zip, ...paths]);
  expect([status, stderr.toString()]).toEqual([0, ""]);
  return zip;
}

describe("a MARC file", () => {
  test("in ISO 2709 gives every record, with its number and the byte where it begins", async () => {
    // between the records stand line breaks, as some systems write them
    const file = folder.write("books.dat", Buffer.concat(books.flatMap((record) => [record, Buffer.from("\r\n")])));
    const records = await collect(readSource(file));
    expect(titlesOf(records)).toEqual(allTitles(300));
    const length = (books[0]?.length ?? 0) + (books[1]?.length ?? 0) + 4;
    expect(records[2]?.place).toBe(`record 3, byte ${length}`);
    expect(records[0]?.place).toBe("record 1, byte 0");
  });

  test("in MARCXML gives every record, with its number and the line where it begins", async () => {
    const xml = collection(allTitles(3).map((title, index) => marcXml(book(index + 1, title))));
    const records = await collect(readSource(folder.write("books.xml", xml)));
    expect(titlesOf(records)).toEqual(allTitles(3));
    // a record of `marcXml` has six lines, and two stand before the first
    expect(records.map(({ place }) => place)).toEqual(["record 1, line 3", "record 2, line 9", "record 3, line 15"]);
  });

  test("in MARCXML knows the line of each record, wherever the pieces end in which the file arrives", async () => {
    // the end tag of the second record lies across the 64 KB that a file is read in at a time
    const xmlWith = (padding: number) =>
      collection(["x".repeat(padding), "Hai", "Ba", "Bon"].map((title, index) => marcXml(book(index + 1, title))));
    const endOfSecond = (xml: string) => xml.indexOf("</record>", xml.indexOf("Hai"));
    const xml = xmlWith(65_536 - 4 - endOfSecond(xmlWith(0)));
    expect(endOfSecond(xml)).toBe(65_536 - 4);
    const records = await collect(readSource(folder.write("long.xml", xml)));
    expect(records.map(({ place }) => place.replace(/.*line /, ""))).toEqual(["3", "9", "15", "21"]);
  });

  test("is told by its bytes, whatever its name: XML called .mrc, ISO 2709 called .xml", async () => {
    const xml = folder.write("xml.mrc", collection([marcXml(book(1))]));
    expect((await collect(readSource(xml))).map(({ content }) => typeof content)).toEqual(["string"]);
    const iso = folder.write("iso.xml", books[0] ?? "");
    expect((await collect(readSource(iso))).map(({ content }) => typeof content)).toEqual(["object"]);
  });

  test("may be one record of MARCXML alone, behind a declaration and a comment", async () => {
    const file = folder.write("one.xml", `<?xml version="1.0"?>\n<!-- Koha -->\n${marcXml(book(1))}\n`);
    const [record, ...others] = await collect(readSource(file));
    expect(others).toEqual([]);
    expect(record?.content).toMatch(/^<record>[\s\S]*<\/record>\s*$/);
    expect(record?.place).toBe("record 1, line 3");
  });

  test("may be the answer of an SRU server: the MARC records in it count, not those of SRU around them", async () => {
    const around = (record: string) => `<record><recordData>${record}</recordData></record>`;
    const records = [1, 2].map((number) => around(marcXml(book(number))));
    const xml = `<searchRetrieveResponse xmlns="http://www.loc.gov/zing/srw/"><records>${records.join("")}</records></searchRetrieveResponse>`;
    expect(titlesOf(await collect(readSource(folder.write("sru.xml", xml))))).toEqual(allTitles(2));
  });

  test("that is cut off in XML gives the records before that, and says where it ends", async () => {
    const xml = collection([1, 2, 3].map((number) => marcXml(book(number))));
    const { records, message } = await readToFailure(folder.write("cut.xml", xml.slice(0, xml.lastIndexOf("Sách"))));
    expect(titlesOf(records)).toEqual(allTitles(2));
    expect(message).toBe(
      "after record 2, line 9: the document ends inside a <record>: it was cut off; export the file again or mend it there",
    );
  });

  test.each([
    ["a table", "Tên sách;Tác giả;Năm\n", /^this is neither MARC \(ISO 2709 or MARCXML\) nor an OAI static repository/],
    ["nothing", "", /^the file is empty$/],
    ["line breaks", "\n\n", /^the file is empty$/],
  ])("that holds %s is refused", async (_what, content, sentence) => {
    const { records, message } = await readToFailure(folder.write("other.mrc", content));
    expect(records).toEqual([]);
    expect(message).toMatch(sentence);
  });

  test("that is cut off in ISO 2709 gives the last piece too, and says so", async () => {
    const whole = Buffer.concat(books.slice(0, 3));
    const { records, message } = await readToFailure(folder.write("cut.mrc", whole.subarray(0, whole.length - 60)));
    expect(records.length).toBe(3);
    expect(message).toMatch(
      /^after record 3, byte \d+: the file is cut off inside of this record; fetch or export it again$/,
    );
  });

  test("whose last record only lacks its terminator is whole", async () => {
    const whole = Buffer.concat(books.slice(0, 3));
    const { records, message } = await readToFailure(folder.write("bare.mrc", whole.subarray(0, whole.length - 1)));
    expect([records.length, message]).toEqual([3, "no failure"]);
  });
});

describe("a gzip", () => {
  const plain = Buffer.concat(books);

  test("gives what is in it, of several parts too", async () => {
    const two = Buffer.concat([gzipSync(plain.subarray(0, 20_000)), gzipSync(plain.subarray(20_000))]);
    expect(titlesOf(await collect(readSource(folder.write("books.mrc.gz", two))))).toEqual(allTitles(300));
  });

  test("that is cut off gives every record that gzip itself can get out of it, then says so", async () => {
    const packed = gzipSync(plain);
    const file = folder.write("cut.mrc.gz", packed.subarray(0, Math.floor(packed.length * 0.7)));
    const { stdout } = spawnSync("gzip", ["-dc", file], { maxBuffer: 64 * 1024 * 1024 });
    const whole = stdout.reduce((count, byte) => (byte === 0x1d ? count + 1 : count), 0);
    expect(whole).toBeGreaterThan(50);
    const { records, message } = await readToFailure(file);
    expect(records.length).toBe(whole);
    expect(message).toMatch(new RegExp(`^after record ${whole}, byte \\d+: the compressed data is cut off here`));
  });

  test("that is damaged in the middle fails and says where", async () => {
    const packed = Buffer.from(gzipSync(plain));
    packed.fill(0xff, Math.floor(packed.length / 2), Math.floor(packed.length / 2) + 40);
    const { message } = await readToFailure(folder.write("bad.mrc.gz", packed));
    expect(message).toMatch(/^(after )?record \d+.*: the compressed data is damaged here/);
  });
});

test.skipIf(hasZip)(PROGRAM_ABSENT, () => {});

describe.skipIf(!hasZip)("a zip", () => {
  test("gives the records of all its files in turn, packed or not, and passes over what holds none", async () => {
    const files = {
      "a.mrc": Buffer.concat(books.slice(0, 100)),
      "b.xml": collection(
        allTitles(101)
          .slice(100)
          .map((title) => marcXml(book(101, title))),
      ),
      "c.mrc.gz": gzipSync(Buffer.concat(books.slice(101, 150))),
      "doc-toi.txt": "Xuất từ Koha",
    };
    for (const level of ["-9", "-0"]) {
      const zip = zipped(`many${level}.zip`, files, level);
      const records = await collect(readSource(zip));
      expect(titlesOf(records)).toEqual(allTitles(150));
      expect(records[100]?.place).toBe("b.xml, record 101, line 3");
    }
  });

  test("in the form for large files (zip64) gives the same", async () => {
    const zip = `${folder.path}/large.zip`;
    const file = folder.write("large.mrc", Buffer.concat(books));
    // from standard input the length is not known beforehand, so zip takes the large form
    const made = spawnSync("sh", ["-c", `cat '${file}' | zip -q -fz '${zip}' -`]);
    expect(made.status).toBe(0);
    expect(readFileSync(zip).includes("PK\x06\x06")).toBe(true);
    expect(titlesOf(await collect(readSource(zip)))).toEqual(allTitles(300));
  });

  test("that holds no file of records says what it holds", async () => {
    const zip = zipped("text.zip", { "readme.txt": "hello", "danh-sach.csv": "a;b" });
    expect((await readToFailure(zip)).message).toBe(
      "the zip holds no file of records; it holds readme.txt, danh-sach.csv",
    );
  });

  test("with a .mrc in it that is none does not pass over it", async () => {
    const zip = zipped("wrong.zip", { "fine.mrc": books[0] ?? "", "wrong.mrc": "this is a letter" });
    const { records, message } = await readToFailure(zip);
    expect(records.length).toBe(1);
    expect(message).toMatch(/^wrong\.mrc: this is neither MARC/);
  });

  test("with a password says that it is encrypted", async () => {
    const zip = zipped("locked.zip", { "locked.mrc": Buffer.concat(books) }, "-P", "secret");
    expect((await readToFailure(zip)).message).toBe("locked.mrc: it is encrypted; make a zip without a password");
  });

  test("that is cut off says so", async () => {
    const whole = readFileSync(zipped("whole.zip", { "whole.mrc": Buffer.concat(books) }));
    const file = folder.write("half.zip", whole.subarray(0, whole.length / 2));
    expect((await readToFailure(file)).message).toMatch(/^the zip has no directory at its end: it was cut off/);
  });

  test("whose content is not what it was when it was packed says so", async () => {
    const bytes = Buffer.from(readFileSync(zipped("stored.zip", { "stored.mrc": Buffer.concat(books) }, "-0")));
    const at = bytes.indexOf("Sách số 7 ");
    bytes.write("Xách", at);
    const { records, message } = await readToFailure(folder.write("changed.zip", bytes));
    expect(records.length).toBe(300);
    expect(message).toMatch(/its checksum is wrong: the zip is damaged$/);
  });
});
