import fc from "fast-check";
import { expect, test } from "vitest";
import { MarcError } from "../../src/marc/errors.ts";
import { iso2709Records, readIso2709, writeIso2709 } from "../../src/marc/iso2709.ts";
import type { MarcDataField, MarcRecord } from "../../src/marc/record.ts";
import { collect } from "../support/collect.ts";
import { anyDamagedRecord, anyRecord } from "./any-record.ts";

const LEADER = "00000nam a2200000 i 4500";
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");

function title(value: string): MarcDataField {
  return { tag: "245", indicator1: "1", indicator2: "0", subfields: [{ code: "a", value }] };
}

async function* streamOf(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array, void> {
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

const cut = async (content: string, size: number): Promise<string[]> =>
  (await collect(iso2709Records(streamOf(Buffer.from(content), size)))).map(text);

test("lengths and positions are counted in bytes, and the leader says UTF-8", () => {
  // ISO 2709 and LoC MARC 21: leader 24 + two entries of 12 + terminator = 49; "Sử Việt" is 11 bytes in UTF-8
  const record = { leader: "99999cas  9999999 a 9999", fields: [{ tag: "001", value: "x1" }, title("Sử Việt")] };
  expect(text(writeIso2709(record))).toBe(
    "00069cas a2200049 a 4500" + "001000300000" + "245001600003" + "\x1e" + "x1\x1e" + "10\x1faSử Việt\x1e" + "\x1d",
  );
});

test("what is written is read again as it was", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      const bytes = writeIso2709(record);
      const { record: again, problems } = readIso2709(bytes);
      expect(again.fields).toEqual(record.fields);
      expect(again.leader.slice(5, 12)).toBe(`${record.leader.slice(5, 9)}a22`);
      expect(again.leader.slice(17)).toBe(record.leader.slice(17));
      expect(Number(again.leader.slice(0, 5))).toBe(bytes.length);
      expect(problems).toEqual([]);
    }),
  );
});

test("a damaged record is written so that it can be read without a problem", () => {
  fc.assert(
    fc.property(anyDamagedRecord, (record) => {
      expect(readIso2709(writeIso2709(record)).problems).toEqual([]);
    }),
  );
});

test("delimiters inside of text become blanks", () => {
  const written = writeIso2709({
    leader: LEADER,
    fields: [{ tag: "001", value: "a\x1eb" }, title("một\x1fhai\x1dba")],
  });
  expect(readIso2709(written).record.fields).toEqual([{ tag: "001", value: "a b" }, title("một hai ba")]);
});

test("a field may have 9,999 bytes and a record 99,999, and not one more", () => {
  // two indicators, delimiter, code and terminator are 5 bytes; "ệ" is 3 bytes
  const longest = `${"ệ".repeat(3_331)}x`;
  expect(readIso2709(writeIso2709({ leader: LEADER, fields: [title(longest)] })).record.fields).toEqual([
    title(longest),
  ]);
  expect(() => writeIso2709({ leader: LEADER, fields: [title(`${longest}x`)] })).toThrow(
    new MarcError("field 245 has 10000 bytes; ISO 2709 allows 9999"),
  );
  // leader 24, 10 entries of 12, two terminators: 146 bytes; nine fields of 9,999 and one of 9,862
  const fields = [...Array.from({ length: 9 }, () => title(longest)), title("x".repeat(9_857))];
  expect(writeIso2709({ leader: LEADER, fields })).toHaveLength(99_999);
  const oneMore = [...fields.slice(0, 9), title("x".repeat(9_858))];
  expect(() => writeIso2709({ leader: LEADER, fields: oneMore })).toThrow(
    new MarcError("the record has 100000 bytes; ISO 2709 allows 99999"),
  );
});

test.each([1, 2, 7, 1_000])("a stream in pieces of %i bytes is cut at record terminators", async (size) => {
  const records = ["00003Đ\x1d", "00002\x1d"];
  expect(await cut(`\r\n${records[0]}\n \n${records[1]}\x1a\n`, size)).toEqual(records);
  expect(await cut(`${records[0]}00009 cut off`, size)).toEqual([records[0], "00009 cut off"]);
  expect(await cut(`     nam\x1d  \n`, size)).toEqual(["     nam\x1d"]);
  expect(await cut("", size)).toEqual([]);
});

