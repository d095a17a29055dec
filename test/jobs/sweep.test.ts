import type { IncomingMessage, ServerResponse } from "node:http";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { SampleItem } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { type HarvestOptions, harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { approveHeldRun, undoWithdrawal } from "../../src/registry/reviews.ts";
import { addRepository, getRepository, updateRepository } from "../../src/store/repositories.ts";
import type { Strategy } from "../../src/store/schema.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

const NOW = new Date("2024-06-01T12:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;
const OFFICER = { by: "Cán bộ", leadSeconds: 1 };
/** It does not tell what it deletes. */
const sample = { ...thesesRepository(theses(40)), deletedRecord: "no" as const };
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let repositoryId: number;
let code: string;
let intercept: Intercept;
let repositories = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
});
afterAll(async () => {
  await services.http.close();
  await database.close();
});
beforeEach(async () => {
  intercept = () => false;
  server = await startSampleServer([sample], { now: () => NOW, intercept: (...exchange) => intercept(...exchange) });
  repositories += 1;
  code = `kho-${repositories}`;
  const row = { code, name: "Kho", base_url: server.baseUrl(sample) };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});
afterEach(async () => {
  await server.close();
});

const harvest = (options: Partial<HarvestOptions> = {}) =>
  harvestRepository(services, repositoryId, { trigger: "person", full: false, ...options });
const sweep = (options: Partial<HarvestOptions> = {}) => harvest({ ...options, sweep: true });
const repository = () => getRepository(database.db, repositoryId);

/** What the repository has from now on: the theses of these numbers, and others beside them. */
function has(from: number, to: number, ...others: readonly SampleItem[]): void {
  server.replaceItems(sample, [...theses(to).slice(from - 1), ...others]);
}

async function stored(table: "source_record" | "record") {
  const query = database.db.selectFrom(table).selectAll().where("repository_id", "=", repositoryId);
  return await query.orderBy("record_id").execute();
}

async function deletedOnes(): Promise<readonly unknown[]> {
  const query = database.db.selectFrom("record").select(["source_identifier", "deleted_reason"]);
  const deleted = query.where("repository_id", "=", repositoryId).where("deleted", "=", true);
  return await deleted.orderBy("record_id").execute();
}

const asked = (text: string) => server.requests().filter((url) => url.includes(text));

/** It is due now. */
async function isDue(strategy: Strategy = "incremental_second"): Promise<void> {
  await updateRepository(database.db, repositoryId, { sweep_due_at: new Date(Date.now() - 1000), strategy });
}

const daysAway = (date: Date | null) => ((date?.getTime() ?? 0) - Date.now()) / DAY_MS;

