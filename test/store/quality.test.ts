import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { releaseHeld } from "../../src/store/held-records.ts";
import { type ChangedRecord, savePage } from "../../src/store/page.ts";
import { groupByQuality, keepQuality, listJudgeable } from "../../src/store/quality.ts";
import type { RecordQuality } from "../../src/store/records.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { changed, type Harvest, page, startHarvest, type Wording } from "./harvested.ts";

const LONG_AGO = new Date("2020-05-05T00:00:00Z");
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

function judged(wording: Wording, quality: RecordQuality | null = null): ChangedRecord {
  const one = changed(harvest, wording);
  return { ...one, record: one.record === null ? null : { ...one.record, quality } };
}

async function save(records: readonly ChangedRecord[], holdsNew = false): Promise<void> {
  await savePage(database.db, { ...page(harvest, []), changed: records, holdsNew });
}

async function rows() {
  const query = database.db.selectFrom("record").where("repository_id", "=", harvest.repositoryId);
  return await query
    .select(["stamp", "quality", "rules_missed", "source_datestamp", "deleted"])
    .orderBy("source_identifier")
    .execute();
}

async function age(): Promise<void> {
  for (const table of ["record", "record_set"] as const)
    await database.db
      .updateTable(table)
      .set({ stamp: LONG_AGO })
      .where("repository_id", "=", harvest.repositoryId)
      .execute();
}

describe("the score of a record", () => {
  test("is kept with it, and so is what it misses", async () => {
    await save([judged({ identifier: "a" }, { score: 65, missed: 0b101 }), judged({ identifier: "b" })]);
    expect(await rows()).toMatchObject([
      { quality: 65, rules_missed: 5 },
      { quality: null, rules_missed: null },
    ]);
  });

  test("changes alone without moving the record in the feed or its sets, or changing what its provenance says", async () => {
    await save([judged({ identifier: "a", datestamp: "2026-01-01" }, { score: 65, missed: 5 })]);
    await age();
    await save([judged({ identifier: "a", datestamp: "2026-02-02" }, { score: 70, missed: 4 })]);
    const expected = { quality: 70, rules_missed: 4, stamp: LONG_AGO, source_datestamp: "2026-01-01" };
    expect(await rows()).toMatchObject([expected]);
    const sets = database.db.selectFrom("record_set").select("stamp").where("repository_id", "=", harvest.repositoryId);
    expect(await sets.execute()).toEqual([{ stamp: LONG_AGO }]);
  });

  test("moves with the content", async () => {
    await save([judged({ identifier: "a" }, { score: 65, missed: 5 })]);
    await age();
    await save([judged({ identifier: "a", title: "Số đỏ", datestamp: "2026-02-02" }, { score: 70, missed: 4 })]);
    const [row] = await rows();
    expect(row).toMatchObject({ quality: 70, source_datestamp: "2026-02-02" });
    expect(row?.stamp.getTime()).toBeGreaterThan(LONG_AGO.getTime());
  });

  test("waits with a record that is held back and enters the feed with it", async () => {
    await save([judged({ identifier: "a" }, { score: 65, missed: 5 })], true);
    expect(await rows()).toEqual([]);
    await releaseHeld(database.db, harvest.repositoryId, 1);
    expect(await rows()).toMatchObject([{ quality: 65, rules_missed: 5 }]);
  });
});

describe("a score that is kept later", () => {
  async function judgeAll(quality: RecordQuality, meanwhile: () => Promise<void> = async () => {}): Promise<void> {
    for await (const records of listJudgeable(database.db, harvest.repositoryId)) {
      await meanwhile();
      const anew = records.map(({ recordId, stamp }) => ({ recordId, stamp, quality }));
      await keepQuality(database.db, harvest.repositoryId, anew);
    }
  }

  test("moves nothing", async () => {
    await save([judged({ identifier: "a" }), judged({ identifier: "b" }, { score: 1, missed: 1 })]);
    await age();
    await judgeAll({ score: 50, missed: 3 });
    const expected = { quality: 50, rules_missed: 3, stamp: LONG_AGO };
    expect(await rows()).toMatchObject([expected, expected]);
  });

  test("gives way to that of a harvest which changes the record meanwhile", async () => {
    await save([judged({ identifier: "a" })]);
    await age();
    await judgeAll({ score: 50, missed: 3 }, () =>
      save([judged({ identifier: "a", title: "Số đỏ" }, { score: 90, missed: 1 })]),
    );
    expect(await rows()).toMatchObject([{ quality: 90, rules_missed: 1 }]);
  });
});

test("records are counted by what they miss, live ones of that repository only", async () => {
  const other = harvest;
  await save([judged({ identifier: "a" }, { score: 10, missed: 1 })]);
  harvest = await startHarvest(database.db, `${other.code}-second`);
  await save([
    judged({ identifier: "a" }, { score: 65, missed: 5 }),
    judged({ identifier: "b" }, { score: 64, missed: 5 }),
    judged({ identifier: "c" }, { score: 100, missed: 0 }),
    judged({ identifier: "d" }),
    judged({ identifier: "e", deleted: true }),
  ]);
  const groups = await groupByQuality(database.db, harvest.repositoryId);
  expect(groups.toSorted((a, b) => (a.missed ?? -1) - (b.missed ?? -1))).toEqual([
    { missed: null, records: 1, scores: 0 },
    { missed: 0, records: 1, scores: 100 },
    { missed: 5, records: 2, scores: 129 },
  ]);
});

test("all live records are listed with their remarks in order, however many there are", async () => {
  const remark = (code: "unreadable-date" | "no-name", value: string | null) =>
    ({ code, severity: "warning", field: "issued", path: null, value }) as const;
  const many = Array.from({ length: 600 }, (_, index) => judged({ identifier: `n${index}`, title: `Sách ${index}` }));
  const remarked = judged({ identifier: "z", issues: [remark("unreadable-date", "?"), remark("no-name", null)] });
  await save([...many, remarked, judged({ identifier: "gone", deleted: true })]);
  const titles = new Set<string | undefined>();
  const remarks: unknown[] = [];
  for await (const records of listJudgeable(database.db, harvest.repositoryId))
    for (const record of records) {
      titles.add(record.published.titles?.[0]?.value);
      remarks.push(...record.remarks);
    }
  expect(titles.size).toBe(601);
  expect(remarks).toEqual([
    { code: "unreadable-date", field: "issued", value: "?" },
    { code: "no-name", field: "issued", value: null },
  ]);
});
