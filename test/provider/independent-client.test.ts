import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outgoingCrosswalks } from "../../mappings/index.ts";
import { oaiRoutes } from "../../src/http/oai-routes.ts";
import { createServer } from "../../src/http/server.ts";
import { createProvider } from "../../src/provider/provider.ts";
import { readHorizon } from "../../src/store/fence.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { harvestWithPerl, hasPerlHarvester, PERL_HARVESTER_ABSENT } from "../support/perl-harvester.ts";
import { addSource, DOMAIN, publish, SECRET, sampleRecord, sampleRecords } from "./sample-feed.ts";

const EARLIER = new Date("2024-05-06T07:08:09Z");
const LATER = new Date("2025-01-02T03:04:05Z");
/** It reads every record of any format alike. */
const FORMATS = ["oai_dc", "marc21"];

let database: TestDatabase;
let server: FastifyInstance;
let baseUrl = "";

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  const [one, two] = [
    await addSource(db, "mot", "https://mot.vn/oai"),
    await addSource(db, "hai", "https://hai.vn/oai"),
  ];
  await publish(db, one, sampleRecords(one, 1, 130), EARLIER);
  await publish(db, two, sampleRecords(two, 201, 240), LATER);
  const tombstone = { deletedReason: "source-header", published: null, contentHash: null } as const;
  await publish(
    db,
    two,
    [300, 301, 302].map((recordId) => sampleRecord(two, recordId, tombstone)),
    LATER,
  );
  server = createServer({ logger: pino({ level: "silent" }) });
  const provider = createProvider({
    db,
    horizon: () => readHorizon(db),
    baseUrl: "https://feed.example.vn/oai",
    domain: DOMAIN,
    repositoryName: "Liên thông",
    adminEmails: ["admin@lienthong.example"],
    pageSize: 20,
    tokenSecret: SECRET,
    formats: outgoingCrosswalks,
    productVersion: "1.2.3",
  });
  await server.register(oaiRoutes(provider.answerWithTag, { answersAtOnce: 8, requestsPerMinute: 0 }));
  baseUrl = `${await server.listen({ port: 0, host: "127.0.0.1" })}/oai`;
});

afterAll(async () => {
  await server.close();
  await database.close();
});

/** What the database holds, written as the client writes what it got. */
async function stored(where: ReturnType<typeof sql> = sql`true`): Promise<readonly string[]> {
  const { rows } = await sql<{ line: string }>`
    SELECT concat_ws(E'\\t', oai_identifier, to_char(stamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
      CASE WHEN deleted THEN E'deleted\\tnone' ELSE E'live\\tmetadata' END) AS line
    FROM record WHERE ${where}`.execute(database.db);
  return rows.map(({ line }) => line).sort();
}

test.skipIf(hasPerlHarvester)(PERL_HARVESTER_ABSENT, () => {});

describe.skipIf(!hasPerlHarvester)("an independent client gets what the database holds", () => {
  test.each(FORMATS)("in %s: the same identifiers, datestamps and deletions", async (metadataPrefix) => {
    const harvested = await harvestWithPerl(baseUrl, { metadataPrefix });
    expect(harvested).toHaveLength(173);
    expect(harvested.toSorted()).toEqual(await stored());
  });

  test("of a set", async () => {
    const harvested = await harvestWithPerl(baseUrl, { metadataPrefix: "oai_dc", set: "inst:hai" });
    expect(harvested.toSorted()).toEqual(await stored(sql`'inst:hai' = ANY (set_specs)`));
  });

  test.each([
    ["from", { from: "2024-05-07" }, sql`stamp >= '2024-05-07T00:00:00Z'`],
    ["until", { until: "2024-05-06T07:08:09Z" }, sql`stamp <= '2024-05-06T07:08:09Z'`],
  ])("%s a date", async (_what, range, where) => {
    const harvested = await harvestWithPerl(baseUrl, { metadataPrefix: "oai_dc", ...range });
    expect(harvested.toSorted()).toEqual(await stored(where));
  });
});
