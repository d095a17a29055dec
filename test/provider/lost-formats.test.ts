import { afterAll, beforeAll, expect, test } from "vitest";
import { etdmsOut } from "../../mappings/outgoing/etdms/crosswalk.ts";
import type { Provider } from "../../src/provider/provider.ts";
import type { StoredRecord } from "../../src/record/common-record.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import {
  addSource,
  errorCodeOf,
  FORMATS,
  identifiersOf,
  publish,
  type SampleSource,
  sampleProvider,
  sampleRecord,
  textsOf,
} from "./sample-feed.ts";

const THESIS: StoredRecord = {
  titles: [{ value: "Luận án", type: "main" }],
  creators: [{ name: "Nguyễn Văn A", nameType: "personal" }],
  issued: { value: "2021", raw: "2021", precision: "year" },
  thesis: { level: "doctoral", grantor: { name: "Đại học X" } },
};
const { thesis: _, ...REPORT } = THESIS;
const [FIRST, SECOND, THIRD] = [3, 2, 1].map(
  (hours) => new Date(Math.floor(Date.now() / 1000) * 1000 - hours * 3_600_000),
);
let database: TestDatabase;
let source: SampleSource;
let other: SampleSource;
let provider: Provider;

beforeAll(async () => {
  database = await createTestDatabase();
  provider = sampleProvider(database.db, { formats: [...FORMATS, etdmsOut] });
  source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  other = await addSource(database.db, "khac", "https://khac.example.edu.vn/oai");
  await put(source, FIRST, [1, THESIS], [2, REPORT], [3, THESIS]);
  await put(source, SECOND, [1, REPORT]);
});

afterAll(async () => await database.close());

async function put(to: SampleSource, stamp: Date | undefined, ...records: (readonly [number, StoredRecord])[]) {
  const rows = records.map(([number, published]) =>
    sampleRecord(to, number, { published, contentHash: Buffer.from(JSON.stringify(published)) }),
  );
  await publish(database.db, to, rows, stamp);
}

/** The numbers of the records in a list of one repository, with a cross before what is deleted there. */
async function list(query: string, { code } = source): Promise<readonly string[]> {
  const xml = await provider.answer(`verb=ListIdentifiers&set=inst:${code}&${query}`);
  const headers = [...xml.matchAll(/<header( status="deleted")?><identifier>[^<]*:(\d+)<\/identifier>/g)];
  return headers.map(([, deleted, number]) => `${deleted === undefined ? "" : "†"}${number}`);
}

async function ask(verb: string, of: SampleSource, number: number): Promise<string> {
  return await provider.answer(`verb=${verb}&identifier=${sampleRecord(of, number).oaiIdentifier}`);
}

// OAI-PMH 2.0 §2.5.1: the deleted status is that of a record, which is an item in one format
test("a record that a format cannot give any more is deleted there, and nowhere else", async () => {
  expect(await list("metadataPrefix=etdms")).toEqual(["3", "†1"]);
  expect(await list(`metadataPrefix=etdms&from=${SECOND?.toISOString().replace(".000", "")}`)).toEqual(["†1"]);
  expect(await list("metadataPrefix=oai_dc")).toEqual(["2", "3", "1"]);
  const whole = await provider.answer("verb=ListRecords&metadataPrefix=etdms&until=2100-01-01");
  expect(whole).toMatch(/<header status="deleted"><identifier>[^<]*kho[^<]*:1</);
  const records = await provider.answer("verb=ListRecords&metadataPrefix=etdms&set=inst:kho");
  expect([identifiersOf(records).length, records.match(/<metadata>/g)?.length]).toEqual([2, 1]);
});

test("one by one it is deleted too, and has the format as before", async () => {
  const gone = await ask("GetRecord&metadataPrefix=etdms", source, 1);
  expect(gone).toContain('<header status="deleted">');
  expect(gone).not.toContain("<metadata>");
  expect(textsOf(await ask("ListMetadataFormats", source, 1), "metadataPrefix")).toContain("etdms");
  expect(await ask("GetRecord&metadataPrefix=oai_dc", source, 1)).toContain("<metadata>");
});

test("a record that the format never had is not there at all", async () => {
  expect(errorCodeOf(await ask("GetRecord&metadataPrefix=etdms", source, 2))).toBe("cannotDisseminateFormat");
  expect(textsOf(await ask("ListMetadataFormats", source, 2), "metadataPrefix")).not.toContain("etdms");
});

test("it stays deleted while other things of it change, and comes back with what it had lost", async () => {
  await put(other, FIRST, [1, THESIS]);
  await put(other, SECOND, [1, REPORT]);
  await put(other, THIRD, [1, { ...REPORT, languages: ["vie"] }]);
  expect(await list("metadataPrefix=etdms", other)).toEqual(["†1"]);
  await put(other, THIRD, [1, { ...THESIS, languages: ["vie"] }]);
  expect(await list("metadataPrefix=etdms", other)).toEqual(["1"]);
  expect(await ask("GetRecord&metadataPrefix=etdms", other, 1)).toContain("<metadata>");
});
