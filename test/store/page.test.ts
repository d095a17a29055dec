import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Issue } from "../../src/record/issue.ts";
import { applyDeletions, weighDeletions } from "../../src/store/deletions.ts";
import { takeLease } from "../../src/store/leases.ts";
import { savePage } from "../../src/store/page.ts";
import { getRun } from "../../src/store/runs.ts";
import { ensureSet } from "../../src/store/sets.ts";
import { listWindows } from "../../src/store/windows.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { changed, type Harvest, LEASE_MS, page, startHarvest } from "./harvested.ts";

const remark: Issue = {
  code: "unreadable-date",
  severity: "warning",
  field: "issued",
  path: "/dc:date[1]",
  value: "?",
};
let database: TestDatabase;
let harvest: Harvest;
let repositories = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  repositories += 1;
  harvest = await startHarvest(database.db, `library-${repositories}`);
});

/** The record as the feed has it. */
async function inFeed(identifier: string) {
  const query = database.db.selectFrom("record").selectAll().where("repository_id", "=", harvest.repositoryId);
  return await query.where("source_identifier", "=", identifier).executeTakeFirst();
}

/** Sets the record's stamp, in the feed and in its sets, far back: whatever moves it afterwards shows. */
async function age(): Promise<Date> {
  const long = new Date("2020-05-05T00:00:00Z");
  for (const table of ["record", "record_set"] as const) {
    await database.db
      .updateTable(table)
      .set({ stamp: long })
      .where("repository_id", "=", harvest.repositoryId)
      .execute();
  }
  return long;
}

async function memberships(): Promise<readonly { readonly set_id: number; readonly stamp: Date }[]> {
  const query = database.db.selectFrom("record_set").select(["set_id", "stamp"]);
  return await query.where("repository_id", "=", harvest.repositoryId).execute();
}

async function rowsOf(table: "source_record" | "record" | "record_set" | "record_issue" | "quarantine") {
  return await database.db.selectFrom(table).selectAll().where("repository_id", "=", harvest.repositoryId).execute();
}

