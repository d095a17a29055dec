import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { releaseLease, takeLease } from "../../src/store/leases.ts";
import { findDefinedSet } from "../../src/store/query-sets.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { ask, type RecordPage, sampleApi } from "../api/sample-api.ts";
import { jsonLines, makeWorkplace } from "../export/dump.ts";
import { SECRET, sampleProvider, textsOf } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import { testServices } from "../support/services.ts";
import { runCliHere } from "./run-cli-here.ts";

const sample = thesesRepository([...theses(3), thesis(4, { title: "Lũ ở sông Mê Kông" })], 100);
const TITLES = ["--title-vi", "Sông Mê Kông", "--title-en", "The Mekong"];
const FOURTH = "oai:lienthong.example:kho/kho.example.edu.vn:4";
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let repositoryId: number;

beforeAll(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
  server = await startSampleServer([sample]);
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample) };
  repositoryId = (await addRepository(database.db, row)).repository_id;
  await harvestRepository(services, repositoryId, { trigger: "person", full: false });
});
afterAll(async () => {
  await services.http.close();
  await server.close();
  await database.close();
});
beforeEach(async () => {
  const { rows } = await sql`DELETE FROM query_set RETURNING set_spec`.execute(database.db);
  if (rows.length > 0) await lienthong("remap");
});

const lienthong = (...args: readonly string[]) =>
  runCliHere(args, { DATABASE_URL: database.url, TOKEN_SECRET: SECRET, IDENTIFIER_DOMAIN: "lienthong.example" });
const outputOf = async (...args: readonly string[]) => (await lienthong(...args)).stdout;
const listed = async () => JSON.parse(await outputOf("set", "list", "--json"));

