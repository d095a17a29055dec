import { sql } from "kysely";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { incomingNamed } from "../../mappings/index.ts";
import { readRecord, type SourceRecord } from "../../src/client/records.ts";
import { FeedSets } from "../../src/jobs/feed-sets.ts";
import { RecordsBusy } from "../../src/jobs/harvest-lease.ts";
import { mapPage } from "../../src/jobs/map-page.ts";
import { activateRemap, rollBackRemap } from "../../src/jobs/remap-publish.ts";
import { RemapRefused } from "../../src/jobs/remap-refused.ts";
import { previewRemap, remapRepository } from "../../src/jobs/remap-repository.ts";
import type { Overrides } from "../../src/record/overrides.ts";
import { type Lease, releaseLease, takeLease } from "../../src/store/leases.ts";
import { savePage } from "../../src/store/page.ts";
import { activatePage } from "../../src/store/remap-pages.ts";
import { cancelRemap, getRemap, measureImpact, moveRemap } from "../../src/store/remaps.ts";
import { addRepository, getRepository, updateRepository } from "../../src/store/repositories.ts";
import { finishRun, startRun } from "../../src/store/runs.ts";
import { findNamedRecords, takeDown } from "../../src/store/takedowns.ts";
import { runPlan } from "../store/harvested.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";

const MASTER = "http://purl.org/coar/resource_type/c_bdcc";
const LA_IS_MASTER: Overrides = { values: { resourceType: { LA: MASTER } } };
const LONG_AGO = new Date("2020-05-05T00:00:00Z");
let database: TestDatabase;
let services: ReturnType<typeof testServices>;
let repositoryId: number;
let code: string;
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
  repositories += 1;
  code = `kho-${repositories}`;
  const row = { code, name: code, base_url: `https://${code}.example/oai` };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

function source(identifier: string, type: string, title: string | null = `Luận án ${identifier}`): SourceRecord {
  const inner = `${title === null ? "" : `<dc:title>${title}</dc:title>`}<dc:type>${type}</dc:type>`;
  const record = readRecord(
    `<record><header><identifier>${identifier}</identifier><datestamp>2026-01-01</datestamp></header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${inner}</oai_dc:dc></metadata></record>`,
  );
  if (!("header" in record)) throw new Error(record.reason);
  return record;
}

/** Stores records as a harvest does, with the rules that hold now; afterwards all datestamps lie far back. */
async function harvest(records: readonly SourceRecord[]): Promise<void> {
  const { db } = database;
  const repository = await getRepository(db, repositoryId);
  const run = await startRun(db, runPlan(repositoryId));
  const lease: Lease = { repositoryId, host: `${code}.example`, owner: "test" };
  await takeLease(db, lease, 60_000);
  const crosswalk = incomingNamed("oai-dc");
  if (crosswalk === null) throw new Error("there is no crosswalk oai-dc");
  const namespace = "http://www.openarchives.org/OAI/2.0/oai_dc/";
  const mapping = { repository, crosswalk, domain: "lienthong.example", namespace };
  const page = { items: records, resumption: { token: null, completeListSize: null, cursor: null }, bytes: 0 };
  const mapped = await mapPage(db, mapping, page);
  await new FeedSets(db, repository).ensure(mapped.changed);
  await savePage(db, {
    ...mapped,
    runId: run.run_id,
    windowNumber: 1,
    lease,
    leaseMs: 60_000,
    leadSeconds: 1,
    resumptionToken: null,
    closesWindow: true,
    completeListSize: null,
    repairs: [],
  });
  await finishRun(db, run, { outcome: "complete", failure: null, cursor: null });
  await releaseLease(db, lease);
  for (const table of ["record", "record_set"] as const)
    await db.updateTable(table).set({ stamp: LONG_AGO }).where("repository_id", "=", repositoryId).execute();
}

async function override(overrides: Overrides | null): Promise<void> {
  await updateRepository(database.db, repositoryId, {
    overrides: overrides === null ? null : JSON.stringify(overrides),
  });
}

interface Fed {
  readonly identifier: string;
  readonly type: string | null;
  readonly moved: boolean;
  readonly deleted: string | null;
  readonly inSet: boolean;
}

/** The feed: what each record is, and whether its datestamp, in the feed and in its set, is another one than after the harvest. */
async function feed(): Promise<readonly Fed[]> {
  const { rows } = await sql<Fed>`
    SELECT source_identifier AS identifier, published #>> '{resourceType,uri}' AS type, stamp <> ${LONG_AGO} AS moved,
      deleted_reason AS deleted,
      EXISTS (SELECT FROM record_set m WHERE m.repository_id = r.repository_id AND m.record_id = r.record_id AND m.stamp = r.stamp)
        AS "inSet"
    FROM record r WHERE repository_id = ${repositoryId} ORDER BY source_identifier`.execute(database.db);
  return rows;
}