describe("a page is stored", () => {
  test("with its records, their sets and their issues, and counted in run and window", async () => {
    await savePage(
      database.db,
      page(harvest, [{ identifier: "b", issues: [remark, { ...remark, value: "??" }] }, { identifier: "a" }], {
        rejected: [{ identifier: "c", reason: "not well-formed", raw: "<record>\u0001" }],
        unchanged: [11, 12, 13, 14],
        counts: { received: 7, deleted: 3, repeated: 2, bytes: 1234 },
        resumptionToken: "next please",
        closesWindow: false,
        completeListSize: 99,
      }),
    );
    expect((await rowsOf("source_record")).map((row) => "identifier" in row && row.identifier).sort()).toEqual([
      "a",
      "b",
    ]);
    expect(await inFeed("a")).toMatchObject({
      deleted: false,
      deleted_reason: null,
      oai_identifier: `oai:lienthong.example:${harvest.code}/a`,
      published: { titles: [{ value: "Truyện Kiều", type: "main" }] },
      set_specs: [harvest.code],
    });
    const stamp = (await inFeed("a"))?.stamp;
    expect(await memberships()).toEqual([
      { set_id: harvest.setId, stamp },
      { set_id: harvest.setId, stamp },
    ]);
    const record_id = (await inFeed("b"))?.record_id;
    const stored = { repository_id: harvest.repositoryId, record_id, ...remark };
    expect(
      (await rowsOf("record_issue")).toSorted((a, b) =>
        "position" in a && "position" in b ? a.position - b.position : 0,
      ),
    ).toEqual([
      { ...stored, position: 0 },
      { ...stored, position: 1, value: "??" },
    ]);
    expect(await rowsOf("quarantine")).toMatchObject([
      { run_id: harvest.runId, identifier: "c", reason: "not well-formed", raw: "<record>\u0001" },
    ]);
    expect(await getRun(database.db, harvest.repositoryId, harvest.runId)).toMatchObject({
      pages: 1,
      received: 7,
      added: 2,
      changed: 0,
      unchanged: 4,
      rejected: 1,
      deleted: 3,
      repeated: 2,
      bytes: 1234,
      complete_list_size: 99,
      outcome: null,
    });
    expect(await listWindows(database.db, harvest.repositoryId, harvest.runId)).toMatchObject([
      { pages: 1, received: 7, resumption_token: "next please", state: "open" },
    ]);
  });

  test("and added to what the pages before it counted; the last one closes the window and keeps the list's size", async () => {
    const { db } = database;
    await savePage(db, page(harvest, [{ identifier: "a" }], { resumptionToken: "more", completeListSize: 2 }));
    await savePage(db, page(harvest, [{ identifier: "a", title: "Lục Vân Tiên" }, { identifier: "b" }]));
    const run = await getRun(db, harvest.repositoryId, harvest.runId);
    expect(run).toMatchObject({ pages: 2, received: 3, added: 2, changed: 1, complete_list_size: 2 });
    expect(await listWindows(db, harvest.repositoryId, harvest.runId)).toMatchObject([
      { pages: 2, received: 3, resumption_token: null, state: "closed" },
    ]);
  });

  test("and what had to be mended of the answers is counted by what it was", async () => {
    const { db } = database;
    const mended = ["junk-before-document", "bare-ampersand"];
    await savePage(db, page(harvest, [{ identifier: "a" }], { resumptionToken: "more", repairs: mended }));
    await savePage(db, page(harvest, [{ identifier: "b" }], { resumptionToken: "more" }));
    await savePage(db, page(harvest, [{ identifier: "c" }], { repairs: ["junk-before-document"] }));
    const { repairs } = await getRun(db, harvest.repositoryId, harvest.runId);
    expect(repairs).toEqual({ "junk-before-document": 2, "bare-ampersand": 1 });
  });

  test("and prolongs the lease", async () => {
    await database.db
      .updateTable("harvest_lease")
      .set({ expires_at: sql`clock_timestamp() - interval '1 minute'` })
      .where("repository_id", "=", harvest.repositoryId)
      .execute();
    await savePage(database.db, page(harvest, [{ identifier: "a" }]));
    const late = { ...harvest.lease, owner: "late" };
    expect(await takeLease(database.db, late, LEASE_MS)).toBe(false);
  });

  test("also where it holds more records than one statement takes", async () => {
    const many = Array.from({ length: 2_500 }, (_, index) => ({ identifier: `r${index}`, issues: [remark] }));
    await savePage(database.db, page(harvest, many));
    expect(await rowsOf("record")).toHaveLength(2_500);
    expect(await rowsOf("record_issue")).toHaveLength(2_500);
    expect(await getRun(database.db, harvest.repositoryId, harvest.runId)).toMatchObject({ added: 2_500 });
  });

  test("with the same identifiers as another repository's, which are other records", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "same", title: "Một" }]));
    const other = await startHarvest(database.db, `other-${repositories}`);
    await savePage(database.db, page(other, [{ identifier: "same", title: "Hai" }]));
    expect(await inFeed("same")).toMatchObject({ published: { titles: [{ value: "Một" }] } });
  });
});

describe("a page is stored wholly or not at all", () => {
  const nothing = { source_record: [], record: [], record_set: [], record_issue: [], quarantine: [] };
  const everything = async () => ({
    source_record: await rowsOf("source_record"),
    record: await rowsOf("record"),
    record_set: await rowsOf("record_set"),
    record_issue: await rowsOf("record_issue"),
    quarantine: await rowsOf("quarantine"),
  });
  const rejected = [{ identifier: null, reason: "unreadable", raw: "<" }];

  test("when the lease was taken over meanwhile", async () => {
    await database.db
      .updateTable("harvest_lease")
      .set({ owner: "somebody else" })
      .where("repository_id", "=", harvest.repositoryId)
      .execute();
    const saved = savePage(database.db, page(harvest, [{ identifier: "a", issues: [remark] }], { rejected }));
    await expect(saved).rejects.toMatchObject({ name: "LeaseLost" });
    await expect(saved).rejects.toThrow(harvest.lease.host);
    expect(await everything()).toEqual(nothing);
    expect(await getRun(database.db, harvest.repositoryId, harvest.runId)).toMatchObject({ pages: 0, received: 0 });
    expect(await listWindows(database.db, harvest.repositoryId, harvest.runId)).toMatchObject([
      { pages: 0, received: 0, state: "open" },
    ]);
  });

  test("when the lease is gone", async () => {
    await database.db.deleteFrom("harvest_lease").where("repository_id", "=", harvest.repositoryId).execute();
    const saved = savePage(database.db, page(harvest, []));
    await expect(saved).rejects.toMatchObject({ name: "LeaseLost" });
    expect(await listWindows(database.db, harvest.repositoryId, harvest.runId)).toMatchObject([{ state: "open" }]);
  });

  test("when the database refuses its last row", async () => {
    const bad = { ...remark, severity: "no such severity" as Issue["severity"] };
    const saved = savePage(
      database.db,
      page(harvest, [{ identifier: "a" }, { identifier: "b", issues: [bad] }], { rejected }),
    );
    await expect(saved).rejects.toThrow(/record_issue_severity_check/);
    expect(await everything()).toEqual(nothing);
  });
});

