import type { IncomingMessage, ServerResponse } from "node:http";
import { sql } from "kysely";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SampleItem } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { RepositoryBusy } from "../../src/jobs/harvest-lease.ts";
import { type HarvestOptions, harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { takeLease } from "../../src/store/leases.ts";
import { addRepository, getRepository } from "../../src/store/repositories.ts";
import { listWindows } from "../../src/store/windows.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

const NOW = new Date("2024-06-01T12:00:00Z");
const repository = thesesRepository(theses(35));
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let repositoryId: number;
/** How the server misbehaves in this test. */
let intercept: Intercept;

beforeEach(async () => {
  intercept = () => false;
  database = await createTestDatabase();
  services = testServices(database.db);
  server = await startSampleServer([repository], {
    now: () => NOW,
    intercept: (request, response) => intercept(request, response),
  });
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

async function cursor(): Promise<string | null> {
  return (await getRepository(database.db, repositoryId)).harvested_until;
}

async function storedIdentifiers(): Promise<readonly string[]> {
  const rows = await database.db.selectFrom("source_record").select("identifier").execute();
  return rows.map((row) => row.identifier).sort();
}

const identifiersOf = (numbers: number) =>
  theses(numbers)
    .map(({ identifier }) => identifier)
    .sort();

const listRequests = () => server.requests().filter((url) => url.includes("verb=ListRecords"));

const secondPageOf = (request: IncomingMessage) => (request.url ?? "").includes("resumptionToken");

/** From now on the repository answers one page of a list and is busy ever after. */
function goDownAfterOnePage(): void {
  let pages = 0;
  intercept = (request, response) => {
    if ((request.url ?? "").includes("verb=ListRecords")) pages += 1;
    if (pages < 2) return false;
    response.writeHead(503).end("not now");
    return true;
  };
}

describe("a first harvest", () => {
  test("stores every record of every page and is complete", async () => {
    const { run, outcome } = await harvest();
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ pages: 4, received: 35, added: 35, changed: 0, unchanged: 0, rejected: 0 });
    expect(await storedIdentifiers()).toEqual(identifiersOf(35));
  });

  test("moves the cursor to the repository's own clock", async () => {
    await harvest();
    expect(await cursor()).toBe("2024-06-01T12:00:00Z");
  });

  test("keeps what was sent, byte for byte", async () => {
    await harvest();
    const row = await database.db
      .selectFrom("source_record")
      .select("raw")
      .where("identifier", "=", thesis(7).identifier)
      .executeTakeFirstOrThrow();
    expect(row.raw).toContain(thesis(7).metadata.oai_dc ?? "nothing");
  });
});

describe("the next harvest", () => {
  test("asks from the repository's own clock, less its granularity and two minutes", async () => {
    await harvest();
    await harvest();
    expect(new URL(listRequests().at(-1) ?? "").searchParams.get("from")).toBe("2024-06-01T11:57:59Z");
  });

  test("brings what is new, changed and deleted, and nothing else moves", async () => {
    await harvest();
    await anHourPasses();
    const stampsBefore = await stamps();
    const later = "2024-06-01T12:30:00Z";
    server.replaceItems(repository, [
      ...theses(33),
      thesis(34, { title: "Nhan đề mới", datestamp: later }),
      thesis(35, { deleted: true, metadata: {}, datestamp: later }),
      thesis(36, { datestamp: later }),
    ]);
    const { run } = await harvest();
    expect(run).toMatchObject({ received: 3, added: 1, changed: 2, deleted: 1 });
    const moved = [...(await stamps())].filter(([id, stamp]) => stampsBefore.get(id)?.getTime() !== stamp.getTime());
    expect(moved.map(([id]) => id).sort()).toEqual([34, 35, 36].map((number) => thesis(number).identifier).sort());
  });

  test("leaves a record alone that its repository only touched", async () => {
    await harvest();
    await anHourPasses();
    const before = await stamps();
    server.replaceItems(repository, [...theses(34), thesis(35, { datestamp: "2024-06-01T12:30:00Z" })]);
    const { run } = await harvest();
    expect(run).toMatchObject({ received: 1, changed: 1 });
    expect(await stamps()).toEqual(before);
  });

  test("asks for everything when told to", async () => {
    await harvest();
    const { run } = await harvest({ full: true });
    expect(run).toMatchObject({ received: 35, unchanged: 35, added: 0, changed: 0 });
  });

  /** Stamps have seconds only: what is stored within the same second cannot be told apart. */
  async function anHourPasses(): Promise<void> {
    await sql`UPDATE record SET stamp = stamp - interval '1 hour'`.execute(database.db);
  }

  async function stamps(): Promise<ReadonlyMap<string, Date>> {
    const rows = await database.db.selectFrom("record").select(["source_identifier", "stamp"]).execute();
    return new Map(rows.map((row) => [row.source_identifier, row.stamp]));
  }
});

describe("an interrupted harvest", () => {
  test("is partial, says why, and leaves the cursor where it was", async () => {
    goDownAfterOnePage();
    const { run, outcome } = await harvest();
    expect(outcome).toBe("partial");
    expect(run.failure).toContain("HTTP 503");
    expect(await cursor()).toBeNull();
    expect(await storedIdentifiers()).toEqual(identifiersOf(10));
  });

  test("goes on at the page where it stood, and then the cursor moves to the first start", async () => {
    goDownAfterOnePage();
    await harvest();
    intercept = () => false;
    const { run, outcome } = await harvest();
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ received: 25, added: 25 });
    expect(await storedIdentifiers()).toEqual(identifiersOf(35));
    expect(await cursor()).toBe("2024-06-01T12:00:00Z");
  });

  test("stops between two pages when told to and goes on with the next call", async () => {
    const stop = new AbortController();
    const first = await harvest({ signal: stop.signal, onPage: () => stop.abort() });
    expect(first.outcome).toBeNull();
    const second = await harvest();
    expect(second).toMatchObject({ outcome: "complete", run: { run_id: first.run.run_id, received: 35 } });
    expect(await storedIdentifiers()).toEqual(identifiersOf(35));
  });

  test("begins its window anew when the repository no longer knows the token", async () => {
    let refusals = 1;
    intercept = (request, response) => {
      if (!secondPageOf(request) || refusals === 0) return false;
      refusals -= 1;
      response.setHeader("content-type", "text/xml");
      response.end(
        `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T12:00:00Z</responseDate><request>http://x.example/</request><error code="badResumptionToken">expired</error></OAI-PMH>`,
      );
      return true;
    };
    const { run, outcome } = await harvest();
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ received: 45, added: 35, unchanged: 10 });
    const [window] = await listWindows(database.db, repositoryId, run.run_id);
    expect(window).toMatchObject({ state: "closed", restarts: 1, received: 35 });
  });
});

