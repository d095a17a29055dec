import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { addRepository, listRepositories } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { runCliHere } from "./run-cli-here.ts";

const URL_OF_KHO = "https://kho.example.edu.vn/oai/request";
const repository = thesesRepository(theses(4));
let database: TestDatabase;
let server: SampleServer;
let folder: string;

beforeAll(async () => {
  server = await startSampleServer([repository]);
  folder = mkdtempSync(join(tmpdir(), "lienthong-repository-"));
});

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => await database.close());

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });
const add = (code: string, base_url = URL_OF_KHO) =>
  addRepository(database.db, { code, name: `Kho ${code}`, base_url });
/** The repositories as they are stored, retired ones too. */
const stored = () => listRepositories(database.db, { retired: true });

describe("lienthong repository add", () => {
  test("registers a repository and tells what comes next", async () => {
    const { code, stdout } = await lienthong(
      ...["repository", "add", URL_OF_KHO, "--code", "kho", "--name", "Kho số", "--schedule", "weekly"],
      ...["--format", "oai_dc", "--set", "com_1", "--access", "http://purl.org/coar/access_right/c_abf2"],
    );
    expect([code, stdout]).toEqual([0, 'registered as "kho"; `lienthong harvest kho` harvests it now\n']);
    expect(await stored()).toMatchObject([
      {
        code: "kho",
        name: "Kho số",
        base_url: URL_OF_KHO,
        state: "live",
        schedule: "weekly",
        metadata_prefix: "oai_dc",
        set_spec: "com_1",
        default_access_rights: "http://purl.org/coar/access_right/c_abf2",
      },
    ]);
  });

  test("harvests nightly, and less while nothing changes, what has no schedule of its own", async () => {
    await lienthong("repository", "add", URL_OF_KHO);
    expect(await stored()).toMatchObject([{ schedule: "adaptive" }]);
  });

  test("refuses what it does not understand in one sentence that says what would do", async () => {
    const { code, stdout, stderr } = await lienthong("repository", "add", URL_OF_KHO, "--schedule", "sometimes");
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^lienthong: "sometimes" is not a schedule: say adaptive[^\n]+\n$/);
    expect(await stored()).toEqual([]);
  });
});

describe("lienthong repository list and show", () => {
  test("list says how to begin where there is none", async () => {
    const { code, stdout } = await lienthong("repository", "list");
    expect([code, stdout]).toEqual([0, "no repositories yet; `lienthong repository add <url>` registers one\n"]);
  });

  test("list, list --json and show tell records, latest harvest and remarks", async () => {
    await add("kho", server.baseUrl(repository));
    await lienthong("harvest", "kho");
    const listed = (await lienthong("repository", "list")).stdout.split("\n");
    expect(listed[0]).toMatch(/^code +state +schedule +records +deleted +latest harvest +name$/);
    expect(listed[1]).toMatch(/^kho +live +daily +4 +0 +complete, \d{4}-\d\d-\d\d \d\d:\d\dZ +Kho kho$/);
    const [entry] = JSON.parse((await lienthong("repository", "list", "--json")).stdout);
    expect(entry).toMatchObject({ code: "kho", state: "live", schedule: "daily", live: 4, deleted: 0 });
    expect(entry.lastRun).toMatchObject({ outcome: "complete", received: 4, failure: null });
    const { code, stdout } = await lienthong("repository", "show", "kho");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^records +4 live, 0 deleted$/m);
    expect(stdout).toMatch(/^deleted records +persistent$/m);
    expect(stdout).toMatch(/^kho +1 +\S+ \S+Z +complete +4 +4 +4 +0 +0 +0 +0 +0$/m);
    expect(stdout).toMatch(/^access-rights-unknown +4\n {4}The record does not say who may read the full text\./m);
  });

  test("show says that there was no harvest", async () => {
    await add("kho");
    expect((await lienthong("repository", "show", "kho")).stdout).toContain("never harvested; `lienthong harvest kho`");
  });

  test("show does not know a code that there is not", async () => {
    const { code, stderr } = await lienthong("repository", "show", "nobody");
    expect([code, stderr]).toEqual([
      1,
      'lienthong: there is no repository "nobody"; `lienthong repository list` shows them\n',
    ]);
  });
});