describe("a record's stamp", () => {
  test("lies ahead of the clock by the lead", async () => {
    const clock = async () =>
      (await sql<{ now: Date }>`SELECT clock_timestamp() AS now`.execute(database.db)).rows[0]?.now.getTime() ?? 0;
    const before = await clock();
    await savePage(database.db, page(harvest, [{ identifier: "a" }], { leadSeconds: 30 }));
    const after = await clock();
    const stamp = (await inFeed("a"))?.stamp.getTime() ?? 0;
    expect(stamp % 1000).toBe(0);
    expect(stamp).toBeGreaterThanOrEqual(before + 30_000);
    expect(stamp).toBeLessThan(after + 31_000);
  });

  test("stays where it was when the same comes again", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a" }]));
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a" }]));
    expect((await inFeed("a"))?.stamp).toEqual(long);
    expect(await memberships()).toEqual([{ set_id: harvest.setId, stamp: long }]);
  });

  test("stays where it was when only their datestamp changed, and the new one is kept as sent", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a", datestamp: "2026-01-01" }]));
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a", datestamp: "2026-02-02" }]));
    expect((await inFeed("a"))?.stamp).toEqual(long);
    expect(await rowsOf("source_record")).toMatchObject([{ identifier: "a", datestamp: "2026-02-02" }]);
  });

  test("moves when the content changes, in the feed and in its sets, and only that record's", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a" }, { identifier: "b" }]));
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a", title: "Chinh phụ ngâm" }, { identifier: "b" }]));
    const moved = await inFeed("a");
    expect(moved?.published).toEqual({ titles: [{ value: "Chinh phụ ngâm", type: "main" }] });
    expect(moved?.stamp.getTime()).toBeGreaterThan(long.getTime());
    expect((await inFeed("b"))?.stamp).toEqual(long);
    const stamps = (await memberships()).map(({ stamp }) => stamp.getTime()).sort();
    expect(stamps).toEqual([long.getTime(), moved?.stamp.getTime()]);
  });

  test("moves when the record changes its sets, and it leaves the old one", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a" }]));
    const long = await age();
    const again = changed(harvest, { identifier: "a" });
    const elsewhere = { ...again, record: again.record === null ? null : { ...again.record, setSpecs: ["elsewhere"] } };
    const setId = await ensureSet(database.db, { setSpec: "elsewhere", setName: "elsewhere" });
    await savePage(database.db, { ...page(harvest, []), changed: [elsewhere] });
    expect((await inFeed("a"))?.stamp.getTime()).toBeGreaterThan(long.getTime());
    expect((await memberships()).map(({ set_id }) => set_id)).toEqual([setId]);
  });
});