/** Published form, remarks and rules of every record, without the datestamps. */
async function contents(): Promise<readonly unknown[]> {
  const { rows } = await sql<{ line: unknown }>`
    SELECT to_jsonb(r) - 'stamp' || jsonb_build_object('rules', s.crosswalk, 'issues', (
      SELECT jsonb_agg(to_jsonb(i) ORDER BY position) FROM record_issue i
      WHERE i.repository_id = s.repository_id AND i.record_id = s.record_id
    )) AS line
    FROM source_record s LEFT JOIN record r USING (repository_id, record_id)
    WHERE s.repository_id = ${repositoryId} ORDER BY s.identifier`.execute(database.db);
  return rows.map(({ line }) => line);
}

const remap = (options: Partial<Parameters<typeof remapRepository>[2]> = {}) =>
  remapRepository(services, repositoryId, { candidateOnly: false, ...options });

/** More than one page of records, of which 600 change with `LA_IS_MASTER`. */
async function harvestMany(): Promise<void> {
  const identifiers = Array.from({ length: 700 }, (_, index) => `oai:x:${String(index).padStart(5, "0")}`);
  await harvest(identifiers.map((identifier, index) => source(identifier, index % 7 > 0 ? "LA" : "article")));
}

describe("a remap", () => {
  test("moves the datestamps of the records whose published form is another one, and of no others", async () => {
    await harvest([source("a", "LA"), source("b", "article")]);
    await override(LA_IS_MASTER);
    expect(await remap()).toMatchObject({ state: "active", records: 2, changed: 1, published: 0, withdrawn: 0 });
    expect(await feed()).toEqual([
      { identifier: "a", type: MASTER, moved: true, deleted: null, inSet: true },
      { identifier: "b", type: "http://purl.org/coar/resource_type/c_6501", moved: false, deleted: null, inSet: true },
    ]);
  });

  test("moves records into the sets of their library when somebody says where that is, and back", async () => {
    await harvest([source("a", "LA")]);
    const sets = async () => {
      const { rows } = await sql<{ named: readonly string[]; listed: readonly string[] }>`
        SELECT set_specs AS named, ARRAY(
          SELECT set_spec FROM record_set m JOIN oai_set USING (set_id)
          WHERE m.repository_id = r.repository_id AND m.record_id = r.record_id AND m.stamp = r.stamp
        ) AS listed
        FROM record r WHERE repository_id = ${repositoryId}`.execute(database.db);
      expect(rows[0]?.listed.toSorted()).toEqual(rows[0]?.named.toSorted());
      return rows[0]?.named;
    };
    const before = await sets();
    expect(before).toContain(`inst:${code}`);
    await updateRepository(database.db, repositoryId, { province_code: "79", library_type: "university" });
    expect(await remap()).toMatchObject({ state: "active", changed: 1 });
    expect(await sets()).toEqual([`inst:${code}`, "prov:79", "libtype:university", ...(before ?? []).slice(1)]);
    expect((await feed())[0]?.moved).toBe(true);
    await rollBackRemap(services, repositoryId);
    expect(await sets()).toEqual(before);
  });

  test("gives every record the present rules, so that the next one finds nothing to do", async () => {
    await harvest([source("a", "LA"), source("b", "article")]);
    expect(await remap()).toMatchObject({ state: "settled", records: 0 });
    await override(LA_IS_MASTER);
    await remap();
    const after = await feed();
    expect(await remap()).toMatchObject({ state: "settled", records: 0, changed: 0 });
    expect(await feed()).toEqual(after);
    await harvest([source("c", "LA")]);
    expect(await remap()).toMatchObject({ records: 0 });
  });

  test("counts the remarks that are new and those that are gone, and stores them", async () => {
    await harvest([source("a", "Sách kho mở"), source("b", "Sách kho mở")]);
    await override({ values: { resourceType: { "Sách kho mở": "http://purl.org/coar/resource_type/c_2f33" } } });
    const { issues } = await remap();
    expect(issues).toMatchObject({ "unmatched-type": { gained: 0, lost: 2 } });
    const query = database.db.selectFrom("record_issue").select("code").where("repository_id", "=", repositoryId);
    expect((await query.execute()).map((row) => row.code)).not.toContain("unmatched-type");
  });

  test("publishes what becomes publishable, and leaves what its repository has deleted as it is", async () => {
    await harvest([source("a", "LA"), source("b", "LA", null)]);
    await sql`UPDATE record SET deleted = true, deleted_reason = 'sweep' WHERE repository_id = ${repositoryId}`.execute(
      database.db,
    );
    // as a title would come from a better crosswalk
    await sql`
      UPDATE source_record SET raw = replace(raw, '<dc:type>', '<dc:title>B</dc:title><dc:type>')
      WHERE repository_id = ${repositoryId} AND identifier = 'b'`.execute(database.db);
    await override(LA_IS_MASTER);
    expect(await remap()).toMatchObject({ state: "active", records: 1, published: 1 });
    expect(await feed()).toMatchObject([
      { identifier: "a", deleted: "sweep", moved: false },
      { identifier: "b", type: MASTER, deleted: null, inSet: true },
    ]);
  });

  test("keeps up to date what a person took down, outside of the feed", async () => {
    await harvest([source("a", "LA")]);
    const named = (await findNamedRecords(database.db, "a")).find((record) => record.repositoryId === repositoryId);
    if (named === undefined) throw new Error("the record is not in the feed");
    await takeDown(database.db, named, { by: "an", reason: "x", leadSeconds: 1 });
    await database.db
      .updateTable("record")
      .set({ stamp: LONG_AGO })
      .where("repository_id", "=", repositoryId)
      .execute();
    await override(LA_IS_MASTER);
    await remap();
    expect(await feed()).toMatchObject([{ identifier: "a", type: MASTER, moved: false, deleted: "takedown" }]);
  });

  test("waits its turn where somebody harvests the repository", async () => {
    await harvest([source("a", "LA")]);
    await override(LA_IS_MASTER);
    const lease = { repositoryId, host: `${code}.example`, owner: "another machine" };
    await takeLease(database.db, lease, 60_000);
    const before = await feed();
    await expect(remap()).rejects.toThrow(RecordsBusy);
    expect(await feed()).toEqual(before);
    await releaseLease(database.db, lease);
    expect(await remap()).toMatchObject({ state: "active" });
  });

  test("only previewed writes nothing", async () => {
    await harvest([source("a", "LA"), source("b", "article")]);
    await override(LA_IS_MASTER);
    const before = await contents();
    expect(await previewRemap(services, repositoryId)).toMatchObject({ records: 2, changed: 1, withdrawn: 0 });
    expect(await contents()).toEqual(before);
    expect(
      await database.db.selectFrom("remap").where("repository_id", "=", repositoryId).selectAll().execute(),
    ).toEqual([]);
  });
});

