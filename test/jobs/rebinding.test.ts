import { sql } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { OAI_DC_FORMAT, type SampleItem, type SampleRepository } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { type HarvestOptions, harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { approveHeldRun, rejectHeldRun } from "../../src/registry/reviews.ts";
import { takeDownRecord } from "../../src/registry/takedowns.ts";
import { type FeedItem, listFeed } from "../../src/store/oai-list.ts";
import { addDefinedSet, removeDefinedSet } from "../../src/store/query-sets.ts";
import { countRebindings, listRebindings } from "../../src/store/rebindings.ts";
import { addRepository, getRepository } from "../../src/store/repositories.ts";
import { listHeldRuns } from "../../src/store/reviews.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";

const DC = 'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
const OFFICER = { by: "Cán bộ", leadSeconds: 1 };
/** Stamps have seconds only: what is stored within the same second cannot be told apart. */
const LONG_AGO = new Date("2020-05-05T00:00:00Z");
const LATER = "2024-06-01T12:30:00Z";

/** What a thesis is, whatever it is called. */
interface Work {
  readonly title?: string;
  readonly creator?: string;
  readonly doi?: string;
  readonly url?: string;
  readonly abstract?: string;
  readonly datestamp?: string;
  readonly deleted?: boolean;
}

/** The work of that number under `identifier`. */
function item(number: number, identifier: string, work: Work = {}): SampleItem {
  const { title = `Nghiên cứu số ${number}`, creator = `Nguyễn Văn ${number}`, doi, url, abstract = "Tóm tắt" } = work;
  const identifiers = [doi, url].flatMap((value) =>
    value === undefined ? [] : [`<dc:identifier>${value}</dc:identifier>`],
  );
  const fields = [
    `<dc:title>${title}</dc:title><dc:creator>${creator}</dc:creator><dc:date>2015</dc:date>`,
    `<dc:description>${abstract}</dc:description>`,
    ...identifiers,
  ];
  const datestamp = new Date(Date.UTC(2024, 0, 1, 0, 0, number)).toISOString().replace(".000", "");
  return {
    identifier,
    datestamp: work.datestamp ?? datestamp,
    setSpecs: [],
    deleted: work.deleted === true,
    metadata: work.deleted === true ? {} : { oai_dc: `<oai_dc:dc ${DC}>${fields.join("")}</oai_dc:dc>` },
  };
}

/** `of(1)` to `of(count)`. */
function each(count: number, of: (number: number) => SampleItem): readonly SampleItem[] {
  return Array.from({ length: count }, (_, index) => of(index + 1));
}

const sample: SampleRepository = {
  path: "/kho/oai",
  name: "Kho luận văn",
  adminEmail: "kho@example.edu.vn",
  granularity: "YYYY-MM-DDThh:mm:ssZ",
  deletedRecord: "no",
  pageSize: 100,
  formats: [OAI_DC_FORMAT],
  sets: [],
  items: [],
};
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let repositoryId: number;
let code: string;
let repositories = 0;
/** Which questions the repository cannot answer. */
let breaks: (verb: string) => boolean;

beforeAll(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
});
afterAll(async () => {
  await services.http.close();
  await database.close();
});
beforeEach(async () => {
  breaks = () => false;
  server = await startSampleServer([sample], {
    now: () => new Date("2024-06-01T12:00:00Z"),
    intercept: ({ url }, response) => {
      const broken = breaks(new URL(url ?? "", "http://localhost").searchParams.get("verb") ?? "");
      if (broken) response.writeHead(500).end("NullPointerException");
      return broken;
    },
  });
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
const evidence = () => countRebindings(database.db, repositoryId);

/** From now on the repository has these items. */
function has(items: readonly SampleItem[]): void {
  server.replaceItems(sample, items);
}

/** It has them, and was harvested, long ago. */
async function harvestedLongAgo(items: readonly SampleItem[]): Promise<ReadonlyMap<string, FeedItem>> {
  has(items);
  expect((await harvest()).outcome).toBe("complete");
  for (const table of ["record", "record_set"] as const)
    await database.db.updateTable(table).set({ stamp: LONG_AGO }).where("repository_id", "=", repositoryId).execute();
  return await feed();
}

/** What whoever harvests our feed has seen of this repository by now, by our identifiers, in a format with such needs. */
async function feed(requires: readonly string[] = []): Promise<ReadonlyMap<string, FeedItem>> {
  const filter = { setId: null, from: null, until: null, horizon: new Date("9999-01-01T00:00:00Z"), requires };
  const page = { after: null, limit: 100_000, withMetadata: true };
  const items = (await listFeed(database.db, filter, page)).filter(({ repositoryCode }) => repositoryCode === code);
  return new Map(items.map((one) => [one.oaiIdentifier, one]));
}

const isDeleted = ({ deleted }: FeedItem) => deleted;
const hasMoved = ({ stamp }: FeedItem) => stamp.getTime() !== LONG_AGO.getTime();
const identifiersOf = (items: ReadonlyMap<string, FeedItem>) => [...items.keys()].sort();

describe("a repository that repairs the host in its 500 identifiers", () => {
  const work = (number: number) => ({ url: `http://hdl.handle.net/123/${number}` });
  const old = each(500, (number) => item(number, `oai:localhost:123/${number}`, work(number)));
  // twenty are described anew on this occasion, the first ten of them by nothing at all
  const repaired = each(500, (number) =>
    item(number, `oai:lib.x.edu.vn:123/${number}`, {
      ...work(number),
      ...(number <= 20 ? { abstract: number <= 10 ? "" : "Viết lại" } : {}),
    }),
  );

  test("is found out by a sweep and a list of everything; the feed sees twenty updates and nothing else", async () => {
    const before = await harvestedLongAgo(old);
    has(repaired);
    expect(await harvest({ sweep: true })).toMatchObject({ outcome: "complete", run: { unknown: 500, vanished: 500 } });
    const { run, outcome } = await harvest();
    expect(run).toMatchObject({ full_list: true, added: 500, diagnosis: "identifiers_changed", withdrawn: 0 });
    expect(outcome).toBe("held_for_review");
    expect(run.failure).toMatch(/^500 records seem to go on under other identifiers/);
    expect(await evidence()).toEqual([{ evidence: "local", records: 500 }]);
    expect(await feed()).toEqual(before);
    const held = (await listHeldRuns(database.db)).find((one) => one.repository_id === repositoryId);
    expect(held?.run_id).toBe(run.run_id);

    expect(await approveHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 0, rebindings: 500 });
    const after = await feed();
    expect(identifiersOf(after)).toEqual(identifiersOf(before));
    expect([...after.values()].filter(isDeleted)).toEqual([]);
    expect([...after].map(([identifier, one]) => [identifier, one.recordId])).toEqual(
      expect.arrayContaining([...before].map(([identifier, one]) => [identifier, one.recordId])),
    );
    const moved = [...after.values()].filter(hasMoved).map(({ sourceIdentifier }) => sourceIdentifier);
    expect(moved.sort()).toEqual(
      repaired
        .slice(0, 20)
        .map(({ identifier }) => identifier)
        .sort(),
    );
    expect(new Set([...after.values()].map(({ sourceIdentifier }) => sourceIdentifier))).toEqual(
      new Set(repaired.map(({ identifier }) => identifier)),
    );

    // what they have lost is deleted where a format needs it
    const described = [...(await feed(["descriptions"])).values()];
    expect([described.length, described.filter(isDeleted).length]).toEqual([500, 10]);

    // and that was that: nothing of it comes again, and nothing is missing
    expect((await harvest()).outcome).toBe("complete");
    expect((await harvest({ full: true })).run).toMatchObject({ unchanged: 500, added: 0, changed: 0, vanished: 0 });
    expect(await feed()).toEqual(after);
  });

  test("is found out also where the harvest of what is new brings them all, and was interrupted on the way", async () => {
    const before = await harvestedLongAgo(old);
    has(repaired.map((one) => ({ ...one, datestamp: LATER })));
    const stop = new AbortController();
    const seen: number[] = [];
    await harvest({
      signal: stop.signal,
      onPage: async () => {
        seen.push((await feed()).size);
        stop.abort();
      },
    });
    expect(seen).toEqual([500]);
    const { run, outcome } = await harvest();
    expect(run).toMatchObject({ full_list: false, added: 500 });
    expect(outcome).toBe("held_for_review");
    expect(await feed()).toEqual(before);
    // what is asked again every night until somebody decides is proposed once
    expect((await harvest()).outcome).toBe("held_for_review");
    expect(await approveHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 0, rebindings: 500 });
    const after = await feed();
    expect(identifiersOf(after)).toEqual(identifiersOf(before));
    expect([...after.values()].filter(hasMoved)).toHaveLength(20);
    expect((await getRepository(database.db, repositoryId)).harvested_until).toBe("2024-06-01T12:00:00Z");
  });
});