describe("a sweep", () => {
  test("lists identifiers alone: it stores no record, maps nothing, takes nothing out and leaves the cursor", async () => {
    await harvest();
    const before = { sources: await stored("source_record"), feed: await stored("record"), cursor: await repository() };
    has(2, 40, thesis(41), thesis(1, { title: "Nhan đề mới", datestamp: "2024-06-01T11:59:00Z" }));
    const { run, outcome } = await sweep();
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ kind: "sweep", full_list: true, received: 41, unchanged: 40, unknown: 1, added: 0 });
    expect(await stored("source_record")).toEqual(before.sources);
    expect(await stored("record")).toEqual(before.feed);
    expect(await repository()).toMatchObject({
      harvested_until: before.cursor.harvested_until,
      harvested_prefix: before.cursor.harvested_prefix,
    });
    expect(asked("verb=ListRecords")).toHaveLength(4);
    expect(asked("verb=ListIdentifiers")).toHaveLength(5);
  });

  test("takes out what two lists in a row do not have and the repository does not know any more", async () => {
    await harvest();
    has(4, 40);
    expect((await sweep()).run).toMatchObject({ vanished: 3, withdrawn: 0 });
    expect(await deletedOnes()).toEqual([]);
    expect((await sweep()).run.withdrawn).toBe(3);
    const gone = [1, 2, 3].map((number) => ({ source_identifier: thesis(number).identifier, deleted_reason: "sweep" }));
    expect(await deletedOnes()).toEqual(gone);
    expect(asked("verb=GetRecord").map((url) => new URL(url).searchParams.get("identifier"))).toEqual(
      [1, 2, 3].map((number) => thesis(number).identifier),
    );
  });

  test("believes of few missing records each for itself", async () => {
    await harvest();
    intercept = (request) => {
      // the second is in no list, and there all the same
      const named = (request.url ?? "").includes("verb=GetRecord");
      has(3, 40, ...(named ? [thesis(2)] : []));
      return false;
    };
    await sweep();
    expect((await sweep()).run.withdrawn).toBe(1);
    expect(await deletedOnes()).toEqual([{ source_identifier: thesis(1).identifier, deleted_reason: "sweep" }]);
  });

  test("is complete where what is missing cannot be asked for by name; the records stay, and the run says so", async () => {
    await harvest();
    has(4, 40);
    await sweep();
    intercept = (request, response) => {
      const named = (request.url ?? "").includes("verb=GetRecord");
      if (named) response.writeHead(500).end("NullPointerException");
      return named;
    };
    const { run, outcome } = await sweep();
    expect(outcome).toBe("complete");
    expect(run.note).toMatch(/^3 records are in no list any more and stay, .*HTTP 500/);
    expect(await deletedOnes()).toEqual([]);
  });

  test("is held where much is missing; approved, it takes effect and the cursor stays; undone, all is as it was", async () => {
    await harvest();
    const feed = async () => (await stored("record")).map((row) => ({ ...row, stamp: null }));
    const before = await feed();
    has(13, 40);
    // everything but twelve of forty: that a list brings a third fewer is held for itself
    await updateRepository(database.db, repositoryId, { harvested_until: "2020-01-01T00:00:00Z" });
    await sweep();
    const { outcome, run } = await sweep();
    expect(outcome).toBe("held_for_review");
    expect(run.failure).toContain("12 of 40 records would leave the feed");
    expect(await deletedOnes()).toEqual([]);
    expect(await approveHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 12, rebindings: 0 });
    expect(await deletedOnes()).toHaveLength(12);
    expect((await repository()).harvested_until).toBe("2020-01-01T00:00:00Z");
    expect(await undoWithdrawal(database.db, code, OFFICER)).toBe(12);
    expect(await feed()).toEqual(before);
  });

  test("does not take a record for missing that came and could not be read", async () => {
    await harvest();
    const broken = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"><dc:title>Không đóng</oai_dc:dc>`;
    has(2, 40, thesis(1, { metadata: { oai_dc: broken } }));
    intercept = (request) => {
      if ((request.url ?? "").includes("verb=GetRecord")) has(2, 40);
      return false;
    };
    expect((await harvest({ full: true })).run).toMatchObject({ rejected: 1, vanished: 0 });
    expect((await harvest({ full: true })).run).toMatchObject({ rejected: 1, withdrawn: 0 });
  });

  test("cannot be without a harvest before it, and says so", async () => {
    const { run, outcome } = await sweep();
    expect(outcome).toBe("failed");
    expect(run).toMatchObject({ kind: "sweep", diagnosis: "never_harvested" });
    expect(run.failure).toContain(`\`lienthong harvest ${code}\` comes before a sweep`);
  });
});

describe("an interrupted sweep", () => {
  test("goes on after its last stored page, and nothing is missing", async () => {
    await harvest();
    const stop = new AbortController();
    const first = await sweep({ signal: stop.signal, onPage: () => stop.abort() });
    expect(first.outcome).toBeNull();
    const second = await sweep();
    expect(second).toMatchObject({ outcome: "complete", run: { run_id: first.run.run_id, received: 40, vanished: 0 } });
    expect(asked("verb=ListIdentifiers")).toHaveLength(5);
  });

  test("goes on where the repository went down, as a run of its own", async () => {
    await harvest();
    let pages = 0;
    intercept = (request, response) => {
      if ((request.url ?? "").includes("verb=ListIdentifiers")) pages += 1;
      if (pages < 3) return false;
      response.writeHead(503).end("not now");
      return true;
    };
    expect((await sweep()).outcome).toBe("partial");
    intercept = () => false;
    const { run, outcome } = await sweep();
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ received: 20, vanished: 0 });
  });

  test("is gone on with by the next harvest, before that", async () => {
    await harvest();
    const stop = new AbortController();
    const open = await sweep({ signal: stop.signal, onPage: () => stop.abort() });
    const { before, run } = await harvest();
    expect(before.map((one) => one.run.run_id)).toEqual([open.run.run_id]);
    expect(run).toMatchObject({ kind: "harvest", outcome: "complete" });
  });

  test("that gets no list of identifiers fails, and comes again a day later and not with every harvest", async () => {
    await harvest();
    intercept = (request, response) => {
      const refused = (request.url ?? "").includes("verb=ListIdentifiers");
      if (refused) response.writeHead(500).end("Internal Server Error");
      return refused;
    };
    const { run, outcome } = await sweep();
    expect(outcome).toBe("failed");
    expect(run.missing?.windows.length).toBeGreaterThan(0);
    expect(daysAway((await repository()).sweep_due_at)).toBeCloseTo(1, 1);
  });
});