describe("a repository that does not deliver", () => {
  test("is failed where it does not even say who it is, and the run names the answer", async () => {
    intercept = (_request, response) => {
      response.setHeader("content-type", "text/html");
      response.end("<html><body>Please log in</body></html>");
      return true;
    };
    const { run, outcome } = await harvest();
    expect(outcome).toBe("failed");
    expect(run.failure).toContain("an HTML page");
  });

  test("is failed where none of its formats can be mapped, and the run lists them", async () => {
    const { run, outcome } = await harvestOf({ metadata_prefix: "uketd_dc" });
    expect(outcome).toBe("failed");
    expect(run.failure).toContain('"uketd_dc" is not among the formats offered (oai_dc)');
  });

  test("is partial where it promises more than it brings", async () => {
    server.replaceItems(repository, theses(20));
    intercept = (request, response) => {
      if (!secondPageOf(request)) return false;
      response.setHeader("content-type", "text/xml");
      response.end(
        `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2024-06-01T12:00:00Z</responseDate><request>http://x.example/</request><error code="noRecordsMatch">nothing more</error></OAI-PMH>`,
      );
      return true;
    };
    const { run, outcome } = await harvest();
    expect(outcome).toBe("partial");
    expect(run.failure).toBe("the repository promised 20 records and delivered 10");
    expect(await cursor()).toBeNull();
  });

  test("is empty_unexpected where everything was asked for and nothing came", async () => {
    server.replaceItems(repository, []);
    expect((await harvest()).outcome).toBe("empty_unexpected");
  });

  async function harvestOf(changes: { readonly metadata_prefix: string }) {
    await database.db.updateTable("repository").set(changes).execute();
    return await harvest();
  }
});