describe("lienthong set", () => {
  test("add --dry-run tells how many stored records would be in it, with examples, and defines nothing", async () => {
    const { code, stdout } = await lienthong("set", "add", "mekong", ...TITLES, "title=mê kông", "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toContain("query:mekong: 1 of 4 records would be in it; nothing is written");
    expect(stdout).toContain(`${FOURTH}  Lũ ở sông Mê Kông`);
    expect(await listed()).toEqual([]);
  });

  test("add defines it and says what is to be done, and show says so until it is done", async () => {
    const added = await outputOf("set", "add", "mekong", ...TITLES, "title=mê kông", "year!=..2000");
    expect(added).toMatch(/query:mekong is defined[\s\S]*`lienthong remap` maps what is stored/);
    expect(await outputOf("set", "show", "mekong")).toMatch(
      /title=mê kông\n +year!=\.\.2000\n[\s\S]*4 stored records were mapped by other rules; `lienthong remap`/,
    );
    expect(await listed()).toMatchObject([{ setSpec: "query:mekong", titleVi: "Sông Mê Kông", live: 0 }]);
    await lienthong("remap");
    expect(await outputOf("set", "show", "mekong")).not.toContain("lienthong remap");
    expect(await listed()).toMatchObject([{ conditions: ["title=mê kông", "year!=..2000"], live: 1, deleted: 0 }]);
  });

  test("add, change and remove with --remap do all of it in one step", async () => {
    const added = await outputOf("set", "add", "mekong", ...TITLES, "title=mê kông", "--remap");
    expect(added).toMatch(/is defined[\s\S]*kho: in the feed[\s\S]*4 records mapped again, 1 changed/);
    const preview = await outputOf("set", "change", "mekong", "title=luận văn", "--dry-run");
    expect(preview).toMatch(/3 of 4 records would be in it[\s\S]*3 would come into it, 1 would leave it/);
    expect(await listed()).toMatchObject([{ live: 1 }]);
    await lienthong("set", "change", "mekong", "title=luận văn", "--remap");
    expect(await listed()).toMatchObject([{ live: 3, titleEn: "The Mekong" }]);
    const asked = await lienthong("set", "remove", "mekong");
    expect([asked.code, asked.stdout]).toEqual([1, expect.stringMatching(/in which there are 3 records.*--yes/)]);
    const removed = await outputOf("set", "remove", "mekong", "--yes", "--remap");
    expect(removed).toMatch(/query:mekong is removed[\s\S]*4 records mapped again, 3 changed/);
    expect(await listed()).toEqual([]);
  });

  test("change leaves what is not given, takes a description back, and maps nothing where the conditions stay", async () => {
    await lienthong("set", "add", "mekong", ...TITLES, "--description", "Về sông", "title=mê kông");
    const changed = await outputOf("set", "change", "mekong", "--title-vi", "Cửu Long", "--no-description");
    expect(changed).toContain("no record has to be mapped again");
    expect(await listed()).toMatchObject([
      { titleVi: "Cửu Long", titleEn: "The Mekong", description: null, conditions: ["title=mê kông"] },
    ]);
  });

  test("--remap waits for a repository that is being harvested", async () => {
    const lease = { repositoryId, host: "x.example", owner: "another machine" };
    await takeLease(database.db, lease, 60_000);
    const adding = lienthong("set", "add", "mekong", ...TITLES, "title=mê kông", "--remap");
    const isDefined = async () => (await findDefinedSet(database.db, "query:mekong")) !== null;
    while (!(await isDefined())) await setTimeout(20);
    // by now it has found the repository busy, and looks again every two seconds
    await setTimeout(1_500);
    await releaseLease(database.db, lease);
    expect((await adding).stdout).toMatch(/waited for: kho[\s\S]*kho: in the feed[\s\S]*1 changed/);
  });

  test.each([
    [["add", "mekong", ...TITLES, "titel=x"], /there is no field "titel"/],
    [["add", "Mê Kông", ...TITLES, "title=x"], /"Mê Kông" cannot be the name of a set/],
    [
      ["add", "mekong", "--title-vi", " ", "--title-en", "x", "title=x"],
      /the Vietnamese title \(--title-vi\) is empty/,
    ],
    [["add", "mekong", ...TITLES, "title=x", "--dry-run", "--remap"], /exclude each other/],
    [["change", "khac", "title=x"], /there is no set "khac"; `lienthong set list`/],
    [["change", "khac"], /nothing to change/],
    [["show", "khac"], /there is no set "khac"/],
    [["remove", "khac", "--yes"], /there is no set "khac"/],
  ])("%j is refused, with what to do", async (args, complaint) => {
    const { code, stderr } = await lienthong("set", ...args);
    expect([code, stderr]).toEqual([1, expect.stringMatching(complaint)]);
    expect(await listed()).toEqual([]);
  });
});

test("a defined set is one like all others: in ListSets, lists, tokens, the JSON API and dumps", async () => {
  const { db } = database;
  await lienthong("set", "add", "mekong", ...TITLES, "--description", "Về <sông>", "title=luận văn", "--remap");
  // the feed is a few seconds behind
  for (const table of ["record", "record_set"] as const)
    await db
      .updateTable(table)
      .set({ stamp: new Date("2026-01-01T00:00:00Z") })
      .execute();
  const provider = sampleProvider(db, { pageSize: 2 });
  const sets = await sampleProvider(db).answer("verb=ListSets");
  if (schemasPresent) expect(await schemaComplaints(sets)).toEqual([]);
  expect(sets).toContain("<setSpec>query:mekong</setSpec><setName>Sông Mê Kông / The Mekong</setName><setDescription>");
  expect(sets).toContain("<dc:description>Về &lt;sông&gt;</dc:description>");
  const page = await provider.answer("verb=ListRecords&metadataPrefix=oai_dc&set=query:mekong");
  expect(textsOf(page, "setSpec").filter((setSpec) => setSpec === "query:mekong")).toHaveLength(2);
  const token = /<resumptionToken[^>]*>([^<]+)</.exec(page)?.[1] ?? "";
  expect(await outputOf("token", token)).toMatch(/set +query:mekong\n/);
  const rest = await provider.answer(`verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`);
  expect(textsOf(rest, "setSpec")).toContain("query:mekong");
  const api = await sampleApi(db);
  const workplace = makeWorkplace();
  try {
    const records = await ask<RecordPage>(api, "/records?set=query:mekong");
    expect(records.body.records).toHaveLength(3);
    const named = { setSpec: "query:mekong", setName: "Sông Mê Kông / The Mekong" };
    expect((await ask(api, "/sets")).body).toMatchObject({
      sets: expect.arrayContaining([expect.objectContaining(named)]),
    });
    await lienthong(
      "export",
      "--out",
      `${workplace.path}/dump`,
      "--set",
      "query:mekong",
      "--format",
      "jsonl",
      "--compression",
      "gzip",
    );
    expect(jsonLines(`${workplace.path}/dump`)).toHaveLength(3);
  } finally {
    workplace.remove();
    await api.close();
  }
});
