import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ADVICE } from "../../src/client/advice.ts";
import { DC } from "../../src/oai/namespaces.ts";
import { ISSUE_TEXTS } from "../../src/record/issue-texts.ts";
import { finishRun, saveFailedRun, startRun } from "../../src/store/runs.ts";
import { ensureSet } from "../../src/store/sets.ts";
import {
  addSource,
  fillSets,
  pagesOf,
  publish,
  sampleProvider,
  sampleRecord,
  sampleRecords,
  textsOf,
} from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { ask, type Page, pages, sampleApi } from "./sample-api.ts";

type Shown = Readonly<Record<string, unknown>>;
type RunPage = Page & { readonly runs: readonly (Shown & { readonly id: number })[] };

const RUNS = 5;
let database: TestDatabase;
let api: FastifyInstance;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db, pool } = database;
  const kho = await addSource(db, "kho", "https://kho.example.edu.vn/oai");
  const tapChi = await addSource(db, "tap-chi", "https://tapchi.example.edu.vn/oai");
  const ban = await addSource(db, "ban-nhap", "https://bannhap.example.edu.vn/oai");
  await pool.query("UPDATE repository SET state = 'live', schedule = 'manual', platform = 'dspace' WHERE code = 'kho'");
  await pool.query("UPDATE repository SET state = 'retired' WHERE code = 'tap-chi'");
  await pool.query("UPDATE repository SET state = 'draft' WHERE code = 'ban-nhap'");
  const gone = sampleRecord(kho, 13, { deletedReason: "sweep", published: null, contentHash: null });
  // bit 2 is that of the date of publication (src/quality)
  const judged = [30, 60].map((score, index) => sampleRecord(kho, 14 + index, { quality: { score, missed: 4 } }));
  await publish(db, kho, [...sampleRecords(kho, 1, 12), gone, ...judged], new Date("2024-05-06T07:08:09Z"));
  await publish(db, tapChi, [sampleRecord(tapChi, 20, { deletedReason: "source-retired" })], new Date("2024-05-06Z"));
  const best = sampleRecord(ban, 30, { quality: { score: 90, missed: 0 } });
  await publish(db, ban, [best], new Date("2024-05-06T07:08:09Z"));
  for (let number = 1; number < RUNS; number++)
    await saveFailedRun(db, kho.repositoryId, "schedule", `password of 10.0.0.${number}`, { diagnosis: "internal" });
  await addPartialRun(kho.repositoryId);
  await saveFailedRun(db, tapChi.repositoryId, "person", "no answer", { diagnosis: "unreachable" });
  await pool.query(
    // 13 is a tombstone
    `INSERT INTO record_issue (repository_id, record_id, position, code, severity, field, path, value)
     SELECT $1, n, 0, CASE WHEN n = 3 THEN 'date-missing' ELSE 'private-address' END, 'warning', 'files', '/dc:x', 'of ' || n
     FROM unnest('{1,2,3,13}'::int[]) n`,
    [kho.repositoryId],
  );
  for (let number = 1; number <= 12; number++)
    await ensureSet(db, { setSpec: `type:${number}`, setName: `Loại ${number}` });
  await fillSets(db);
  api = await sampleApi(db);
});

afterAll(async () => {
  await api.close();
  await database.close();
});

async function addPartialRun(repositoryId: number): Promise<void> {
  const windows = [{ from: null, until: null, resumptionToken: null, received: 0 }];
  const names = { metadataPrefix: "oai_dc", metadataNamespace: DC, sourceStarted: null };
  const run = await startRun(database.db, { repositoryId, trigger: "schedule", fullList: true, windows, ...names });
  await database.pool.query(
    "UPDATE harvest_run SET received = 5, added = 3, unchanged = 1, rejected = 1, complete_list_size = 9",
  );
  await finishRun(database.db, run, {
    outcome: "partial",
    failure: "no answer within 60 s",
    diagnosis: "timeout",
    note: "tried twice",
    cursor: null,
    missing: { windows: [{ from: "2020-01-01", until: null, why: "timeout" }], identifiers: ["oai:x:1"] },
    withdrawn: 2,
  });
}