describe("a page that cannot be had", () => {
  test("is come round to the one record that spoils it: all others are stored, and that one is named", async () => {
    const years = theses(35).map((item, index) => ({ ...item, datestamp: `20${10 + (index % 14)}-01-02T03:04:05Z` }));
    const bad = thesis(99, { datestamp: "2023-06-07T08:09:10Z" });
    server.replaceItems(repository, [...years, bad]);
    intercept = (request, response) => {
      const query = new URL(request.url ?? "", server.origin).searchParams;
      const from = query.get("from") ?? "";
      const until = query.get("until") ?? "9999";
      const holdsIt = query.get("verb") === "ListRecords" && from <= bad.datestamp && bad.datestamp <= until;
      const spoilt = holdsIt || query.get("identifier") === bad.identifier;
      if (spoilt) response.writeHead(500).end("Internal Server Error");
      return spoilt;
    };
    const { run, outcome } = await harvest();
    expect(await storedIdentifiers()).toEqual(identifiersOf(35));
    expect(outcome).toBe("complete_with_rejects");
    expect(run.missing).toEqual({ windows: [], identifiers: [bad.identifier] });
  });
});

describe("a long list", () => {
  const years = theses(120).map((item, at) => ({ ...item, datestamp: `20${10 + (at % 12)}-03-04T05:06:07Z` }));

  test("is asked for in parts where dates are known to be true, and nothing is missing", async () => {
    server.replaceItems(repository, years);
    await database.db.updateTable("repository").set({ behaviour: "{}" }).execute();
    const { run, outcome } = await harvest({ longestList: 30 });
    expect(outcome).toBe("complete");
    expect(await storedIdentifiers()).toEqual(identifiersOf(120));
    const windows = await listWindows(database.db, repositoryId, run.run_id);
    expect(windows.filter(({ state }) => state === "closed").length).toBeGreaterThan(3);
    for (const { state, received } of windows) if (state === "closed") expect(received).toBeLessThanOrEqual(30);
  });

  test("is asked for as a whole where nobody knows", async () => {
    server.replaceItems(repository, years);
    const { run } = await harvest({ longestList: 30 });
    expect(await listWindows(database.db, repositoryId, run.run_id)).toHaveLength(1);
  });
});

describe("a repository that weeds", () => {
  const without = (gone: number) => theses(300).map((item, at) => (at < gone ? withdraw(item) : item));
  const withdraw = (item: SampleItem) => ({
    ...item,
    deleted: true,
    metadata: {},
    datestamp: "2024-06-01T12:30:00Z",
  });

  async function live(): Promise<number> {
    const rows = await database.db.selectFrom("record").select("record_id").where("deleted", "=", false).execute();
    return rows.length;
  }

  beforeEach(async () => {
    server.replaceItems(repository, theses(300));
    await harvest();
  });

  test("may take a twentieth of its records out of the feed", async () => {
    server.replaceItems(repository, without(15));
    const { run, outcome } = await harvest();
    expect(outcome).toBe("complete");
    expect(run.withdrawn).toBe(15);
    expect(await live()).toBe(285);
  });

  test("is held where it takes a fifth: nothing leaves the feed, and the cursor stays", async () => {
    const before = await cursor();
    server.replaceItems(repository, without(60));
    const { run, outcome } = await harvest();
    expect(outcome).toBe("held_for_review");
    expect(run.failure).toContain("60 of 300 records would leave the feed");
    expect(await live()).toBe(300);
    expect(await cursor()).toBe(before);
  });

  test("is held still when it takes a little every day", async () => {
    server.replaceItems(repository, without(60));
    await harvest();
    server.replaceItems(repository, without(62));
    expect((await harvest()).outcome).toBe("held_for_review");
    expect(await live()).toBe(300);
  });

  test("is held where a list of everything brings a third fewer, although nothing says deleted", async () => {
    server.replaceItems(repository, theses(200));
    const { run, outcome } = await harvest({ full: true });
    expect(outcome).toBe("held_for_review");
    expect(run).toMatchObject({ vanished: 100 });
    expect(await live()).toBe(300);
  });

  test("loses what two complete lists do not bring, unless a record asked for by name is still there", async () => {
    server.replaceItems(repository, theses(295));
    await harvest({ full: true });
    expect(await live()).toBe(300);
    const { run } = await harvest({ full: true });
    expect(run.withdrawn).toBe(5);
    expect(await live()).toBe(295);
    const { deleted_reason } = await database.db
      .selectFrom("record")
      .select("deleted_reason")
      .where("source_identifier", "=", thesis(300).identifier)
      .executeTakeFirstOrThrow();
    expect(deleted_reason).toBe("sweep");
  });

  test("keeps what its lists forget but it still has", async () => {
    const liar = [...theses(300)];
    intercept = (request, response) => {
      const query = new URL(request.url ?? "", server.origin).searchParams;
      // lists are made without the last five, while each of them is given when asked for by name
      server.replaceItems(repository, query.get("verb") === "GetRecord" ? liar : liar.slice(0, 295));
      void response;
      return false;
    };
    await harvest({ full: true });
    expect((await harvest({ full: true })).run.withdrawn).toBe(0);
    expect(await live()).toBe(300);
  });
});