describe("a remap of more than one page", () => {
  beforeEach(async () => {
    await harvestMany();
    await override(LA_IS_MASTER);
  });

  test("that was interrupted goes on after its last page", async () => {
    const stop = new AbortController();
    const halfway = await remap({ signal: stop.signal, onPage: () => stop.abort() });
    expect(halfway).toMatchObject({ state: "mapping", records: 500, total: 700 });
    expect((await feed()).filter(({ moved }) => moved)).toEqual([]);
    const ended = await remap();
    expect(ended).toMatchObject({ remap_id: halfway.remap_id, state: "active", records: 700, changed: 600 });
    expect((await feed()).filter(({ moved, type }) => moved && type === MASTER)).toHaveLength(600);
  });

  test("begins anew where the rules have changed meanwhile", async () => {
    const stop = new AbortController();
    const halfway = await remap({ signal: stop.signal, onPage: () => stop.abort() });
    await override({ ...LA_IS_MASTER, defaults: { languages: ["vie"] } });
    const ended = await remap({ candidateOnly: true });
    expect(ended.remap_id).not.toBe(halfway.remap_id);
    expect(ended).toMatchObject({ state: "candidate", records: 700 });
    expect(await getRemap(database.db, halfway)).toMatchObject({ state: "discarded" });
  });

  test("ends where somebody cancels it, and leaves the feed alone", async () => {
    const ended = await remap({ onPage: () => void cancelRemap(database.db, repositoryId) });
    expect(ended.state).toBe("discarded");
    expect((await feed()).filter(({ moved }) => moved)).toEqual([]);
  });

  test("that was killed while it was put into the feed is ended by the next one", async () => {
    const candidate = await remap({ candidateOnly: true });
    await moveRemap(database.db, candidate, "activating");
    const lease = { repositoryId, host: `${code}.example`, owner: "a worker that is killed after its first page" };
    await takeLease(database.db, lease, 60_000);
    await activatePage(database.db, candidate, { lease, leaseMs: 60_000, leadSeconds: 1 });
    await releaseLease(database.db, lease);
    expect((await feed()).filter(({ moved }) => moved)).toHaveLength(500);
    await remap();
    expect(await getRemap(database.db, candidate)).toMatchObject({ state: "active" });
    expect((await feed()).filter(({ moved, type }) => moved && type === MASTER)).toHaveLength(600);
  });
});

