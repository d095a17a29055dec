import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { type HarvestOptions, harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { listWindows } from "../../src/store/windows.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const RECORDS = 3_600;
/** Stored in two parts each: what fits into a thousand, and the rest. */
const PAGE = 1_800;
const repository = thesesRepository(theses(RECORDS), PAGE);
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let repositoryId: number;

beforeEach(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
  server = await startSampleServer([repository], { now: () => new Date("2024-06-01T12:00:00Z") });
  const row = { code: "kho", name: "Kho luận văn", base_url: server.baseUrl(repository) };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

afterEach(async () => {
  await services.http.close();
  await server.close();
  await database.close();
});

const harvest = (options: Partial<HarvestOptions> = {}) =>
  harvestRepository(services, repositoryId, { trigger: "person", full: false, ...options });

async function storedRecords(): Promise<number> {
  const rows = await database.db.selectFrom("source_record").select("identifier").execute();
  expect(new Set(rows.map(({ identifier }) => identifier)).size).toBe(rows.length);
  return rows.length;
}

async function openWindow(runId: number) {
  const [window] = await listWindows(database.db, repositoryId, runId);
  return window;
}

const pagesAsked = () => server.requests().filter((url) => url.includes("verb=ListRecords")).length;

describe("a page of more than a thousand records", () => {
  test("is stored in parts, and the list is complete", async () => {
    const received: number[] = [];
    const { run, outcome } = await harvest({ onPage: (so) => void received.push(so.received) });
    expect(received).toEqual([1_000, 1_800, 2_800, 3_600]);
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ pages: 2, received: RECORDS, added: RECORDS, complete_list_size: RECORDS });
    expect(await openWindow(run.run_id)).toMatchObject({ state: "closed", resumption_token: null });
    expect(await storedRecords()).toBe(RECORDS);
    expect(pagesAsked()).toBe(2);
  });

  test("that is left after a part is asked for once more by the next call, and no other page is", async () => {
    const stop = new AbortController();
    const stopInSecondPage = ({ received }: { readonly received: number }) => {
      if (received > PAGE) stop.abort();
    };
    const first = await harvest({ signal: stop.signal, onPage: stopInSecondPage });
    expect([first.outcome, first.run.received]).toEqual([null, PAGE + 1_000]);
    const left = await openWindow(first.run.run_id);
    expect(left).toMatchObject({ state: "open" });
    expect(left?.resumption_token).not.toBeNull();

    const asked = pagesAsked();
    const { run, outcome } = await harvest();
    expect([outcome, run.run_id]).toEqual(["complete", first.run.run_id]);
    expect(run).toMatchObject({ added: RECORDS, changed: 0, rejected: 0 });
    expect(await storedRecords()).toBe(RECORDS);
    expect(pagesAsked() - asked).toBe(1);
    const token = encodeURIComponent(left?.resumption_token ?? "");
    expect(server.requests().at(-1)).toContain(`resumptionToken=${token}`);
  });

  test("that is the first one and is left after a part is asked for anew", async () => {
    const stop = new AbortController();
    const first = await harvest({ signal: stop.signal, onPage: () => stop.abort() });
    expect([first.outcome, first.run.received]).toEqual([null, 1_000]);
    expect(await openWindow(first.run.run_id)).toMatchObject({ state: "open", resumption_token: null });
    expect((await harvest()).outcome).toBe("complete");
    expect(await storedRecords()).toBe(RECORDS);
  });

  test("is finished when the time is over, since it would have to be read anew", async () => {
    const first = await harvest({ budgetMs: -1 });
    expect([first.outcome, first.run.received]).toEqual([null, PAGE]);
    const second = await harvest({ budgetMs: -1 });
    expect([second.outcome, second.run.received]).toEqual(["complete", RECORDS]);
  });

  test("is not read on when a person cancels the run", async () => {
    const cancelAtSecondPage = async ({ received }: { readonly received: number }) => {
      if (received === PAGE) await database.db.updateTable("harvest_run").set({ cancel_requested: true }).execute();
    };
    const { outcome, run } = await harvest({ onPage: cancelAtSecondPage });
    expect([outcome, run.received]).toEqual(["cancelled", PAGE + 1_000]);
  });
});