describe("a sweep that is due", () => {
  test("follows the next complete harvest, and is due again in about a week", async () => {
    await harvest();
    expect(daysAway((await repository()).sweep_due_at)).toBeGreaterThan(5.9);
    expect((await harvest()).before).toEqual([]);
    await isDue();
    const { run, before } = await harvest();
    expect(before).toMatchObject([{ outcome: "complete", run: { kind: "harvest", full_list: false } }]);
    expect(run).toMatchObject({ kind: "sweep", outcome: "complete" });
    const away = daysAway((await repository()).sweep_due_at);
    expect(away).toBeGreaterThan(5.9);
    expect(away).toBeLessThan(8.1);
  });

  test("does not follow a harvest that failed, nor where every harvest is a list of everything", async () => {
    await harvest();
    await isDue("full_compare");
    expect((await harvest()).before).toEqual([]);
    await isDue();
    intercept = (_request, response) => {
      response.writeHead(503).end("not now");
      return true;
    };
    expect(await harvest()).toMatchObject({ outcome: "failed", before: [] });
  });

  test("is not needed where deletions are told, unless some were not", async () => {
    await server.close();
    const honest = { ...sample, deletedRecord: "persistent" as const };
    server = await startSampleServer([honest], { now: () => NOW });
    await updateRepository(database.db, repositoryId, { base_url: server.baseUrl(honest) });
    await harvest();
    await isDue();
    expect((await harvest()).before).toEqual([]);
    server.replaceItems(honest, theses(39));
    for (const _ of [1, 2]) await harvest({ full: true });
    expect(await deletedOnes()).toHaveLength(1);
    await isDue();
    expect((await harvest()).run.kind).toBe("sweep");
  });
});

describe("what a sweep finds that is not here", () => {
  test("comes with the next harvest where its datestamp lets it", async () => {
    await harvest();
    has(1, 40, thesis(41, { datestamp: "2024-06-01T12:30:00Z" }));
    const { run } = await sweep();
    expect(run.note).toBe(
      "the list has 1 records that are not here and 0 that are newer there; the next harvest brings them",
    );
    expect(run.missing?.identifiers).toEqual([thesis(41).identifier]);
    expect((await harvest()).run).toMatchObject({ full_list: false, added: 1 });
  });

  test("comes with a list of everything where nothing else brings it, asked for once", async () => {
    await harvest();
    const hidden = thesis(42);
    intercept = (request) => {
      // an old datestamp, and one record that only the list of identifiers has
      has(1, 40, thesis(41), ...((request.url ?? "").includes("verb=ListIdentifiers") ? [hidden] : []));
      return false;
    };
    expect((await sweep()).run.note).toMatch(/^the list has 2 records .*; the next harvest asks for everything$/);
    expect((await harvest()).run).toMatchObject({ full_list: true, added: 1 });
    const { run } = await sweep();
    expect(run.note).toMatch(/^the list has 1 records .*; 1 of them did not come when everything was asked for$/);
    expect((await harvest()).run.full_list).toBe(false);
  });

  test("is not a record that its repository merely touched and that was harvested since", async () => {
    await harvest();
    has(2, 40, thesis(1, { datestamp: "2024-06-01T11:59:00Z" }));
    expect((await sweep()).run.note).toContain("1 that are newer there");
    await harvest();
    expect((await sweep()).run.note).toBeNull();
  });

  test("is not a record that could not be read when it came", async () => {
    await harvest();
    const broken = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"><dc:title>Không đóng</oai_dc:dc>`;
    has(1, 40, thesis(41, { metadata: { oai_dc: broken } }));
    await harvest({ full: true });
    expect((await sweep()).run).toMatchObject({ unknown: 1, note: null, outcome: "complete" });
  });

  test("keeps what is gone in the feed where it is much, until it has come", async () => {
    await harvest();
    has(13, 40, ...theses(52).slice(40));
    await sweep();
    const { run, outcome } = await sweep();
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ vanished: 12, withdrawn: 0 });
    expect(await deletedOnes()).toEqual([]);
    // nothing of what came resembles what is gone: now it is decided, and since it is much by a person
    expect((await harvest()).outcome).toBe("held_for_review");
  });
});
