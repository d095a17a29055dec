import { createReadStream } from "node:fs";
import { describe, expect, test } from "vitest";
import { marc21 } from "../../mappings/incoming/marc21/crosswalk.ts";
import { marcOf } from "../../mappings/outgoing/marc21/crosswalk.ts";
import { mapSource } from "../../src/crosswalk/apply.ts";
import { MarcSource } from "../../src/crosswalk/marc-source.ts";
import { iso2709Records, readIso2709 } from "../../src/marc/iso2709.ts";
import { isDataField, type MarcRecord } from "../../src/marc/record.ts";
import { collect } from "../support/collect.ts";
import { linesOf } from "../support/lines.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { wordsOf } from "./deviations.ts";
import { marcPairs } from "./marc-to-dc-pairs.ts";
import { published } from "./outgoing-support.ts";

const HCMUT = `${sharedFolder}fixtures/vietnam/hcmut-library-koha-4860.mrc`;
/** The file has no 260 $b, no 6XX, and "und" in every 008; the 64 records of the pairs have all of them. */
const ABSENT_IN_HCMUT = ["publisher", "language", "subjects"];

/** What must survive: where MARC has it, and where our MARC may have it again. */
interface Kept {
  readonly field: string;
  readonly sent: (marc: MarcRecord) => readonly string[];
  readonly received: (marc: MarcRecord) => readonly string[];
  /** Whether what was sent is among what was received: each of its words, unless the field says otherwise. */
  readonly isKept?: (sent: string, received: readonly string[]) => boolean;
}

const FIELDS: readonly Kept[] = [
  { field: "title", sent: subfields("245", "abnp"), received: subfields("245", "ab") },
  {
    field: "authors",
    sent: (marc) => subfields("100 110 700 710", "a")(marc).flatMap(namesIn),
    received: (marc) => [...subfields("100 110 700 710 720", "a")(marc), ...subfields("245", "c")(marc)],
  },
  { field: "date", sent: (marc) => subfields("260 264", "c")(marc).flatMap(yearsIn), received: subfields("264", "c") },
  { field: "publisher", sent: subfields("260 264", "b"), received: subfields("264", "b") },
  {
    field: "ISBN",
    sent: (marc) => subfields("020", "a")(marc).flatMap(numbersIn),
    received: subfields("020", "az"),
    isKept: sameDigits,
  },
  { field: "language", sent: (marc) => languagesOf(marc), received: (marc) => languagesOf(marc) },
  { field: "subjects", sent: subfields("650 653", "avxyz"), received: subfields("650 653", "ax") },
  { field: "classification", sent: (marc) => classesOf(marc), received: subfields("082 084", "a"), isKept: sameDigits },
];

/** The texts of each field of these tags, its subfields behind one another. */
function subfields(tags: string, codes: string): (marc: MarcRecord) => readonly string[] {
  const wanted = tags.split(" ");
  return ({ fields }) =>
    fields
      .filter(isDataField)
      .filter(({ tag }) => wanted.includes(tag))
      .map((field) => field.subfields.filter(({ code }) => codes.includes(code)).map(({ value }) => value))
      .map((values) => values.join(" "))
      .filter((text) => wordsOf(text).length > 0);
}

/** What Vietnamese catalogues write around names in 100 $a. */
const AROUND_NAMES =
  /(?:tổng |đồng )?chủ biên|chủ trì|(?:ban |nhóm )?biên (?:soạn|dịch|tập)|(?:người )?dịch|hiệu đính|sưu tầm|tuyển chọn|giới thiệu|[&]|(?<![\p{L}])và(?![\p{L}])|\[?và những người khác\]?|tham gia tổ chức bản thảo|tham gia|chú giải|phiên âm/giu;
/** What stands in place of a name. */
const NOBODY = /^\P{L}*(?:không rõ|nhiều tác giả)\P{L}*$/iu;

function namesIn(text: string): readonly string[] {
  const name = text.normalize("NFC").replace(AROUND_NAMES, " ");
  return NOBODY.test(name) || wordsOf(name).length === 0 ? [] : [name];
}