test("a file without any terminator is refused before it fills the memory", async () => {
  async function* endless(): AsyncGenerator<Uint8Array, void> {
    for (;;) yield Buffer.alloc(1024 * 1024, "x");
  }
  await expect(collect(iso2709Records(endless()))).rejects.toThrow(MarcError);
});

/** Three fields with the directory given, lengths in the leader as they come. */
function damaged(directory: string, fields: readonly string[], leader = LEADER): Uint8Array {
  return Buffer.from(`${leader}${directory}\x1e${fields.map((field) => `${field}\x1e`).join("")}\x1d`);
}

const CONTENTS = ["x1", "10\x1faMột", "  \x1faHai"];
const EXPECTED: MarcRecord["fields"] = [
  { tag: "001", value: "x1" },
  title("Một"),
  { tag: "500", indicator1: " ", indicator2: " ", subfields: [{ code: "a", value: "Hai" }] },
];

test.each([
  ["lengths in characters instead of bytes", "001000300000245000800003500000800011"],
  ["positions that point nowhere", "001000399999245001099999500000899999"],
  ["letters for digits", "0010003000002450010OOOO3500000800013"],
  ["positions beside the fields", "001000300000245000900004500000900012"],
  ["a length that covers two fields", "001000300000245001800003500000800013"],
])("a directory with %s is put right by the terminators", (_, directory) => {
  const { record, problems } = readIso2709(damaged(directory, CONTENTS));
  expect(record.fields).toEqual(EXPECTED);
  expect(problems).toContain("the directory is wrong: the fields were found by their terminators");
});

test("a directory whose entries stand in another order than the fields is right", () => {
  const { record, problems } = readIso2709(damaged("500000800013001000300000245001000003", CONTENTS));
  expect(record.fields).toEqual([EXPECTED[2], EXPECTED[0], EXPECTED[1]]);
  expect(problems.join()).not.toContain("directory");
});

test("fields that the directory does not know are kept under a tag that means nothing", () => {
  const { record, problems } = readIso2709(damaged("001000300000245001000003", CONTENTS));
  expect(record.fields).toEqual([EXPECTED[0], EXPECTED[1], { ...EXPECTED[2], tag: "ZZZ" }]);
  expect(problems).toContain("the directory is wrong: the fields were found by their terminators");
});

test("fields that the directory promises and the record lacks are counted", () => {
  const { record, problems } = readIso2709(damaged("001000300000245001000003500000800013", CONTENTS.slice(0, 2)));
  expect(record.fields).toEqual(EXPECTED.slice(0, 2));
  expect(problems).toContain("1 fields of the directory are not in the record");
});

test("a field terminator inside of a text does not shift the tags behind it", () => {
  const contents = ["x1", "VN", "10\x1faM", "ột", "  \x1faHai"];
  const { record } = readIso2709(damaged("001000300000003000300003245000900006500000800015", contents));
  expect(record.fields).toEqual([EXPECTED[0], { tag: "003", value: "VN" }, title("M\x1eột"), EXPECTED[2]]);
});

test("a field without a delimiter keeps its tag although the directory is wrong", () => {
  const { record } = readIso2709(damaged("001000300000245009900003500009900013", ["x1", "10\x1faMột", "  Hai"]));
  expect(record.fields).toEqual(EXPECTED);
});

test("a directory that ends in something else is read as far as it is right, and named", () => {
  const { record, problems } = readIso2709(damaged("001000300000245001000003500000800013??", CONTENTS));
  expect(record.fields).toEqual(EXPECTED);
  expect(problems).toContain("the directory holds something else than tags, lengths and positions");
});

test("a record that is cut off gives what there is", () => {
  const whole = writeIso2709({ leader: LEADER, fields: EXPECTED });
  const { record, problems } = readIso2709(whole.subarray(0, whole.length - 3));
  expect(record.fields).toEqual([
    EXPECTED[0],
    EXPECTED[1],
    { ...EXPECTED[2], subfields: [{ code: "a", value: "Ha" }] },
  ]);
  expect(problems).not.toEqual([]);
});