describe("lienthong repository pause, resume, remove and restore", () => {
  test("pause and resume turn each other back", async () => {
    await add("kho");
    const paused = await lienthong("repository", "pause", "kho");
    expect(paused.stdout).toBe('"kho" is paused; `lienthong repository resume kho` harvests it again\n');
    expect(await stored()).toMatchObject([{ state: "paused" }]);
    expect((await lienthong("repository", "resume", "kho")).code).toBe(0);
    expect(await stored()).toMatchObject([{ state: "live" }]);
  });

  test("remove does nothing without --yes but tell what it would do, and restore takes it back", async () => {
    await add("kho", server.baseUrl(repository));
    await lienthong("harvest", "kho");
    const asked = await lienthong("repository", "remove", "kho");
    expect(asked.code).toBe(1);
    expect(asked.stdout).toBe('this would mark 4 records of "kho" as deleted in the feed; say --yes to do it\n');
    expect(await stored()).toMatchObject([{ state: "live" }]);
    const sure = await lienthong("repository", "remove", "kho", "--yes");
    expect(sure.code).toBe(0);
    expect(sure.stdout).toMatch(/^"kho" is retired; 4 records are deleted in the feed; for 90 days `.* restore kho` /);
    expect(await stored()).toMatchObject([{ state: "retired" }]);
    expect((await lienthong("repository", "list", "--retired")).stdout).toMatch(/^kho +retired +daily +0 +4 /m);

    const restored = await lienthong("repository", "restore", "kho");
    expect([restored.code, restored.stdout]).toEqual([0, '"kho" is harvested again; 4 records are back in the feed\n']);
    expect(await stored()).toMatchObject([{ state: "live", retired_at: null }]);
  });
});

describe("lienthong repository export and import", () => {
  test("bring the repositories of one database into another", async () => {
    await add("kho");
    await add("b", "https://b.example.edu.vn/oai");
    const exported = await lienthong("repository", "export");
    expect(exported.code).toBe(0);
    const other = await createTestDatabase();
    const path = join(folder, "repositories.yaml");
    writeFileSync(path, exported.stdout);
    const imported = await runCliHere(["repository", "import", path], { DATABASE_URL: other.url });
    expect([imported.code, imported.stdout]).toEqual([0, "2 added, 0 updated\n"]);
    const copied = join(folder, "copy.yaml");
    await runCliHere(["repository", "export", copied], { DATABASE_URL: other.url });
    expect(readFileSync(copied, "utf8")).toBe(exported.stdout);
    await other.close();
  });

  test.each([
    ["no YAML", "repositories: [", /bad\.yaml: the YAML cannot be read: .*line 1/],
    [
      "a key that there is not",
      `repositories:\n  - url: ${URL_OF_KHO}`,
      /bad\.yaml: repositories\[0\]: "url" is unknown/,
    ],
  ])("import refuses %s and names the file and the place", async (_title, yaml, message) => {
    const path = join(folder, "bad.yaml");
    writeFileSync(path, yaml);
    const { code, stderr } = await lienthong("repository", "import", path);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(await stored()).toEqual([]);
  });

  test("import names a file that is not there", async () => {
    const path = join(folder, "nowhere.yaml");
    const { code, stderr } = await lienthong("repository", "import", path);
    expect([code, stderr]).toEqual([1, `lienthong: ${path}: there is no such file\n`]);
  });
});

test("lienthong migrate brings an empty database up to date, and then has nothing to do", async () => {
  const empty = await createTestDatabase({ migrated: false });
  const migrate = () => runCliHere(["migrate"], { DATABASE_URL: empty.url });
  const refused = await runCliHere(["repository", "list"], { DATABASE_URL: empty.url });
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain("lienthong migrate");
  expect((await migrate()).stdout).toMatch(/: applied \S*foundation/);
  expect((await migrate()).stdout).toMatch(/ is up to date\n$/);
  await empty.close();
});
