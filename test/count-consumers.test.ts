import { pino } from "pino";
import { request } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createRepositoryClient } from "../src/client/repository-client.ts";
import { readConfig } from "../src/config.ts";
import { countConsumers } from "../src/count-consumers.ts";
import type { AnsweredRequest } from "../src/http/observe-answers.ts";
import { type RunningService, serve } from "../src/main.ts";
import { createMetrics } from "../src/metrics/metrics.ts";
import { type OpenStore, openStore } from "../src/open-store.ts";
import { openDatabase } from "../src/store/database.ts";
import { addSource, publish, sampleRecord, sampleRecords } from "./provider/sample-feed.ts";
import { collect } from "./support/collect.ts";
import { createTestDatabase, type TestDatabase } from "./support/database.ts";
import { testServices } from "./support/services.ts";

const SECRET = "a secret that is long enough for the tokens";
const HEADERS = { "user-agent": "Kho/1.0 (+https://kho.example.vn)", from: "thuvien@kho.example.vn" };
let database: TestDatabase;
let services: RunningService[] = [];
let stores: OpenStore[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  const kho = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  const gone = sampleRecord(kho, 12, { deletedReason: "sweep", published: null, contentHash: null });
  await publish(database.db, kho, [...sampleRecords(kho, 1, 11), gone], new Date("2024-05-06T07:08:09Z"));
});
beforeEach(async () => {
  await database.pool.query("TRUNCATE consumer_day");
});
afterEach(async () => {
  await stop();
  for (const store of stores) await store.close();
  [services, stores] = [[], []];
});
afterAll(async () => await database.close());

const metrics = () => createMetrics(async () => []);

/** A server as `lienthong serve` starts it, with five records on a page. Gives its address. */
async function start(
  changes: { readonly feedDatabaseUrl?: string; readonly metrics?: ReturnType<typeof metrics> } = {},
) {
  const { metrics: counted = metrics(), ...settings } = changes;
  const config = {
    ...readConfig({}),
    ...{ databaseUrl: database.url, port: 0, scheduler: false, harvestWorkers: 0, pageSize: 5 },
    ...{ logLevel: "silent" as const, ...settings },
  };
  const store = await openStore(config);
  stores.push(store);
  const service = await serve(config, SECRET, store, testServices(store.db), counted);
  services.push(service);
  return service.url;
}

async function stop(): Promise<void> {
  for (const service of services.splice(0)) await service.stop();
}

async function get(url: string, headers: Record<string, string> = HEADERS): Promise<string> {
  return await (await request(url, { headers })).body.text();
}

/** Reads a list of the feed to its end. */
async function harvest(feed: string, list: string): Promise<void> {
  let next: string | undefined = list;
  while (next !== undefined) {
    const page = await get(`${feed}?verb=ListRecords&${next}`);
    const [, token] = /<resumptionToken[^>]*>([^<\s]+)</.exec(page) ?? [];
    next = token === undefined ? undefined : `resumptionToken=${encodeURIComponent(token)}`;
  }
}

type Row = Record<string, string | number>;

/** What was written down, without what is nothing. */
async function written(): Promise<readonly Row[]> {
  const { rows } = await database.pool.query<Row>(
    "SELECT * FROM consumer_day ORDER BY surface DESC, route, metadata_prefix, set_spec",
  );
  return rows.map((row) =>
    Object.fromEntries(Object.entries(row).filter(([name, value]) => name !== "day" && value !== 0 && value !== "")),
  );
}

const WHO = { network: "127.0.0.0/24", user_agent: HEADERS["user-agent"], contact: HEADERS.from, product: "Kho" };