test("nothing but a leader is a record without fields, and less is refused", () => {
  expect(readIso2709(Buffer.from(LEADER)).record).toEqual({ leader: LEADER, fields: [] });
  expect(() => readIso2709(Buffer.from(LEADER.slice(1)))).toThrow(MarcError);
});

test("bytes of any kind are read without an accident", () => {
  const bytes = fc.uint8Array({ minLength: 24, maxLength: 200 });
  const structured = fc
    .array(fc.constantFrom(0x1d, 0x1e, 0x1f, 0x30, 0x32, 0x61, 0xe1, 0x20), { minLength: 24, maxLength: 200 })
    .map((list) => Uint8Array.from(list));
  fc.assert(
    fc.property(fc.oneof(bytes, structured), (damage) => void readIso2709(damage)),
    { numRuns: 1_000 },
  );
});

test("a field without a delimiter is kept as $a, and named", () => {
  const { record, problems } = readIso2709(damaged("245000800000", ["10Nhan đề"]));
  expect(record.fields).toEqual([title("Nhan đề")]);
  expect(problems).toContain("245: text without a subfield code, read as $a");
});

test("a control field with subfields, as in danMARC, keeps them", () => {
  const { record } = readIso2709(damaged("001000600000", ["00\x1fa7"]));
  expect(record.fields).toEqual([
    { tag: "001", indicator1: "0", indicator2: "0", subfields: [{ code: "a", value: "7" }] },
  ]);
});

test("UTF-8 is read as UTF-8 although the leader does not say so", () => {
  const { record, problems } = readIso2709(damaged("245001500000", ["10\x1faViệt Nam"], "00053nam  2200037 i 4500"));
  expect(record.fields).toEqual([title("Việt Nam")]);
  expect(problems).toEqual([]);
});

test("one damaged byte does not spoil the letters of a record that is UTF-8 otherwise", () => {
  const good = damaged("245001500000500000600015", ["10\x1faViệt Nam", "  \x1fa?"]);
  const bytes = Uint8Array.from(good);
  bytes[bytes.lastIndexOf(0x3f)] = 0xff;
  const { record, problems } = readIso2709(bytes);
  expect(record.fields[0]).toEqual(title("Việt Nam"));
  expect(record.fields[1]).toHaveProperty("subfields", [{ code: "a", value: "\ufffd" }]);
  expect(problems).toContain("500: UTF-8 with damaged bytes, written as U+FFFD");
});

test.each([" ", "a"])("bytes that are no UTF-8 are read as MARC-8 where the leader says %j", (coding) => {
  // MARC-8: the acute accent (E2) stands before its letter
  const bytes = Buffer.from(damaged("245000800000", ["10\x1fa?ea"], `00046nam ${coding}2200037 i 4500`));
  bytes[bytes.indexOf(0x3f)] = 0xe2;
  const { record, problems } = readIso2709(bytes);
  expect(record.fields).toEqual([title("éa")]);
  expect(problems).toEqual([]);
});

test("an escape sequence is MARC-8 although all its bytes are ASCII", () => {
  const bytes = damaged("245001000000", ["10\x1fa\x1b(NAB"], "00048nam  2200037 i 4500");
  expect(readIso2709(bytes).record.fields).toEqual([title("аб")]);
});

test("bytes that make no letters in MARC-8 stay as they stand, and the record says so", () => {
  // windows-1252: "København, på"
  const bytes = Buffer.from(damaged("245001800000", ["10\x1faK?benhavn, p?"], "00056nam  2200037 i 4500"));
  bytes[bytes.indexOf(0x3f)] = 0xf8;
  bytes[bytes.indexOf(0x3f)] = 0xe5;
  const { record, problems } = readIso2709(bytes);
  expect(record.fields).toEqual([title("København, på")]);
  expect(problems).toContain("245: neither UTF-8 nor MARC-8, read byte by byte");
});