describe("a candidate", () => {
  test("leaves the feed as it is until it is activated, and tells what each field becomes", async () => {
    await harvest([source("a", "LA"), source("b", "article")]);
    await override(LA_IS_MASTER);
    const before = await feed();
    const candidate = await remap({ candidateOnly: true });
    expect(candidate).toMatchObject({ state: "candidate", changed: 1 });
    expect(await feed()).toEqual(before);
    const impact = await measureImpact(database.db, candidate);
    expect(impact).toContainEqual(
      expect.objectContaining({
        field: "resourceType",
        changed: 1,
        identifier: "a",
        after: expect.objectContaining({ uri: MASTER }),
      }),
    );
    await activateRemap(services, repositoryId);
    expect(await feed()).toMatchObject([{ type: MASTER, moved: true }, { moved: false }]);
    expect(await measureImpact(database.db, candidate)).toEqual(impact);
  });

  test("is refused where the rules have changed since, and where there is none", async () => {
    await harvest([source("a", "LA")]);
    await expect(activateRemap(services, repositoryId)).rejects.toThrow(/no remap of .* waits/);
    await override(LA_IS_MASTER);
    await remap({ candidateOnly: true });
    await override(null);
    await expect(activateRemap(services, repositoryId)).rejects.toThrow(RemapRefused);
  });

  test("passes over what its repository has sent anew meanwhile", async () => {
    await harvest([source("a", "LA"), source("b", "LA")]);
    await override(LA_IS_MASTER);
    await remap({ candidateOnly: true });
    await harvest([source("a", "article")]);
    expect((await activateRemap(services, repositoryId)).note).toMatch(/^1 records have changed/);
    expect(await feed()).toMatchObject([
      { identifier: "a", type: "http://purl.org/coar/resource_type/c_6501", moved: false },
      { identifier: "b", type: MASTER, moved: true },
    ]);
  });

  test("that would take too many records out of the feed is held, also without being asked for", async () => {
    const records = Array.from({ length: 30 }, (_, index) => source(`r${index}`, "LA"));
    await harvest(records);
    // as a crosswalk would that does not find their titles any more
    await sql`
      UPDATE source_record SET raw = regexp_replace(raw, '<dc:title>.*</dc:title>', '') WHERE repository_id = ${repositoryId}
        AND identifier < 'r2'`.execute(database.db);
    await override(LA_IS_MASTER);
    const held = await remap();
    expect(held).toMatchObject({ state: "held", withdrawn: 12, changed: 18 });
    expect(held.note).toContain("12 of 30 records would leave the feed");
    expect((await feed()).filter(({ moved }) => moved)).toEqual([]);
    await activateRemap(services, repositoryId);
    expect((await feed()).filter(({ deleted, inSet }) => deleted === "suppressed" && inSet)).toHaveLength(12);
    await rollBackRemap(services, repositoryId);
    expect((await feed()).filter(({ deleted, inSet }) => deleted === null && inSet)).toHaveLength(30);
  });
});

describe("a rollback", () => {
  test("brings back what was published before, under new datestamps, and nothing else", async () => {
    await harvest([source("a", "LA"), source("b", "article"), source("c", "LA", null)]);
    await sql`
      UPDATE source_record SET raw = replace(raw, '<dc:type>', '<dc:title>C</dc:title><dc:type>')
      WHERE repository_id = ${repositoryId} AND identifier = 'c'`.execute(database.db);
    const before = await contents();
    await override(LA_IS_MASTER);
    await remap();
    await sql`UPDATE record SET stamp = ${LONG_AGO} WHERE repository_id = ${repositoryId}`.execute(database.db);
    expect(await rollBackRemap(services, repositoryId)).toMatchObject({ state: "rolled-back" });
    expect(await feed()).toMatchObject([
      { identifier: "a", moved: true, deleted: null, inSet: true },
      { identifier: "b", moved: false, deleted: null },
      { identifier: "c", moved: true, deleted: "suppressed" },
    ]);
    const after = await contents();
    // b carries the rules that give the same; c has been in the feed and is a tombstone for ever; a was a thesis for a while
    expect(after[0]).toEqual({ ...(before[0] as object), lost_fields: ["thesis"] });
    await expect(rollBackRemap(services, repositoryId)).rejects.toThrow(/could be taken back/);
  });

  test("leaves what its repository has sent since", async () => {
    await harvest([source("a", "LA"), source("b", "LA")]);
    await override(LA_IS_MASTER);
    await remap();
    await harvest([source("a", "article")]);
    await rollBackRemap(services, repositoryId);
    expect((await feed()).map(({ type }) => type)).toEqual([
      "http://purl.org/coar/resource_type/c_6501",
      expect.not.stringMatching(MASTER),
    ]);
  });

  test("is made good by the next remap", async () => {
    await harvest([source("a", "LA")]);
    await override(LA_IS_MASTER);
    await remap();
    await rollBackRemap(services, repositoryId);
    expect(await remap()).toMatchObject({ state: "active", changed: 1 });
    expect(await feed()).toMatchObject([{ type: MASTER }]);
  });
});