test("records that go on under other identifiers are in the lists of their present sets, tombstones in those of before", async () => {
  const { db } = database;
  const titles = { title_vi: "Mê Kông", title_en: "Mekong", description: null };
  await addDefinedSet(db, { set_spec: "query:mekong", ...titles, conditions: ["any=Mê Kông"] });
  try {
    const works = (host: string, work: Work) => each(24, (number) => item(number, `oai:${host}:${number}`, work));
    await harvestedLongAgo(works("localhost", { abstract: "Lũ sông Mê Kông" }));
    const ours = [...(await feed()).values()].find(({ sourceIdentifier }) => sourceIdentifier.endsWith(":7"));
    await takeDownRecord(db, ours?.oaiIdentifier ?? "", { by: "an", reason: "x", leadSeconds: 1 });
    has(works("lib.x.edu.vn", { abstract: "Lũ sông Hồng", datestamp: LATER }));
    await harvest({ full: true });
    expect(await approveHeldRun(db, code, OFFICER)).toEqual({ deletions: 0, rebindings: 24 });
    const { rows } = await sql<{ deleted: boolean; named: boolean; listed: boolean }>`
      SELECT deleted, 'query:mekong' = ANY (set_specs) AS named, EXISTS (
        SELECT FROM record_set m JOIN oai_set USING (set_id) WHERE set_spec = 'query:mekong'
          AND m.repository_id = r.repository_id AND m.record_id = r.record_id AND m.stamp = r.stamp
      ) AS listed FROM record r WHERE repository_id = ${repositoryId}`.execute(db);
    expect(rows.filter(({ deleted }) => deleted)).toEqual([{ deleted: true, named: true, listed: true }]);
    expect(rows.filter(({ named, listed }) => !named && !listed)).toHaveLength(23);
  } finally {
    await removeDefinedSet(db, "query:mekong");
  }
});

