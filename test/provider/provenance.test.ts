import { afterAll, beforeAll, expect, test } from "vitest";
import type { Origin } from "../../src/oai/types.ts";
import type { Provider } from "../../src/provider/provider.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import { addSource, publish, type SampleSource, sampleProvider, sampleRecord } from "./sample-feed.ts";

const FIRST = new Date("2024-01-02T03:04:05Z");
const LATER = new Date("2024-05-06T07:08:09Z");
const STATION: Origin = {
  baseUrl: "https://ai:mật-khẩu@a.vn/oai",
  identifier: "oai:a.vn:số 1",
  datestamp: "2019-01-02 03:04:05",
  metadataNamespace: "urn:a",
  harvestDate: "2019-02-02T00:00:00Z",
  altered: false,
};
const BEFORE: Origin = { ...STATION, baseUrl: "http://b.vn/oai", identifier: "oai:b.vn:1", altered: true };
let database: TestDatabase;
let provider: Provider;
let source: SampleSource;

beforeAll(async () => {
  database = await createTestDatabase();
  provider = sampleProvider(database.db);
  source = await addSource(database.db, "gom", "https://gom.example.edu.vn/oai");
  await publish(
    database.db,
    source,
    [
      sampleRecord(source, 1, { origins: [STATION, BEFORE] }),
      sampleRecord(source, 2, { origins: [STATION, { ...BEFORE, harvestDate: "hôm qua" }] }),
      sampleRecord(source, 3),
    ],
    FIRST,
  );
});

afterAll(async () => await database.close());

/** The stations of a record in the feed, ours first. */
async function stations(number: number): Promise<readonly XmlElement[]> {
  const { oaiIdentifier } = sampleRecord(source, number);
  const xml = await provider.answer(`verb=GetRecord&metadataPrefix=oai_dc&identifier=${oaiIdentifier}`);
  if (schemasPresent) expect(await schemaComplaints(xml)).toEqual([]);
  const found: XmlElement[] = [];
  let inner = parseXml(xml).child("GetRecord")?.child("record")?.child("about")?.child("provenance") ?? null;
  for (inner = inner?.child("originDescription") ?? null; inner !== null; inner = inner.child("originDescription"))
    found.push(inner);
  return found;
}

// OAI-PMH guidelines, provenance: "the originDescription of the harvested record is nested inside the new one"
test("a record that was harvested before tells the whole way, ours first", async () => {
  const chain = await stations(1);
  expect(chain.map((station) => station.child("identifier")?.text)).toEqual([
    "oai:gom.example.edu.vn:1",
    "oai:a.vn:s%E1%BB%91%201",
    "oai:b.vn:1",
  ]);
  expect(chain.map((station) => station.attribute("altered"))).toEqual(["true", "false", "true"]);
  expect(chain.map((station) => station.child("baseURL")?.text)).toEqual([
    "https://gom.example.edu.vn/oai",
    "https://a.vn/oai",
    "http://b.vn/oai",
  ]);
  expect(chain[1]?.child("datestamp")?.text).toBe("2019-01-02T03:04:05Z");
});

test("the way ends before a station whose dates cannot be read", async () => {
  expect(await stations(2)).toHaveLength(2);
  expect(await stations(3)).toHaveLength(1);
});

test("the way changes with the record, and not without it", async () => {
  const own = await addSource(database.db, "rieng", "https://rieng.example.edu.vn/oai");
  const told = async () => {
    const query = database.db.selectFrom("record").select("origins").where("repository_id", "=", own.repositoryId);
    return (await query.executeTakeFirstOrThrow()).origins;
  };
  await publish(database.db, own, [sampleRecord(own, 1, { origins: [STATION] })], FIRST);
  await publish(database.db, own, [sampleRecord(own, 1, { origins: [BEFORE] })], LATER);
  expect(await told()).toEqual([STATION]);
  await publish(database.db, own, [sampleRecord(own, 1, { origins: [BEFORE], title: "Mới" })], LATER);
  expect(await told()).toEqual([BEFORE]);
});
