import { afterAll, beforeAll, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { moveRemap, startRemap } from "../../src/store/remaps.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestFolder, type TestFolder } from "../jobs/marc-files.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";
import { runCliHere } from "./run-cli-here.ts";

const sample = thesesRepository(theses(5), 100);
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let folder: TestFolder;

beforeAll(async () => {
  folder = createTestFolder();
  database = await createTestDatabase();
  services = testServices(database.db);
  server = await startSampleServer([sample]);
  const { repository_id } = await addRepository(database.db, {
    code: "kho",
    name: "Kho",
    base_url: server.baseUrl(sample),
  });
  await harvestRepository(services, repository_id, { trigger: "person", full: false });
});
afterAll(async () => {
  await services.http.close();
  await server.close();
  await database.close();
  folder.remove();
});

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });

test("overrides from a file are looked at as a candidate, put into the feed and taken back", async () => {
  const file = folder.write(
    "overrides.yaml",
    "preferences:\n  publishers: [dc:title]\ndefaults:\n  license: https://creativecommons.org/licenses/by/4.0/\n",
  );
  expect((await lienthong("repository", "set", "kho", "--overrides-file", file)).stdout).toContain(
    "lienthong remap kho",
  );
  const candidate = await lienthong("remap", "kho", "--candidate");
  expect([candidate.code, candidate.stderr]).toEqual([0, ""]);
  expect(candidate.stdout).toMatch(
    /mapped, beside the feed;[\s\S]*5 records mapped again, 5 changed, 0 new in the feed/,
  );
  const shown = (await lienthong("remap", "show", "kho")).stdout;
  expect(shown).toMatch(/license: changed 0, new 5, lost 0, e\.g\. [\s\S]*is {2}\{"uri":"https:\/\/creativecommons/);
  expect((await lienthong("remap", "activate", "kho")).stdout).toContain("lienthong remap rollback kho");
  expect((await lienthong("remap", "rollback", "kho")).stdout).toContain("the records are what they were");
});

test("overrides that cannot be used are refused by key and place", async () => {
  const file = folder.write("overrides.json", '{"values":{"types":{}}}');
  const { code, stderr } = await lienthong("repository", "set", "kho", "--overrides-file", file);
  expect(code).toBe(1);
  expect(stderr).toContain("overrides: values.types is unknown; known are resourceType, languages, accessRights");
});

test("values that no table knows are listed by how often they come", async () => {
  const values = [
    ["unmatched-type", "Sách kho mở"],
    ["unmatched-type", "Sách kho mở"],
    ["unmatched-language", "Klingon"],
  ];
  const records = await database.db
    .selectFrom("source_record")
    .select(["repository_id", "record_id"])
    .limit(3)
    .execute();
  for (const [index, record] of records.entries()) {
    const [code = "", value = ""] = values[index] ?? [];
    await database.db
      .insertInto("record_issue")
      .values({ ...record, position: 90, code, severity: "warning", field: null, path: null, value })
      .execute();
  }
  expect(JSON.parse((await lienthong("unmatched", "kho", "--json")).stdout)).toMatchObject([
    { table: "resource-types", value: "Sách kho mở", records: 2, repository: "kho" },
    { table: "languages", value: "Klingon", records: 1 },
  ]);
});

test("a file without overrides is refused: it takes nothing back silently", async () => {
  const { code, stderr } = await lienthong(
    "repository",
    "set",
    "kho",
    "--overrides-file",
    folder.write("none.yaml", "\n"),
  );
  expect([code, stderr]).toEqual([1, expect.stringContaining("--no-overrides")]);
});

test("a remap that is held is among what waits for a decision, and ends with exit code 3 where it is shown", async () => {
  const row = { code: "tho", name: "Thơ", base_url: "https://tho.example/oai" };
  const { repository_id } = await addRepository(database.db, row);
  const plan = { rules: ["oai-dc@2+0"], candidateOnly: false, total: 0 };
  await moveRemap(database.db, await startRemap(database.db, repository_id, plan), "held", "40 of 50 would leave");
  expect((await lienthong("review", "list")).stdout).toMatch(/the remap of "tho" is held: 40 of 50 .*remap show tho/);
  const shown = await lienthong("remap", "show", "tho");
  expect([shown.code, shown.stdout]).toEqual([3, expect.stringContaining("lienthong remap activate tho")]);
});