describe("repositories", () => {
  test("are listed with what is known of each, retired ones too", async () => {
    const { body } = await ask<{ readonly repositories: readonly Shown[] }>(api, "/repositories");
    expect(body.repositories).toMatchObject([
      { code: "ban-nhap", state: "draft", records: { live: 1, deleted: 0 }, lastRun: null },
      {
        code: "kho",
        name: "Kho kho",
        baseUrl: "https://kho.example.edu.vn/oai",
        state: "live",
        records: { live: 14, deleted: 1 },
        lastRun: { outcome: "partial" },
        nextHarvest: { when: "by-hand", at: null },
      },
      {
        code: "tap-chi",
        state: "retired",
        records: { live: 0, deleted: 1 },
        lastRun: { outcome: "failed", repository: "tap-chi" },
        nextHarvest: { when: "never", at: null },
      },
    ]);
  });

  test.each([
    ["live", ["kho"]],
    ["retired", ["tap-chi"]],
    ["draft", ["ban-nhap"]],
    ["paused", []],
  ])("in state %s are %j", async (state, codes) => {
    const { body } = await ask<{ readonly repositories: readonly Shown[] }>(api, `/repositories?state=${state}`);
    expect(body.repositories.map(({ code }) => code)).toEqual(codes);
  });

  test("tell by themselves how good their records are", async () => {
    const { body } = await ask<Shown>(api, "/repositories/kho");
    expect(body).toMatchObject({ code: "kho", platform: "dspace", remarks: [], proposedDeletions: 0 });
    expect(body.quality).toMatchObject({
      judged: 2,
      score: 45,
      tiers: { complete: 0, sufficient: 0, deficient: 2 },
      missed: [{ rule: "publication-date", level: "M", records: 2, texts: { en: { name: "Date of publication" } } }],
    });
  });
});

describe("runs", () => {
  test("of a repository come latest first, page by page, and no others", async () => {
    const read = await pages<RunPage>(api, "/repositories/kho/runs?limit=2");
    expect(read.map(({ runs }) => runs.length)).toEqual([2, 2, 1]);
    const ids = read.flatMap(({ runs }) => runs.map(({ id }) => id));
    expect(ids).toEqual(ids.toSorted((a, b) => b - a));
    expect(new Set(ids).size).toBe(RUNS);
  });

  test("that begin meanwhile shift nobody", async () => {
    let more = 0;
    const read = await pages<RunPage>(api, "/repositories/tap-chi/runs?limit=1", async () => {
      more += 1;
    });
    expect(read).toHaveLength(1);
    const { rows } = await database.pool.query("SELECT repository_id FROM repository WHERE code = 'tap-chi'");
    const begin = () => saveFailedRun(database.db, rows[0].repository_id, "person", "again");
    await begin();
    const again = await pages<RunPage>(api, "/repositories/tap-chi/runs?limit=1", async () => {
      if (more++ < 3) await begin();
    });
    expect(again.map(({ runs }) => runs.map(({ details }) => details))).toEqual([[["again"]], [["no answer"]]]);
  });

  test("tell what came, what is missing, why, and what to do", async () => {
    const [page] = await pages<RunPage>(api, "/repositories/kho/runs?limit=1");
    const [run] = page?.runs ?? [];
    expect(run).toMatchObject({
      repository: "kho",
      kind: "harvest",
      trigger: "schedule",
      metadataPrefix: "oai_dc",
      outcome: "partial",
      review: null,
      diagnosis: "timeout",
      advice: ADVICE.timeout,
      details: ["no answer within 60 s", "tried twice"],
      missing: { windows: [{ from: "2020-01-01", until: null, diagnosis: "timeout" }], identifiers: ["oai:x:1"] },
    });
    expect(run?.records).toEqual({
      promised: 9,
      received: 5,
      added: 3,
      changed: 0,
      unchanged: 1,
      deleted: 0,
      rejected: 1,
      repeated: 0,
      withdrawn: 2,
    });
    expect((await ask(api, `/runs/${run?.id}`)).body).toEqual(run);
  });

  test("that failed on our side tell no more than that", async () => {
    const { body } = await ask<RunPage>(api, "/repositories/kho/runs");
    expect(body.runs.at(-1)).toMatchObject({ outcome: "failed", diagnosis: "internal", details: [] });
    expect(JSON.stringify(body)).not.toContain("password");
  });
});

