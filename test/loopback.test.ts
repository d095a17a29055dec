import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRepositoryClient, type RepositoryClient } from "../src/client/repository-client.ts";
import { readConfig } from "../src/config.ts";
import { sampleRepositories } from "../src/demo/sample-repositories.ts";
import type { SampleRepository } from "../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../src/demo/sample-server.ts";
import { harvestRepository } from "../src/jobs/harvest-repository.ts";
import type { Services } from "../src/jobs/services.ts";
import { type RunningService, serve } from "../src/main.ts";
import { formatDatestamp } from "../src/oai/datestamp.ts";
import { type OpenStore, openStore } from "../src/open-store.ts";
import type { Db } from "../src/store/database.ts";
import { readHorizon } from "../src/store/fence.ts";
import { addRepository } from "../src/store/repositories.ts";
import { judgeBy, type OpenApi } from "./api/description.ts";
import type { RecordPage } from "./api/sample-api.ts";
import { collect } from "./support/collect.ts";
import { createTestDatabase, type TestDatabase } from "./support/database.ts";
import { testServices } from "./support/services.ts";

/** A record of the feed as far as its header tells. */
interface FeedHeader {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly setSpecs: readonly string[];
}

const samples = sampleRepositories();
let database: TestDatabase;
let store: OpenStore;
let services: Services;
let server: SampleServer;
let service: RunningService;
let client: RepositoryClient;
const repositoryIds = new Map<SampleRepository, number>();

beforeAll(async () => {
  database = await createTestDatabase();
  const config = {
    ...readConfig({}),
    databaseUrl: database.url,
    port: 0,
    scheduler: false,
    harvestWorkers: 0,
    logLevel: "silent" as const,
  };
  store = await openStore(config);
  services = testServices(store.db);
  server = await startSampleServer(samples);
  for (const [index, sample] of samples.entries()) {
    const row = { code: `mau-${index + 1}`, name: sample.name, base_url: server.baseUrl(sample) };
    repositoryIds.set(sample, (await addRepository(store.db, row)).repository_id);
    await harvestSample(sample);
  }
  await feedHasEverything(store.db);
  service = await serve(config, "a secret that is long enough for the tokens", store, services);
  client = createRepositoryClient(services.http, `${service.url}/oai`);
});

afterAll(async () => {
  await service.stop();
  await services.http.close();
  await server.close();
  await store.close();
  await database.close();
});

describe("our own client at our own provider", () => {
  test.each(["oai_dc", "marc21", "cr"])("gets exactly what is stored, as %s", async (metadataPrefix) => {
    const pages = await collect(client.listRecords({ metadataPrefix }));
    const received = pages.flatMap((page) => page.items);
    const headers = received.map((item) => ("header" in item ? item.header : { unreadable: item.reason }));
    expect(headers).toEqual(await storedHeaders(store.db));
    for (const item of received) if ("header" in item && !item.header.deleted) expect(item.raw).toContain("<metadata>");
  });

  test("is told the truth about the size of the list", async () => {
    const pages = await collect(client.listIdentifiers({ metadataPrefix: "oai_dc" }));
    const total = (await storedHeaders(store.db)).length;
    expect(pages.length).toBeGreaterThan(2);
    expect(pages.map(({ resumption }) => resumption.completeListSize)).toEqual(pages.map(() => total));
    expect(pages.map(({ resumption }) => resumption.cursor)).toEqual(pages.map((_, index) => index * 100));
  });

  test("gets each set, and those of the repositories together are the whole", async () => {
    const sets = (await collect(client.listSets())).flatMap((page) => page.items);
    const stored = await storedHeaders(store.db);
    let listed = 0;
    for (const { setSpec } of sets) {
      const pages = await collect(client.listIdentifiers({ metadataPrefix: "oai_dc", set: setSpec }));
      const headers = pages.flatMap((page) => page.items);
      expect(headers).toEqual(stored.filter(({ setSpecs }) => setSpecs.includes(setSpec)));
      if (setSpec.startsWith("inst:")) listed += headers.length;
    }
    expect(listed).toBe(stored.length);
  });

  test("harvests it into another store: as many live records, as many deleted ones, and then only what is new", async () => {
    const mirror = await createTestDatabase();
    const mirrorServices = testServices(mirror.db);
    const row = { code: "guong", name: "Gương", base_url: `${service.url}/oai` };
    const { repository_id } = await addRepository(mirror.db, row);
    const first = await harvestRepository(mirrorServices, repository_id, { trigger: "person", full: false });
    expect(first.outcome).toBe("complete");
    expect(await liveAndDeleted(mirror.db)).toEqual(await liveAndDeleted(store.db));
    // where the first store had its records from stands in the provenance that it serves
    expect(await originsOf(mirror.db)).toEqual(await sourcesOf(store.db));

    const changed = await changeSample();
    const second = await harvestRepository(mirrorServices, repository_id, { trigger: "person", full: false });
    expect(second.outcome).toBe("complete");
    expect(second.run.added + second.run.changed).toBe(changed.length);
    expect(await liveAndDeleted(mirror.db)).toEqual(await liveAndDeleted(store.db));
    await mirrorServices.http.close();
    await mirror.close();
  });

  test("asks incrementally from our responseDate and gets what has changed since", async () => {
    const { identity } = await client.identify();
    const changed = await changeSample();
    const pages = await collect(client.listIdentifiers({ metadataPrefix: "oai_dc", from: identity.responseDate }));
    const headers = pages.flatMap((page) => page.items);
    const since = (await storedHeaders(store.db)).filter(({ datestamp }) => datestamp >= (identity.responseDate ?? ""));
    expect(headers).toEqual(since);
    expect(headers.map(({ identifier }) => identifier)).toEqual(expect.arrayContaining([...changed]));
  });
});