describe("a repository that changes the prefix of its 500 handles", () => {
  test("is known again by its DOIs, and the feed sees the records with their new addresses", async () => {
    const of = (prefix: string) =>
      each(500, (number) =>
        item(number, `oai:lib.x.edu.vn:${prefix}/${number + (prefix === "11461" ? 1000 : 0)}`, {
          doi: `https://doi.org/10.12345/LV.${number}`,
          url: `http://hdl.handle.net/${prefix}/${number + (prefix === "11461" ? 1000 : 0)}`,
        }),
      );
    const before = await harvestedLongAgo(of("20.500.1"));
    has(of("11461"));
    expect((await harvest({ full: true })).outcome).toBe("held_for_review");
    expect(await evidence()).toEqual([{ evidence: "doi", records: 500 }]);
    await approveHeldRun(database.db, code, OFFICER);
    const after = await feed();
    expect(identifiersOf(after)).toEqual(identifiersOf(before));
    expect([...after.values()].filter(isDeleted)).toEqual([]);
    // each has another handle in its published form
    expect([...after.values()].filter(hasMoved)).toHaveLength(500);
    const first = after.get(`oai:lienthong.example:${code}/lib.x.edu.vn:20.500.1/1`);
    expect(JSON.stringify(first?.published)).toContain("11461/1001");
  });
});