test("remarks are counted, explained, and told in the words of the repository's software", async () => {
  const { body } = await ask<{ readonly issues: readonly Shown[] }>(api, "/repositories/kho/issues");
  expect(body).toMatchObject({ repository: "kho" });
  expect(body.issues).toMatchObject([
    { code: "private-address", times: 3, texts: ISSUE_TEXTS["private-address"], hint: { software: "DSpace" } },
    { code: "date-missing", times: 1, texts: { en: { name: "No date of publication" } }, hint: null },
  ]);
});

describe("remarks one by one", () => {
  type IssuePage = Page & { readonly issues: readonly (Shown & { readonly value: string })[] };
  const valuesOf = async (filter: string) =>
    (await pages<IssuePage>(api, `/issues?repository=kho&limit=1${filter}`)).flatMap(({ issues }) =>
      issues.map(({ value }) => value),
    );

  test("tell of which record they are, where, and what was found", async () => {
    const { body } = await ask<IssuePage>(api, "/issues?repository=kho");
    expect(body.issues[0]).toEqual({
      identifier: "oai:lienthong.example:kho/kho.example.edu.vn:1",
      sourceIdentifier: "oai:kho.example.edu.vn:1",
      code: "private-address",
      severity: "warning",
      field: "files",
      path: "/dc:x",
      value: "of 1",
    });
  });

  test("come page by page, of one code where it is asked for, and never of what has left the feed", async () => {
    expect(await valuesOf("")).toEqual(["of 1", "of 2", "of 3"]);
    expect(await valuesOf("&code=private-address")).toEqual(["of 1", "of 2"]);
    expect(await valuesOf("&code=not-raised-any-more")).toEqual([]);
    expect((await ask<IssuePage>(api, "/issues?repository=tap-chi")).body).toEqual({ issues: [], next: null });
  });
});

test("sets are those of ListSets, in its order", async () => {
  type SetPage = Page & { readonly sets: readonly { readonly setSpec: string; readonly setName: string }[] };
  const read = await pages<SetPage>(api, "/sets?limit=5");
  expect(read.map(({ sets }) => sets.length)).toEqual([5, 5, 5]);
  const feed = await pagesOf(sampleProvider(database.db), "verb=ListSets");
  const specs = read.flatMap(({ sets }) => sets.map(({ setSpec }) => setSpec));
  expect(specs).toEqual(feed.flatMap((xml) => textsOf(xml, "setSpec")));
});

test("statistics are those of the lists", async () => {
  const { body } = await ask<Shown>(api, "/statistics");
  expect(body).toMatchObject({
    records: { live: 15, deleted: 2 },
    repositories: { draft: 1, live: 1, paused: 0, retired: 1 },
    // (30 + 60 + 90) : 3
    quality: { judged: 3, score: 60, tiers: { complete: 1, sufficient: 0, deficient: 2 } },
  });
  const age = (name: string) => Date.now() - Date.parse(String(body[name]));
  expect(age("countedAt")).toBeLessThan(60_000);
  expect(age("lastUpdate")).toBeLessThan(60_000);
  const records = await pages<Page & { readonly records: readonly { readonly deleted: boolean }[] }>(
    api,
    "/records?limit=4",
  );
  const deleted = records.flatMap((page) => page.records.map((record) => record.deleted));
  expect([deleted.length, deleted.filter(Boolean).length]).toEqual([17, 2]);
});