/** The same digits, or more of them behind: "677.028 5" is 677.0285. */
function sameDigits(sent: string, received: readonly string[]): boolean {
  const digits = (text: string) => text.replace(/[^\dX]/gi, "");
  return received.some((text) => digits(text).startsWith(digits(sent)));
}

/** A date says something by its digits: "c2000.", "198-". */
function yearsIn(text: string): readonly string[] {
  return text.match(/\d{3,4}/g)?.slice(0, 1) ?? [];
}

/** The number without the binding and the price that stand behind it. */
function numbersIn(text: string): readonly string[] {
  return text.match(/^[\dXx -]+/)?.map((number) => number.trim()) ?? [];
}

function languagesOf({ fields }: MarcRecord): readonly string[] {
  const coded = fields.flatMap((field) =>
    field.tag === "008" && !isDataField(field) ? [field.value.slice(35, 38)] : [],
  );
  return coded.filter((code) => /^[a-z]{3}$/.test(code) && code !== "und");
}

/** The class number of 082: what the shelf adds behind it (a cutter) belongs to the copy. */
function classesOf(marc: MarcRecord): readonly string[] {
  const numbers = subfields("082", "a")(marc).map((text) => text.replace(/[/'’](?=\.?\d)/g, ""));
  return numbers.map((text) => /^\d+(?:\.\d+)?/.exec(text)?.[0] ?? text);
}

const exceptions = linesOf("mappings/round-trip-exceptions.tsv")
  .slice(1)
  .map((line) => {
    const [field = "", value = "", reason = ""] = line.split("\t");
    return { field, value: new RegExp(value, "iu"), reason };
  });

/** Prints the table of a collection and gives, by field, the share of records that kept all they had, and what was lost. */
function retention(what: string, sources: readonly MarcRecord[]) {
  const context = { identifier: "oai:kho.edu.vn:1", defaultAccessRights: null };
  const pairs = sources.map((marc) => {
    const { record } = mapSource(marc21, new MarcSource(marc), context);
    return [marc, marcOf(published(record))] as const;
  });
  return FIELDS.map(({ field, sent, received, isKept = hasWords }) => {
    const having = pairs.filter(([source]) => sent(source).length > 0);
    const losses = having.map(([source, ours]) => {
      const texts = received(ours);
      return sent(source).filter((text) => !isKept(text, texts));
    });
    const keeping = losses.filter((lost) => lost.length === 0).length;
    const share = having.length === 0 ? 1 : keeping / having.length;
    process.stdout.write(`${what}, ${field}: ${keeping} of ${having.length} (${(share * 100).toFixed(2)} %)\n`);
    return { field, having: having.length, share, lost: losses.flat() };
  });
}

function hasWords(sent: string, received: readonly string[]): boolean {
  const words = new Set(received.flatMap(wordsOf));
  return wordsOf(sent).every((word) => words.has(word));
}

function unexplained(tables: ReturnType<typeof retention>, used: Set<unknown>): readonly string[] {
  return tables.flatMap(({ field, lost }) =>
    lost.filter((text) => {
      const exception = exceptions.find((each) => each.field === field && each.value.test(text));
      used.add(exception);
      return exception === undefined;
    }),
  );
}

test.skipIf(sharedFolder !== null)(SHARED_ABSENT, () => {});

describe.skipIf(sharedFolder === null)("marc21 → common record → marc21", () => {
  test("keeps 99 % of every field, and all that is lost is explained", async () => {
    const records = await collect(iso2709Records(createReadStream(HCMUT)));
    expect(records).toHaveLength(4_860);
    const library = retention(
      "HCMUT",
      records.map((bytes) => readIso2709(bytes).record),
    );
    const others = retention(
      "64 records of others",
      marcPairs().map(({ record }) => record),
    );
    for (const { field, having, share } of library) {
      expect(having > 4_000, field).toBe(!ABSENT_IN_HCMUT.includes(field));
      expect(share, field).toBeGreaterThanOrEqual(0.99);
    }
    for (const { field, having } of others) expect(having, field).toBeGreaterThan(10);
    const used = new Set<unknown>();
    expect(unexplained([...library, ...others], used)).toEqual([]);
    expect(
      exceptions.filter((exception) => !used.has(exception)),
      "exceptions that nothing shows any more",
    ).toEqual([]);
  });
});