describe("what is known again", () => {
  const alike = { title: "Báo cáo thường niên", creator: "Trung tâm" };

  test("is unique on both sides: works that share title, creator and year stay apart", async () => {
    const title = (number: number) => (number > 20 ? alike : {});
    await harvestedLongAgo(each(30, (number) => item(number, `oai:lib.x.edu.vn:${number}`, title(number))));
    has(each(30, (number) => item(number, `oai:lib.x.edu.vn:${number + 5000}`, title(number))));
    await harvest({ full: true });
    expect(await evidence()).toEqual([{ evidence: "title-creator-year", records: 20 }]);
    // the ten that nobody can tell apart are published as what they are: new ones
    expect((await feed()).size).toBe(40);
    expect(await approveHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 0, rebindings: 20 });
    expect((await feed()).size).toBe(40);
    // and the ten that are gone leave as all that is gone does
    await harvest({ full: true });
    expect([...(await feed()).values()].filter(isDeleted)).toHaveLength(10);
  });

  test("is the same work: a number that was given to another one proves nothing", async () => {
    await harvestedLongAgo(each(24, (number) => item(number, `oai:localhost:${number}`)));
    has(each(24, (number) => item(number, `oai:lib.x.edu.vn:${(number % 24) + 1}`)));
    await harvest({ full: true });
    const pairs = await listRebindings(database.db, repositoryId, 100);
    expect(pairs).toHaveLength(24);
    expect(pairs.find(({ oldIdentifier }) => oldIdentifier === "oai:localhost:7")).toMatchObject({
      newIdentifier: "oai:lib.x.edu.vn:8",
      evidence: "title-creator-year",
      title: "Nghiên cứu số 7",
    });
  });

  test("never has another DOI", async () => {
    const doi = (number: number, year: string) => ({
      ...alike,
      creator: `${number}`,
      doi: `10.1234/${year}.${number}`,
    });
    await harvestedLongAgo(each(24, (number) => item(number, `oai:x:a${number}`, doi(number, "2014"))));
    has(each(24, (number) => item(number, `oai:x:b${number}`, doi(number, "2015"))));
    await harvest({ full: true });
    expect(await evidence()).toEqual([]);
  });

  test("is gone under its old name: items that are there twice are two", async () => {
    const old = each(24, (number) => item(number, `oai:localhost:${number}`));
    await harvestedLongAgo(old);
    has([...old, ...each(24, (number) => item(number, `oai:lib.x.edu.vn:${number}`, { datestamp: LATER }))]);
    expect((await harvest()).outcome).toBe("complete");
    expect((await feed()).size).toBe(48);
  });

  test("is not known where the repository cannot be asked: what is new waits, and the next list of everything tells", async () => {
    const before = await harvestedLongAgo(each(24, (number) => item(number, `oai:localhost:${number}`)));
    has(each(24, (number) => item(number, `oai:lib.x.edu.vn:${number}`, { datestamp: LATER })));
    breaks = (verb) => verb === "GetRecord";
    const { run, outcome } = await harvest();
    expect(outcome).toBe("complete");
    expect(run.note).toMatch(/^new records wait, since 24 of them may be known ones .*HTTP 500/);
    expect(await feed()).toEqual(before);
    expect(await harvest()).toMatchObject({ outcome: "held_for_review", run: { full_list: true } });
    expect(await evidence()).toEqual([{ evidence: "local", records: 24 }]);
  });

  test("is more than a few: of ten that go and ten that come nobody is asked", async () => {
    const stay = each(200, (number) => item(number + 100, `oai:lib.x.edu.vn:${number + 100}`));
    await harvestedLongAgo([...stay, ...each(10, (number) => item(number, `oai:localhost:${number}`))]);
    has([...stay, ...each(10, (number) => item(number, `oai:lib.x.edu.vn:${number}`))]);
    expect((await harvest({ full: true })).outcome).toBe("complete");
    expect((await feed()).size).toBe(220);
    expect((await harvest({ full: true })).run.withdrawn).toBe(10);
  });
});

describe("a decision about other identifiers", () => {
  const work = (number: number) => ({ url: `https://lib.x.edu.vn/luan-van/${number}` });
  const old = each(24, (number) => item(number, `oai:localhost:${number}`, work(number)));
  const repaired = each(24, (number) =>
    item(number, `oai:lib.x.edu.vn:${number}`, { ...work(number), datestamp: LATER }),
  );

  test("that turns it down publishes the new ones at once; the old ones vanish as others do", async () => {
    await harvestedLongAgo(old);
    has(repaired);
    await harvest();
    expect(await rejectHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 0, rebindings: 24 });
    const after = await feed();
    expect(after.size).toBe(48);
    expect([...after.values()].filter(hasMoved)).toHaveLength(24);
    await harvest({ full: true });
    expect((await harvest({ full: true })).outcome).toBe("held_for_review");
    expect(await evidence()).toEqual([]);
    await approveHeldRun(database.db, code, OFFICER);
    expect([...(await feed()).values()].filter(isDeleted)).toHaveLength(24);
  });

  test("takes what was changed while it waited", async () => {
    await harvestedLongAgo(old);
    has(repaired);
    await harvest();
    const now = item(7, "oai:lib.x.edu.vn:7", { ...work(7), datestamp: LATER, abstract: "Mới hơn" });
    has([...repaired.filter(({ identifier }) => identifier !== now.identifier), now]);
    await harvest();
    expect([...(await feed()).values()].filter(hasMoved)).toEqual([]);
    await approveHeldRun(database.db, code, OFFICER);
    const moved = [...(await feed()).values()].filter(hasMoved);
    expect(moved.map(({ sourceIdentifier }) => sourceIdentifier)).toEqual([now.identifier]);
  });

  test("may be about them alone: what is gone besides goes on waiting", async () => {
    const others = each(16, (number) => item(number + 100, `oai:lib.x.edu.vn:${number + 100}`));
    await harvestedLongAgo([...old, ...others]);
    has(repaired);
    await harvest({ full: true });
    await harvest({ full: true });
    expect(await approveHeldRun(database.db, code, OFFICER, "rebindings")).toEqual({ deletions: 0, rebindings: 24 });
    expect([...(await feed()).values()].filter(isDeleted)).toEqual([]);
    expect(await rejectHeldRun(database.db, code, OFFICER, "deletions")).toEqual({ deletions: 16, rebindings: 0 });
    await expect(approveHeldRun(database.db, code, OFFICER)).rejects.toThrow(/waits for a decision/);
  });

  test("is taken back where the repository takes its repair back: nobody downstream notices", async () => {
    const before = await harvestedLongAgo(old);
    has(repaired);
    await harvest();
    await approveHeldRun(database.db, code, OFFICER);
    has(old.map((one) => ({ ...one, datestamp: LATER })));
    expect((await harvest()).outcome).toBe("held_for_review");
    await approveHeldRun(database.db, code, OFFICER);
    const after = await feed();
    expect(identifiersOf(after)).toEqual(identifiersOf(before));
    expect([...after.values()].filter((one) => hasMoved(one) || one.deleted)).toEqual([]);
    expect([...after.values()].map(({ sourceIdentifier }) => sourceIdentifier)).toContain("oai:localhost:7");
  });
});