test("the JSON API of the same service has the same records, each as its OpenAPI document says", async () => {
  const api = `${service.url}/api/v1`;
  const judge = judgeBy((await (await fetch(`${api}/openapi.json`)).json()) as OpenApi);
  const headers: FeedHeader[] = [];
  for (let next: string | null = `${api}/records?limit=150`; next !== null; ) {
    const answer: Response = await fetch(next);
    const body = (await answer.json()) as RecordPage;
    const type = answer.headers.get("content-type") ?? "";
    expect(judge({ path: "/records", status: answer.status, type, body })).toEqual([]);
    for (const { identifier, datestamp, sets, deleted } of body.records)
      headers.push({ identifier, datestamp, setSpecs: sets, deleted });
    next = body.next;
  }
  expect(headers).toEqual(await storedHeaders(store.db));
});

/** Gives the first repository one new title and one deletion; returns the identifiers under which we serve the two. */
async function changeSample(): Promise<readonly string[]> {
  const [sample] = samples;
  if (sample === undefined) throw new Error("there are no samples");
  const live = sample.items.filter(({ deleted }) => !deleted);
  const round = changeRounds++;
  const [renamed, withdrawn] = [live[2 * round], live[2 * round + 1]];
  const datestamp = formatDatestamp(new Date(), "second");
  const before = new Map((await storedHeaders(store.db)).map((header) => [header.identifier, header.datestamp]));
  changedItems = (changedItems.length === 0 ? sample.items : changedItems).map((item) => {
    if (item === withdrawn) return { ...item, datestamp, deleted: true, metadata: {} };
    if (item !== renamed) return item;
    const oaiDc = (item.metadata.oai_dc ?? "").replace(/<dc:title>/, `<dc:title>Bản sửa ${round}: `);
    return { ...item, datestamp, metadata: { ...item.metadata, oai_dc: oaiDc } };
  });
  server.replaceItems(sample, changedItems);
  await harvestSample(sample);
  await feedHasEverything(store.db);
  const after = await storedHeaders(store.db);
  return after.filter(({ identifier, datestamp: stamp }) => before.get(identifier) !== stamp).map((h) => h.identifier);
}

async function originsOf(db: Db): Promise<readonly string[]> {
  const { rows } = await sql<{ origin: string }>`
    SELECT origins #>> '{0,identifier}' AS origin FROM record WHERE NOT deleted AND jsonb_array_length(origins) = 1`.execute(
    db,
  );
  return rows.map(({ origin }) => origin).sort();
}

async function sourcesOf(db: Db): Promise<readonly string[]> {
  const live = await db.selectFrom("record").select("source_identifier").where("deleted", "=", false).execute();
  return live.map((row) => row.source_identifier).sort();
}

let changeRounds = 0;
let changedItems: SampleRepository["items"] = [];

async function harvestSample(sample: SampleRepository): Promise<void> {
  const { outcome, run } = await harvestRepository(services, repositoryIds.get(sample) ?? 0, {
    trigger: "person",
    full: false,
  });
  expect(outcome, run.failure ?? "").toBe("complete");
}

/** The fence stamps ahead of the clock; the feed is whole once the horizon has passed the last stamp. */
async function feedHasEverything(db: Db): Promise<void> {
  const { last } = await db
    .selectFrom("record")
    .select((eb) => eb.fn.max("stamp").as("last"))
    .executeTakeFirstOrThrow();
  while ((await readHorizon(db)) < last) await new Promise((resolve) => setTimeout(resolve, 50));
}

async function storedHeaders(db: Db): Promise<readonly FeedHeader[]> {
  const rows = await db.selectFrom("record").selectAll().orderBy("stamp").orderBy("record_id").execute();
  return rows.map((row) => ({
    identifier: row.oai_identifier,
    datestamp: formatDatestamp(row.stamp, "second"),
    setSpecs: row.set_specs,
    deleted: row.deleted,
  }));
}

async function liveAndDeleted(db: Db): Promise<readonly [live: number, deleted: number]> {
  const rows = await db.selectFrom("record").select("deleted").execute();
  return [rows.filter((row) => !row.deleted).length, rows.filter((row) => row.deleted).length];
}
