import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import {
  pauseRepository,
  type RepositoryDefinition,
  registerRepository,
  repositoryOfCode,
  resumeRepository,
  retireRepository,
} from "../../src/registry/repositories.ts";
import { savePage } from "../../src/store/page.ts";
import { listDueRepositories, listRepositories } from "../../src/store/repositories.ts";
import { findSourceRecord } from "../../src/store/source-records.ts";
import { page, startHarvest } from "../store/harvested.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  await database.db.deleteFrom("repository").execute();
});

/** The schedules that these tests know. */
const isSchedule = (text: string) => ["daily", "weekly"].includes(text);
const register = (definition: RepositoryDefinition) => registerRepository(database.db, definition, isSchedule);

describe("registering a repository", () => {
  test("needs its base URL alone; the rest has defaults", async () => {
    const repository = await register({ baseUrl: "https://tailieuso.tlu.edu.vn/oai/request" });
    expect(repository).toMatchObject({
      code: "tailieuso-tlu",
      name: "tailieuso.tlu.edu.vn",
      base_url: "https://tailieuso.tlu.edu.vn/oai/request",
      state: "live",
      schedule: "daily",
      time_zone: "Asia/Ho_Chi_Minh",
      metadata_prefix: null,
      set_spec: null,
      default_access_rights: null,
      harvested_until: null,
    });
    expect(await listDueRepositories(database.db, new Date())).toHaveLength(1);
  });

  test("keeps everything that was said", async () => {
    const repository = await register({
      baseUrl: "https://a.example/oai",
      code: "hus",
      name: "Trường Đại học Khoa học Tự nhiên",
      schedule: "weekly",
      timeZone: "Asia/Bangkok",
      metadataPrefix: "marc21",
      setSpec: "com_1:col_2",
      defaultAccessRights: "http://purl.org/coar/access_right/c_abf2",
    });
    expect(repository).toMatchObject({
      code: "hus",
      name: "Trường Đại học Khoa học Tự nhiên",
      schedule: "weekly",
      time_zone: "Asia/Bangkok",
      metadata_prefix: "marc21",
      set_spec: "com_1:col_2",
      default_access_rights: "http://purl.org/coar/access_right/c_abf2",
    });
  });

  test("takes a request as it stands in a browser for the base URL in it", async () => {
    const repository = await register({
      baseUrl: " https://a.example/oai?verb=ListRecords&metadataPrefix=oai_dc#top ",
    });
    expect(repository.base_url).toBe("https://a.example/oai");
  });

  test.each([
    ["https://www.thuvien.hcmut.edu.vn/oai", "thuvien-hcmut"],
    ["https://dspace.vnu.vn/oai", "dspace-vnu"],
    ["https://repository.example.com:8443/oai", "repository-example"],
    ["http://10.1.2.3/oai", "repository"],
    ["https://123abc.example.org/oai", "abc-example"],
  ])("names %s %s until somebody says better", async (baseUrl, code) => {
    expect((await register({ baseUrl })).code).toBe(code);
  });

  test("finds another code where the host's is taken", async () => {
    const setSpecs = [undefined, "a", "b"];
    const codes: string[] = [];
    for (const setSpec of setSpecs) {
      const definition = { baseUrl: "https://dspace.vnu.vn/oai", ...(setSpec === undefined ? {} : { setSpec }) };
      codes.push((await register(definition)).code);
    }
    expect(codes).toEqual(["dspace-vnu", "dspace-vnu-2", "dspace-vnu-3"]);
  });

  test.each<readonly [string, Partial<RepositoryDefinition>, RegExp]>([
    ["what is no URL", { baseUrl: "thuvien.edu.vn/oai" }, /"thuvien\.edu\.vn\/oai" is not a base URL/],
    ["another protocol", { baseUrl: "ftp://a.example/oai" }, /http:\/\/ or https:\/\//],
    ["a code that begins with a digit", { code: "1st" }, /"1st" cannot be a code/],
    ["a code with capitals", { code: "HUS" }, /"HUS" cannot be a code/],
    ["a code with other letters", { code: "đại-học" }, /cannot be a code/],
    ["an empty code", { code: "" }, /cannot be a code/],
    ["a code of 64 characters", { code: `a${"b".repeat(63)}` }, /cannot be a code/],
    ["an unknown schedule", { schedule: "sometimes" }, /"sometimes" is not a schedule/],
    ["an unknown time zone", { timeZone: "Mars/Olympus" }, /"Mars\/Olympus" is not a time zone/],
    ["a setSpec with spaces", { setSpec: "not a set" }, /"not a set" is not a setSpec/],
    ["an unknown access right", { defaultAccessRights: "open" }, /"open" is not an access right.*c_abf2/],
    ["a word of JavaScript's as access right", { defaultAccessRights: "toString" }, /not an access right/],
  ])("refuses %s, and nothing is added", async (_, part, message) => {
    const refused = register({ baseUrl: "https://a.example/oai", ...part });
    await expect(refused).rejects.toMatchObject({ name: "RegistryError" });
    await expect(refused).rejects.toThrow(message);
    expect(await listRepositories(database.db, { retired: true })).toEqual([]);
  });

  test("refuses a code that is taken", async () => {
    await register({ baseUrl: "https://a.example/oai", code: "hus" });
    await expect(register({ baseUrl: "https://b.example/oai", code: "hus" })).rejects.toThrow(/"hus" is taken/);
  });

  test("refuses the same URL and set again, also as it stands in a browser; another set of it is welcome", async () => {
    await register({ baseUrl: "https://a.example/oai", code: "first" });
    const again = register({ baseUrl: "https://A.example/oai?verb=Identify", code: "second" });
    await expect(again).rejects.toThrow(/registered already, as "first"/);
    await expect(
      register({ baseUrl: "https://a.example/oai", code: "second", setSpec: "theses" }),
    ).resolves.toBeDefined();
  });

  test("refuses a set again that is registered beside the whole", async () => {
    await register({ baseUrl: "https://a.example/oai", code: "whole" });
    await register({ baseUrl: "https://a.example/oai", code: "theses", setSpec: "theses" });
    const again = register({ baseUrl: "https://a.example/oai", code: "again", setSpec: "theses" });
    await expect(again).rejects.toThrow(/registered already, as "theses"/);
  });

  test("takes a URL again whose repository is retired", async () => {
    await register({ baseUrl: "https://a.example/oai", code: "old" });
    await retireRepository(database.db, "old", 1);
    await expect(register({ baseUrl: "https://a.example/oai", code: "new" })).resolves.toMatchObject({ code: "new" });
  });
});

describe("the life of a repository", () => {
  beforeEach(async () => {
    await register({ baseUrl: "https://a.example/oai", code: "hus" });
  });
  const state = async () => (await repositoryOfCode(database.db, "hus")).state;

  test("paused, it is not due; resumed, it is again", async () => {
    await pauseRepository(database.db, "hus");
    expect(await state()).toBe("paused");
    expect(await listDueRepositories(database.db, new Date())).toEqual([]);
    await resumeRepository(database.db, "hus");
    expect(await state()).toBe("live");
    expect(await listDueRepositories(database.db, new Date())).toHaveLength(1);
  });

  test("a live one cannot be resumed, a retired one neither paused nor resumed", async () => {
    await expect(resumeRepository(database.db, "hus")).rejects.toThrow(/"hus" is live, not paused/);
    await retireRepository(database.db, "hus", 1);
    await expect(pauseRepository(database.db, "hus")).rejects.toThrow(/retired/);
    await expect(resumeRepository(database.db, "hus")).rejects.toThrow(/"hus" is retired, not paused/);
    expect(await state()).toBe("retired");
    expect(await listDueRepositories(database.db, new Date())).toEqual([]);
  });

  test.each([
    ["pause", (code: string) => pauseRepository(database.db, code)],
    ["resume", (code: string) => resumeRepository(database.db, code)],
    ["retire", (code: string) => retireRepository(database.db, code, 1)],
  ])("%s refuses a code that nobody has, and says where the codes are", async (_, act) => {
    const refused = act("nobody");
    await expect(refused).rejects.toMatchObject({ name: "RegistryError" });
    await expect(refused).rejects.toThrow(/"nobody".*repository list/);
  });
});

test("retiring makes tombstones of all live records, in the feed and in its sets, and keeps what was sent", async () => {
  const { db } = database;
  const [harvest, other] = [await startHarvest(db, "closing"), await startHarvest(db, "staying")];
  const identifiers = Array.from({ length: 1_200 }, (_, index) => `r${index}`);
  const gone = { identifier: "gone", deleted: true };
  await savePage(db, page(harvest, [...identifiers.map((identifier) => ({ identifier })), gone]));
  await savePage(db, page(other, [{ identifier: "r0" }]));
  const long = new Date("2020-05-05T00:00:00Z");
  for (const table of ["record", "record_set"] as const) await db.updateTable(table).set({ stamp: long }).execute();

  expect(await retireRepository(db, "closing", 1)).toBe(1_200);

  const rows = await db.selectFrom("record").selectAll().execute();
  const mine = rows.filter((row) => row.repository_id === harvest.repositoryId);
  const retired = mine.filter((row) => row.deleted_reason === "source-retired");
  expect(retired).toHaveLength(1_200);
  expect(retired.every((row) => row.deleted && row.published !== null && row.stamp > long)).toBe(true);
  expect(mine.find((row) => row.source_identifier === "gone")).toMatchObject({
    deleted_reason: "source-header",
    stamp: long,
  });
  expect(rows.find((row) => row.repository_id === other.repositoryId)).toMatchObject({ deleted: false, stamp: long });
  const sets = await db.selectFrom("record_set").selectAll().execute();
  const stampOf = new Map(rows.map((row) => [row.record_id, row.stamp.getTime()]));
  expect(sets).toHaveLength(1_202);
  expect(sets.every((row) => row.stamp.getTime() === stampOf.get(row.record_id))).toBe(true);
  expect(await findSourceRecord(db, harvest.repositoryId, "r7")).not.toBeNull();
  expect((await repositoryOfCode(db, "closing")).state).toBe("retired");
  // nothing is left to do
  expect(await retireRepository(db, "closing", 1)).toBe(0);
});