describe("a repository that tells of its deletions", () => {
  const old = each(24, (number) => item(number, `oai:localhost:${number}`));
  const repaired = each(24, (number) => item(number, `oai:lib.x.edu.vn:${number}`, { datestamp: LATER }));
  const tombstones = old.map(({ identifier }) => item(0, identifier, { datestamp: LATER, deleted: true }));

  test("deletes nothing downstream by deleting the old identifiers", async () => {
    const before = await harvestedLongAgo(old);
    has([...repaired, ...tombstones]);
    expect((await harvest()).outcome).toBe("held_for_review");
    expect(await feed()).toEqual(before);
    expect(await approveHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 0, rebindings: 24 });
    // it goes on telling that the old ones are deleted, and later has one of them again beside the new one
    expect((await harvest()).outcome).toBe("complete");
    expect(identifiersOf(await feed())).toEqual(identifiersOf(before));
    has([...repaired, ...tombstones.slice(1), item(1, "oai:localhost:1", { datestamp: "2024-06-01T12:40:00Z" })]);
    expect((await harvest()).outcome).toBe("complete");
    const after = await feed();
    expect(after.size).toBe(25);
    expect([...after.values()].filter(isDeleted)).toEqual([]);
    expect([...after.keys()].filter((identifier) => !before.has(identifier))).toEqual([
      expect.stringMatching(/^oai:lienthong\.example:kho-\d+\/~~[0-9a-f]{64}$/),
    ]);
  });

  test("has its deletions decided like all others where the old ones are no longer waited for", async () => {
    await harvestedLongAgo(old);
    has([...repaired, ...tombstones]);
    await harvest();
    await rejectHeldRun(database.db, code, OFFICER);
    expect((await harvest()).outcome).toBe("held_for_review");
    expect(await approveHeldRun(database.db, code, OFFICER)).toEqual({ deletions: 24, rebindings: 0 });
    expect([...(await feed()).values()].filter(isDeleted)).toHaveLength(24);
  });
});

test("a record that a person took down does not come back under another identifier", async () => {
  const stay = each(12, (number) => item(number + 100, `oai:lib.x.edu.vn:${number + 100}`));
  await harvestedLongAgo([...stay, item(1, "oai:localhost:1")]);
  await takeDownRecord(database.db, `oai:lienthong.example:${code}/localhost:1`, {
    ...OFFICER,
    reason: "vi phạm bản quyền",
  });
  has([...stay, item(1, "oai:lib.x.edu.vn:1")]);
  expect((await harvest({ full: true })).outcome).toBe("held_for_review");
  expect(await listRebindings(database.db, repositoryId, 10)).toMatchObject([{ takenDown: true }]);
  await approveHeldRun(database.db, code, OFFICER);
  has([...stay, item(1, "oai:lib.x.edu.vn:1", { datestamp: LATER, abstract: "Mới" })]);
  await harvest();
  const after = await feed();
  expect(after.size).toBe(13);
  expect([...after.values()].filter(isDeleted).map(({ sourceIdentifier }) => sourceIdentifier)).toEqual([
    "oai:lib.x.edu.vn:1",
  ]);
});
