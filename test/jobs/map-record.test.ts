import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { incomingNamed } from "../../mappings/index.ts";
import { readRecord, type SourceRecord } from "../../src/client/records.ts";
import { type MappingRun, mapRecord } from "../../src/jobs/map-record.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;
let run: MappingRun;

beforeAll(async () => {
  database = await createTestDatabase();
  const row = { code: "kho", name: "Kho", base_url: "https://kho.example.edu.vn/oai", set_spec: "luanvan" };
  const repository = await addRepository(database.db, row);
  const crosswalk = incomingNamed("oai-dc");
  if (crosswalk === null) throw new Error("there is no crosswalk oai-dc");
  run = { repository, crosswalk, domain: "lienthong.example", namespace: "urn:x", querySets: [] };
});

afterAll(async () => {
  await database.close();
});

function deletedRecord(...setSpecs: readonly string[]): SourceRecord & { readonly rawHash: Buffer } {
  const sets = setSpecs.map((setSpec) => `<setSpec>${setSpec}</setSpec>`).join("");
  const header = `<identifier>oai:kho:1</identifier><datestamp>2024-05-01</datestamp>${sets}`;
  const record = readRecord(`<record><header status="deleted">${header}</header></record>`);
  if (!("header" in record)) throw new Error(record.reason);
  return { ...record, rawHash: Buffer.alloc(32) };
}

test("a record carries its score beside its published form, which does not say it", () => {
  const metadata = `<dc:dc xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Số đỏ</dc:title></dc:dc>`;
  const header = "<header><identifier>oai:kho:2</identifier><datestamp>2024-05-01</datestamp></header>";
  const sent = readRecord(`<record>${header}<metadata>${metadata}</metadata></record>`);
  if (!("header" in sent)) throw new Error(sent.reason);
  const { record } = mapRecord(run, { ...sent, rawHash: Buffer.alloc(32) });
  // title and sound text of 5 M, 7 MA and 1 R: 8 of 47 (docs/quality.md), for a language that was guessed is none that
  // the record says; bit 0 is that of the title, bit 2 that of the date
  expect(record?.quality?.score).toBe(17);
  expect((record?.quality?.missed ?? 0) & 0b101).toBe(0b100);
  expect(Object.keys(record?.published ?? {})).toEqual(["identifier", "titles", "languages"]);
});

// OAI-PMH 2.0 §2.6: a set holds the records of its subsets
describe("of a repository of which one set is harvested, a record", () => {
  const codesOf = (...setSpecs: readonly string[]) =>
    mapRecord(run, deletedRecord(...setSpecs)).issues.map(({ code, value }) => [code, value]);

  test.each([
    ["that is in the set", ["khac", "luanvan"]],
    ["that is in a subset", ["luanvan:2024"]],
    ["that names no set", []],
  ])("%s is taken as it is", (_, setSpecs) => {
    expect(codesOf(...setSpecs)).toEqual([]);
  });

  test.each([
    ["that is in others only", ["khac", "baibao"], "khac, baibao"],
    ["whose set only begins alike", ["luanvan2"], "luanvan2"],
  ])("%s is taken and flagged", (_, setSpecs, value) => {
    expect(codesOf(...setSpecs)).toEqual([["outside-set", value]]);
  });
});