describe("a bad record", () => {
  const BROKEN = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/"><dc:title>Không đóng</oai_dc:dc>`;

  test("fails alone: it is kept with its bytes, the others are stored", async () => {
    server.replaceItems(repository, [...theses(20), thesis(21, { metadata: { oai_dc: BROKEN } })]);
    const { run, outcome } = await harvest();
    expect(outcome).toBe("complete_with_rejects");
    expect(run).toMatchObject({ received: 21, added: 20, rejected: 1 });
    const kept = await database.db.selectFrom("quarantine").selectAll().execute();
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatchObject({ identifier: thesis(21).identifier });
    expect(kept[0]?.raw).toContain(BROKEN);
  });

  test("that can be mended is mended, says so, and is kept as it was sent", async () => {
    const dirty = (thesis(2).metadata.oai_dc ?? "").replace("Luận văn", "Luận văn & luận\u0008 án");
    server.replaceItems(repository, [thesis(1), thesis(2, { metadata: { oai_dc: dirty } })]);
    const { outcome } = await harvest();
    expect(outcome).toBe("complete");
    const record = await database.db
      .selectFrom("record")
      .innerJoin("source_record", "source_record.record_id", "record.record_id")
      .select(["published", "raw"])
      .where("source_identifier", "=", thesis(2).identifier)
      .executeTakeFirstOrThrow();
    expect(record.published?.titles?.[0]?.value).toBe("Luận văn & luận án số 2");
    expect(record.raw).toContain(dirty);
    const issues = await database.db.selectFrom("record_issue").select(["code", "value"]).execute();
    expect(issues).toContainEqual({ code: "xml-repaired", value: "forbidden-character, bare-ampersand" });
  });

  test("without a title stays out of the feed and says so", async () => {
    server.replaceItems(repository, [thesis(1), thesis(2, { title: "" })]);
    await harvest();
    const published = await database.db.selectFrom("record").select("source_identifier").execute();
    expect(published).toEqual([{ source_identifier: thesis(1).identifier }]);
    const issues = await database.db.selectFrom("record_issue").select(["code", "severity"]).execute();
    expect(issues).toContainEqual({ code: "title-missing", severity: "error" });
  });
});

test("a record that is marked as a state secret is kept and never published", async () => {
  const dc = thesis(2).metadata.oai_dc ?? "";
  const secret = dc.replace("</oai_dc:dc>", "<dc:rights>Tối mật</dc:rights></oai_dc:dc>");
  server.replaceItems(repository, [thesis(1), thesis(2, { metadata: { oai_dc: secret } })]);
  await harvest();
  expect(await storedIdentifiers()).toEqual(identifiersOf(2));
  const published = await database.db.selectFrom("record").select("source_identifier").execute();
  expect(published).toEqual([{ source_identifier: thesis(1).identifier }]);
});

describe("two harvests", () => {
  test("of one host never run at the same time", async () => {
    const host = new URL(server.origin).host;
    await takeLease(database.db, { repositoryId: repositoryId + 1, host, owner: "elsewhere pid 1 x" }, 60_000);
    await expect(harvest()).rejects.toThrow(RepositoryBusy);
    expect(server.requests()).toEqual([]);
  });

  test("do not wait for one whose time has run out", async () => {
    const host = new URL(server.origin).host;
    await takeLease(database.db, { repositoryId: repositoryId + 1, host, owner: "elsewhere pid 1 x" }, -1);
    expect((await harvest()).outcome).toBe("complete");
  });
});