describe("a server", () => {
  test("writes down at its end what a harvester took, in which format and set, and what went wrong", async () => {
    const feed = `${await start()}/oai`;
    await harvest(feed, "metadataPrefix=oai_dc");
    await harvest(feed, "metadataPrefix=oai_dc&set=inst:kho");
    await get(`${feed}?verb=ListRecords&metadataPrefix=oai_dc&from=2024-05-07`);
    await get(`${feed}?verb=ListIdentifiers&metadataPrefix=marc21`);
    await get(
      `${feed}?verb=GetRecord&metadataPrefix=cr&identifier=${sampleRecord({ code: "kho" } as never, 1).oaiIdentifier}`,
    );
    await get(`${feed}?verb=ListRecords&metadataPrefix=none&set=${"x".repeat(100)}`);
    await get(`${feed}?verb=<script>`);
    expect(await written()).toEqual([]);
    await stop();
    const rows = await written();
    const asked = { surface: "feed", ...WHO, bytes: expect.any(Number) };
    expect(rows).toEqual([
      { ...asked, requests: 1, wrong: 1 },
      { ...asked, route: "GetRecord", metadata_prefix: "cr", requests: 1, records: 1 },
      { ...asked, route: "ListIdentifiers", metadata_prefix: "marc21", requests: 1 },
      { ...asked, route: "ListRecords", requests: 2, empty: 1, wrong: 1 },
      { ...asked, route: "ListRecords", metadata_prefix: "oai_dc", requests: 3, records: 12, lists: 1 },
      {
        ...asked,
        route: "ListRecords",
        metadata_prefix: "oai_dc",
        set_spec: "inst:kho",
        requests: 3,
        records: 12,
        lists: 1,
      },
    ]);
  });

  test("does the same for the JSON API, whose addresses are those that there are", async () => {
    const api = `${await start()}/api/v1`;
    await get(`${api}/records?limit=10&set=inst:kho`);
    await get(`${api}/changes?since=2020-01-01`);
    await get(`${api}/records/${encodeURIComponent(sampleRecord({ code: "kho" } as never, 1).oaiIdentifier)}`);
    await get(`${api}/records?limit=x&set=none`);
    await get(`${api}/nothing/of/that/name`);
    await (await request(`${api}/sets`, { method: "OPTIONS", headers: HEADERS })).body.dump();
    const etag = (await request(`${api}/sets`, { headers: HEADERS })).headers.etag;
    await get(`${api}/sets`, { ...HEADERS, "if-none-match": String(etag) });
    await stop();
    const asked = { surface: "api", ...WHO, bytes: expect.any(Number) };
    expect(await written()).toEqual([
      { ...asked, requests: 1, wrong: 1 },
      { ...asked, route: "/changes", requests: 1, records: 12, lists: 1 },
      { ...asked, route: "/records", requests: 1, wrong: 1 },
      { ...asked, route: "/records", set_spec: "inst:kho", requests: 1, records: 10 },
      { ...asked, route: "/records/{identifier}", requests: 1, records: 1 },
      { ...asked, route: "/sets", requests: 2, unchanged: 1 },
      { surface: "api", ...WHO, route: "preflight", requests: 1 },
    ]);
  });

  test("adds to what others have written", async () => {
    const [first, second] = [await start(), await start()];
    await harvest(`${first}/oai`, "metadataPrefix=oai_dc");
    await harvest(`${second}/oai`, "metadataPrefix=oai_dc");
    await stop();
    expect(await written()).toMatchObject([{ requests: 6, records: 24, lists: 2 }]);
  });

  test("that reads the feed from a replica writes to the primary", async () => {
    // what is written there fails, as on a replica
    const readOnly = `${database.url}?options=-c%20default_transaction_read_only%3Don`;
    await harvest(`${await start({ feedDatabaseUrl: readOnly })}/oai`, "metadataPrefix=oai_dc");
    await stop();
    expect(await written()).toMatchObject([{ requests: 3, records: 12 }]);
  });

  test("tells Prometheus what became of requests, and not whose they were", async () => {
    const counted = metrics();
    const url = await start({ metrics: counted });
    await harvest(`${url}/oai`, "metadataPrefix=oai_dc");
    await get(`${url}/oai?verb=none`, { "user-agent": 'evil"} 1 x' });
    await get(`${url}/api/v1/none`);
    await stop();
    const { text } = await counted.render();
    expect(text).toContain('lienthong_answers_total{surface="feed",outcome="answered"} 3\n');
    expect(text).toContain('lienthong_answers_total{surface="feed",outcome="wrong"} 1\n');
    expect(text).toContain('lienthong_answers_total{surface="api",outcome="wrong"} 1\n');
    expect(text).toContain('lienthong_answers_total{surface="api",outcome="busy"} 0\n');
    expect(text).not.toContain("evil");
  });

  test("knows our own harvester by its name", async () => {
    const feed = `${await start()}/oai`;
    const { http } = testServices(database.db, { userAgent: "lienthong/9 (+https://x.example)", from: "a@x.example" });
    await collect(createRepositoryClient(http, feed).listRecords({ metadataPrefix: "oai_dc" }));
    await http.close();
    await stop();
    expect(await written()).toMatchObject([{ product: "lienthong", contact: "a@x.example", records: 12, lists: 1 }]);
  });
});

describe("what cannot be written down", () => {
  const asked: AnsweredRequest = {
    ...{ surface: "feed", network: "", userAgent: "Kho/1.0", contact: "", route: "ListRecords", outcome: "answered" },
    ...{ metadataPrefix: "", setSpec: "", records: 1, bytes: 1, lastPage: false },
  };

  function counting(db = database.db) {
    const lines: { readonly level: number; readonly msg: string }[] = [];
    const log = pino({}, { write: (line: string) => lines.push(JSON.parse(line)) });
    return { ...countConsumers(db, log), lines };
  }

  test("is kept, and written once when the database is back", async () => {
    const { observe, write, stop: end, lines } = counting();
    observe(asked);
    await database.pool.query("ALTER TABLE consumer_day RENAME TO away");
    for (let minute = 0; minute < 5; minute++) {
      await write();
      observe(asked);
    }
    await database.pool.query("ALTER TABLE away RENAME TO consumer_day");
    await Promise.all([write(), write()]);
    await end();
    expect(await written()).toMatchObject([{ requests: 6, records: 6, bytes: 6 }]);
    // somebody has to look when it lasts
    expect(lines.map(({ level }) => level)).toEqual([40, 40, 40, 40, 50]);
  });

  test("is lost at the end of the process, which says so", async () => {
    const nowhere = openDatabase("postgres://nobody@127.0.0.1:1/nothing");
    const { observe, stop: end, lines } = counting(nowhere);
    observe(asked);
    await end();
    await nowhere.destroy();
    expect(lines.at(-1)).toMatchObject({
      level: 50,
      msg: "consumers that could not be written down are lost",
      entries: 1,
    });
  });
});
