import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import { addSource, DOMAIN, publish, sampleProvider, sampleRecords, tokenOf } from "./sample-feed.ts";

let database: TestDatabase;
let token = "";

beforeAll(async () => {
  database = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  await publish(database.db, source, sampleRecords(source, 1, 12), new Date("2024-05-06T07:08:09Z"));
  token = tokenOf(await sampleProvider(database.db).answer("verb=ListRecords&metadataPrefix=oai_dc")) ?? "";
});

afterAll(async () => await database.close());

const NAMES = ["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"];
const VALUES = [
  "Identify",
  "ListMetadataFormats",
  "ListSets",
  "ListIdentifiers",
  "ListRecords",
  "GetRecord",
  "oai_dc",
  "inst:kho",
  `oai:${DOMAIN}:kho/kho.example.edu.vn:1`,
  "2024-05-06",
  "2024-05-06T07:08:09Z",
  "9999-12-31",
  "0000-01-01",
  "-",
  "",
  "%",
  "%00",
  "%ED%A0%80",
  "%F4%90%80%80",
  "%EF%BF%BE",
  "\ud800",
  "\u0000",
  `"><script>&amp;]]>`,
  "A".repeat(100_000),
  "%22".repeat(30_000),
];

const names = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...NAMES) }, fc.string({ unit: "binary" }));
const values = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...VALUES) },
  { weight: 1, arbitrary: fc.constant("TOKEN") },
  fc.string({ unit: "binary" }),
  fc.string({ unit: "binary" }).map((text) => encodeURIComponent(Buffer.from(text).toString())),
);
const pairs = fc.array(
  fc.tuple(names, values).map(([name, value]) => `${name}=${value}`),
  { maxLength: 5 },
);
/** Half of them begin as real requests do, so that more than the verb is read. */
const queries = fc.oneof(
  pairs.map((parts) => parts.join("&")),
  fc.tuple(fc.constantFrom(...VALUES.slice(0, 6)), pairs).map(([verb, parts]) => [`verb=${verb}`, ...parts].join("&")),
  fc.string({ unit: "binary" }),
);

test.skipIf(!schemasPresent)("whatever is asked, the answer is valid and nothing is thrown", async () => {
  const provider = sampleProvider(database.db);
  await fc.assert(
    fc.asyncProperty(queries, async (query) => {
      const xml = await provider.answer(query.replaceAll("TOKEN", token));
      expect(await schemaComplaints(xml)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});
