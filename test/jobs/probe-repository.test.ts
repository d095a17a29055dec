import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SampleRepository } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { nextProbe, probeRepository } from "../../src/jobs/probe-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { takeLease } from "../../src/store/leases.ts";
import { addRepository, getRepository, type Repository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const DAY_MS = 24 * 60 * 60 * 1000;
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let onRequest: (url: URL) => boolean;

beforeEach(async () => {
  database = await createTestDatabase();
  services = testServices(database.db, { retries: 0 });
  onRequest = () => false;
});

afterEach(async () => {
  await services.http.close();
  await server.close();
  await database.close();
});

async function serve(sample: SampleRepository): Promise<Repository> {
  server = await startSampleServer([sample], {
    intercept: (request, response) => {
      const url = new URL(request.url ?? "/", server.origin);
      const refused = onRequest(url);
      if (refused) response.writeHead(404).end("not found");
      request.url = `${url.pathname}${url.search}`;
      return refused;
    },
  });
  return await addRepository(database.db, { code: "kho", name: "Kho", base_url: server.baseUrl(sample) });
}

describe("probing a repository", () => {
  test("keeps its software, its identity, its behaviour and when to ask again", async () => {
    const { repository_id } = await serve(thesesRepository(theses(3)));
    const result = await probeRepository(services, repository_id, NOW);
    expect(result).toMatchObject({ platform: "generic", metadataPrefix: "oai_dc" });
    expect(await getRepository(database.db, repository_id)).toMatchObject({
      platform: "generic",
      identity: { repositoryName: "Kho luận văn", deletedRecord: "persistent", granularity: "second" },
      strategy: "incremental_second",
      behaviour: { findsBySecond: true, futureIsEmpty: true, datestampSteady: true, remarks: [] },
      probe_due_at: nextProbe("kho", NOW),
      proposed_base_url: null,
    });
  });

  test("stores how little a liar can be trusted", async () => {
    const { repository_id } = await serve(thesesRepository(theses(3)));
    onRequest = (url) => {
      url.searchParams.delete("from");
      return false;
    };
    await probeRepository(services, repository_id, NOW);
    const stored = await getRepository(database.db, repository_id);
    expect(stored.strategy).toBe("full_compare");
    expect(stored.behaviour).toMatchObject({ futureIsEmpty: false });
  });

  test("recognises software by its records where the address says nothing", async () => {
    const item = thesis(1, { identifier: "oai:kho.example.edu.vn:123456789/7", setSpecs: ["com_123456789_1"] });
    const { repository_id } = await serve(thesesRepository([item]));
    expect((await probeRepository(services, repository_id, NOW)).platform).toBe("dspace");
  });

  test("remarks that Identify gives another base URL than the one that was asked", async () => {
    const sample = thesesRepository(theses(1));
    const { repository_id, base_url } = await serve(sample);
    const behind = base_url.replace("127.0.0.1", "localhost");
    await database.db.updateTable("repository").set({ base_url: behind }).execute();
    const { behaviour } = await probeRepository(services, repository_id, NOW);
    expect(behaviour.remarks).toEqual(["base-url-differs"]);
  });

  test("that fails leaves what was known and is due again a day later", async () => {
    const { repository_id } = await serve(thesesRepository(theses(3)));
    await probeRepository(services, repository_id, NOW);
    const before = await getRepository(database.db, repository_id);
    onRequest = () => true;
    await expect(probeRepository(services, repository_id, NOW)).rejects.toMatchObject({ name: "AnswerFailure" });
    const after = await getRepository(database.db, repository_id);
    expect(after).toEqual({ ...before, probe_due_at: new Date(NOW.getTime() + DAY_MS) });
  });

  test("waits for whoever is talking to its host, and gives the host back", async () => {
    const { repository_id, base_url } = await serve(thesesRepository(theses(1)));
    await probeRepository(services, repository_id, NOW);
    const lease = { repositoryId: repository_id, host: new URL(base_url).host, owner: "somebody else" };
    expect(await takeLease(database.db, lease, 60_000)).toBe(true);
    await expect(probeRepository(services, repository_id, NOW)).rejects.toMatchObject({ name: "RepositoryBusy" });
  });
});

test("probes are due a month later, spread over six days, always the same for one code", async () => {
  server = await startSampleServer([]);
  const days = Array.from({ length: 200 }, (_, index) => nextProbe(`kho-${index}`, NOW).getTime() / DAY_MS);
  const from = NOW.getTime() / DAY_MS;
  expect(Math.min(...days) - from).toBeGreaterThanOrEqual(27);
  expect(Math.max(...days) - from).toBeLessThanOrEqual(33);
  expect(new Set(days.map((day) => Math.floor(day - from))).size).toBe(6);
  expect(nextProbe("kho-1", NOW)).toEqual(nextProbe("kho-1", NOW));
});