describe("a record that goes and comes", () => {
  /** The run closes and nobody objects. */
  const applyAll = () => applyDeletions(database.db, harvest, 1);

  test("stays in the feed until the run closes when their header says deleted: it is proposed for deletion", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a" }, { identifier: "b" }]));
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true }]));
    expect(await inFeed("a")).toMatchObject({ deleted: false, stamp: long });
    expect(await weighDeletions(database.db, harvest.repositoryId)).toEqual({ proposed: 1, live: 2 });
  });

  test("becomes a tombstone when the run closes; what it was stays known", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a", title: "Số đỏ" }]));
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true }]));
    expect(await applyAll()).toBe(1);
    const tombstone = await inFeed("a");
    expect(tombstone).toMatchObject({
      deleted: true,
      deleted_reason: "source-header",
      published: { titles: [{ value: "Số đỏ" }] },
    });
    expect(tombstone?.stamp.getTime()).toBeGreaterThan(long.getTime());
    expect(await memberships()).toEqual([{ set_id: harvest.setId, stamp: tombstone?.stamp }]);
  });

  test("stays in its sets as a tombstone, whatever little is said of it then", async () => {
    await ensureSet(database.db, { setSpec: "thesis", setName: "thesis" });
    const thesis = changed(harvest, { identifier: "a" });
    const record = thesis.record === null ? null : { ...thesis.record, setSpecs: [harvest.code, "thesis"] };
    await savePage(database.db, { ...page(harvest, []), changed: [{ ...thesis, record }] });
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true }]));
    await applyAll();
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true, datestamp: "2026-03-03" }]));
    expect(await inFeed("a")).toMatchObject({ deleted: true, set_specs: [harvest.code, "thesis"], stamp: long });
    expect(await memberships()).toHaveLength(2);
  });

  test("stays where it was when it is deleted again", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a" }]));
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true }]));
    await applyAll();
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true, datestamp: "2026-03-03" }]));
    expect(await weighDeletions(database.db, harvest.repositoryId)).toEqual({ proposed: 0, live: 0 });
    await applyAll();
    expect((await inFeed("a"))?.stamp).toEqual(long);
  });

  test("comes back live, with its new content and a new stamp, also when the content is what it was", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a", title: "Số đỏ" }]));
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true }]));
    await applyAll();
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a", title: "Số đỏ" }]));
    const back = await inFeed("a");
    expect(back).toMatchObject({ deleted: false, deleted_reason: null });
    expect(back?.stamp.getTime()).toBeGreaterThan(long.getTime());
  });

  test("is not deleted when it comes again before the run closes", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a" }]));
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true }]));
    await savePage(database.db, page(harvest, [{ identifier: "a", datestamp: "2026-03-03" }]));
    expect(await applyAll()).toBe(0);
    expect(await inFeed("a")).toMatchObject({ deleted: false });
  });

  test("enters the feed as a tombstone when it was deleted before we ever saw it", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a", deleted: true }]));
    expect(await inFeed("a")).toMatchObject({ deleted: true, deleted_reason: "source-header", published: null });
    expect(await memberships()).toHaveLength(1);
  });

  test("never enters the feed while it has no title, but is stored", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a", title: null, issues: [remark] }]));
    expect(await inFeed("a")).toBeUndefined();
    expect(await rowsOf("source_record")).toHaveLength(1);
    expect(await rowsOf("record_issue")).toHaveLength(1);
  });

  test("leaves the feed as suppressed when it loses its title, and comes back with it", async () => {
    await savePage(database.db, page(harvest, [{ identifier: "a", title: "Tắt đèn" }]));
    const long = await age();
    await savePage(database.db, page(harvest, [{ identifier: "a", title: null }]));
    const hidden = await inFeed("a");
    expect(hidden).toMatchObject({ deleted: true, deleted_reason: "suppressed" });
    expect(hidden?.stamp.getTime()).toBeGreaterThan(long.getTime());
    expect(await memberships()).toEqual([{ set_id: harvest.setId, stamp: hidden?.stamp }]);
    await savePage(database.db, page(harvest, [{ identifier: "a", title: "Tắt đèn" }]));
    expect(await inFeed("a")).toMatchObject({ deleted: false, deleted_reason: null });
  });
});

test("a record's issues are replaced, and those of records that did not change stay", async () => {
  const other: Issue = { ...remark, code: "unmatched-language" };
  await savePage(
    database.db,
    page(harvest, [
      { identifier: "a", issues: [remark, other] },
      { identifier: "b", issues: [remark] },
    ]),
  );
  await savePage(database.db, page(harvest, [{ identifier: "a", datestamp: "2026-02-02", issues: [other] }]));
  const [a, b] = [(await inFeed("a"))?.record_id, (await inFeed("b"))?.record_id];
  const stored = (await rowsOf("record_issue")).map((row) => ("code" in row ? [row.record_id, row.code] : []));
  expect(stored).toHaveLength(2);
  expect(stored).toEqual(
    expect.arrayContaining([
      [a, other.code],
      [b, remark.code],
    ]),
  );
});

test("two workers that store the same records in opposite order do not wait for each other in a circle", async () => {
  const identifiers = Array.from({ length: 300 }, (_, index) => `r${String(index).padStart(3, "0")}`);
  await savePage(
    database.db,
    page(
      harvest,
      identifiers.map((identifier) => ({ identifier })),
    ),
  );
  const rounds = Array.from({ length: 4 }, (_, round) => {
    const wordings = identifiers.map((identifier) => ({ identifier, title: `Bản ${round}` }));
    return page(harvest, round % 2 === 0 ? wordings : wordings.toReversed());
  });
  await expect(Promise.all(rounds.map((saved) => savePage(database.db, saved)))).resolves.toHaveLength(4);
});
