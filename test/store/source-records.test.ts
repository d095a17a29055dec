import { afterAll, beforeAll, expect, test } from "vitest";
import { rawDigest } from "../../src/record/digest.ts";
import { findSourceRecord, findUnchanged, saveSourceRecords } from "../../src/store/source-records.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});

function sourceRecord(identifier: string, raw: string) {
  const facts = { datestamp: "2026-01-01", setSpecs: ["col_1", "a:b"], metadataNamespace: "urn:x", crosswalk: "x@1" };
  return { identifier, raw, rawHash: rawDigest(raw), deleted: false, ...facts };
}

async function save(repositoryId: number, runId: number, identifier: string, raw: string) {
  const records = [sourceRecord(identifier, raw)];
  return await database.db.transaction().execute((trx) => saveSourceRecords(trx, repositoryId, runId, records));
}

test.each([
  ["decomposed Vietnamese", "Tie\u0302\u0301ng Vie\u0323\u0302t, \u0110a\u0323i ho\u0323c"],
  ["composed Vietnamese", "Tiếng Việt, Đại học"],
  ["chữ Nôm beyond the BMP", "𡨸喃 \u{20026}\u{2A6D6}"],
  ["emoji with joiners and variation selectors", "👩‍👩‍👧 ❤\ufe0f"],
  [
    "control, format and private characters",
    "\u0001\u001f\u007f\u0085\u200b\u200e\u2028\ufeff\ue000\ufffd\ufffe\uffff",
  ],
  ["line ends of every kind", "a\r\nb\nc\rd\t"],
  ["quotes, backslashes and what looks like SQL", `'"\\ \\x00 $1 $$ '); DROP TABLE record; -- %s {}`],
  ["nothing", ""],
  ["spaces around", "  x  "],
  ["a megabyte", `<record>${"Nguyễn Thị Ánh 𡨸 ".repeat(60_000)}</record>`],
])("what was sent is kept to the byte: %s", async (name, raw) => {
  await save(1, 1, name, raw);
  const stored = await findSourceRecord(database.db, 1, name);
  expect(stored?.raw === raw).toBe(true);
  expect(Buffer.from(stored?.raw ?? "").equals(Buffer.from(raw))).toBe(true);
  expect(stored?.raw_hash.equals(rawDigest(raw))).toBe(true);
});

test("what a header said is kept as said", async () => {
  await save(2, 7, "oai:x:1", "<record/>");
  expect(await findSourceRecord(database.db, 2, "oai:x:1")).toMatchObject({
    datestamp: "2026-01-01",
    set_specs: ["col_1", "a:b"],
    metadata_namespace: "urn:x",
    deleted: false,
    crosswalk: "x@1",
    first_run_id: 7,
    changed_run_id: 7,
  });
});

test("a changed record keeps its number and its first run, and says in which run it changed", async () => {
  const [first] = await save(3, 1, "a", "<one/>");
  const [second] = await save(3, 2, "a", "<two/>");
  expect(first?.added).toBe(true);
  expect(second).toEqual({ identifier: "a", recordId: first?.recordId, added: false });
  expect(await findSourceRecord(database.db, 3, "a")).toMatchObject({
    raw: "<two/>",
    first_run_id: 1,
    changed_run_id: 2,
  });
});

test("a record is unchanged where repository, identifier and bytes are the same, and nowhere else", async () => {
  const numbers = new Map<string, number | undefined>();
  for (const identifier of ["same", "changed", "oai:'x'"]) {
    numbers.set(identifier, (await save(4, 1, identifier, "<one/>"))[0]?.recordId);
  }
  await save(5, 1, "elsewhere", "<one/>");
  const asked = [
    { identifier: "same", rawHash: rawDigest("<one/>") },
    { identifier: "oai:'x'", rawHash: rawDigest("<one/>") },
    { identifier: "changed", rawHash: rawDigest("<two/>") },
    { identifier: "elsewhere", rawHash: rawDigest("<one/>") },
    { identifier: "new", rawHash: rawDigest("<one/>") },
  ];
  expect(await findUnchanged(database.db, 4, asked)).toEqual(
    new Map(["same", "oai:'x'"].map((identifier) => [identifier, numbers.get(identifier)])),
  );
  expect(await findUnchanged(database.db, 4, [])).toEqual(new Map());
});

test("identifiers are compared to the byte: case, spaces and Unicode forms make another record", async () => {
  const identifiers = ["oai:x:a", "oai:x:A", "oai:x:a ", "oai:x:\u1ebf", "oai:x:e\u0302\u0301"];
  for (const identifier of identifiers) expect((await save(6, 1, identifier, "<x/>"))[0]?.added).toBe(true);
  for (const identifier of identifiers) expect((await save(6, 2, identifier, "<y/>"))[0]?.added).toBe(false);
});

test("an identifier that comes twice in one call is refused, and nothing is stored", async () => {
  const twice = [sourceRecord("a", "<one/>"), sourceRecord("a", "<two/>")];
  const saved = database.db.transaction().execute((trx) => saveSourceRecords(trx, 8, 1, twice));
  await expect(saved).rejects.toThrow(/cannot affect row a second time/);
  expect(await findSourceRecord(database.db, 8, "a")).toBeNull();
});
