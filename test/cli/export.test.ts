import { existsSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { dump, jsonLines, makeWorkplace, manifestIn, type Workplace } from "../export/dump.ts";
import { addSource, publish, type SampleSource, sampleRecord, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runCliHere } from "./run-cli-here.ts";

/** Nothing answers there: whoever asks a database fails. */
const NO_DATABASE = { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing", DATA_FOLDER: "/proc/nothing" };
const RIGHTS = "https://creativecommons.org/publicdomain/zero/1.0/";
const STAMP = new Date("2026-01-02T03:04:05Z");

let database: TestDatabase;
let source: SampleSource;
let workplace: Workplace;
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  source = await addSource(database.db, "kho", "https://kho.example/oai");
  await publish(database.db, source, sampleRecords(source, 1, 12), STAMP);
  await publish(database.db, source, [sampleRecord(source, 13, { deletedReason: "sweep", published: null })], STAMP);
});
beforeEach(() => {
  workplace = makeWorkplace();
  folder = join(workplace.path, "dump");
});
afterEach(() => {
  workplace.remove();
});
afterAll(async () => {
  await database.close();
});

const settings = () => ({ DATABASE_URL: database.url, PUBLIC_URL: "https://feed.example.vn/lien-thong/" });
const run = (...args: string[]) => runCliHere(["export", ...args], settings());

describe("lienthong export", () => {
  test("writes all formats, and prints the files, the horizon and how to go on", async () => {
    const { code, stdout } = await run("--out", folder);
    expect(code).toBe(0);
    const { files, horizon, baseUrl, records, deleted } = manifestIn(folder);
    expect(files.map(({ format }) => format)).toEqual(["jsonl", "marcxml", "iso2709", "oai_dc", "deleted"]);
    expect([baseUrl, records, deleted]).toEqual(["https://feed.example.vn/lien-thong/oai", 12, 1]);
    expect(stdout).toMatch(/^records\.jsonl\.\w+ +12 +1 +0\.0$/m);
    expect(stdout).toContain(`${folder} holds the feed up to ${horizon}.`);
    expect(stdout).toContain(`Harvest ${baseUrl} with from=${horizon}`);
  });

  test("counts each file of records as taken, and no dump that failed", async () => {
    await database.pool.query("TRUNCATE consumer_day");
    await run("--out", folder, "--format", "jsonl,oai_dc", "--set", "inst:kho");
    expect((await run("--out", folder)).code).toBe(1);
    const { rows } = await database.pool.query(
      "SELECT surface, network, contact, route, metadata_prefix, set_spec, requests, records, bytes, lists FROM consumer_day ORDER BY metadata_prefix",
    );
    const { files } = manifestIn(folder);
    const ours = {
      surface: "export",
      network: "",
      contact: "",
      route: "dump",
      set_spec: "inst:kho",
      requests: 1,
      lists: 1,
    };
    expect(rows).toEqual(
      files.slice(0, 2).map(({ format, bytes }) => ({ ...ours, metadata_prefix: format, records: 13, bytes })),
    );
  });

  test("writes the formats and the set that are named, compressed as is wished, with the licence of the settings", async () => {
    const args = ["--out", folder, "--format", "jsonl,marcxml", "--set", "inst:kho", "--compression", "gzip"];
    const { code } = await runCliHere(["export", ...args], { ...settings(), METADATA_RIGHTS: RIGHTS });
    expect(code).toBe(0);
    expect(manifestIn(folder)).toMatchObject({ set: "inst:kho", compression: "gzip", metadataRights: RIGHTS });
    expect(manifestIn(folder).files.map(({ name }) => name)).toEqual([
      "records.jsonl.gz",
      "marc21.xml.gz",
      "deleted.tsv.gz",
    ]);
    expect(jsonLines(folder)).toHaveLength(13);
  });

  test("ends with exit code 2 where ISO 2709 cannot carry a record, and says where it is named", async () => {
    const subjects = Array.from({ length: 60 }, () => ({ value: "x".repeat(2_000), scheme: "keyword" as const }));
    const titles = [{ value: "Quá dài", type: "main" as const }];
    const long = sampleRecord(source, 99, {
      published: { titles, subjects: subjects.map((subject, n) => ({ ...subject, value: `${n}${subject.value}` })) },
    });
    await publish(database.db, source, [long], STAMP);
    const { code, stdout } = await run("--out", folder);
    expect(code).toBe(2);
    expect(stdout).toContain(`1 records do not fit into a format; ${folder}/manifest.json names them and says why`);
    for (const table of ["record", "record_set"])
      await database.pool.query(`DELETE FROM ${table} WHERE record_id = 99`);
  });
});

describe("arguments that cannot be used are told before anything is done", () => {
  test.each([
    ["no folder", [], "required option '--out <folder>' not specified"],
    [
      "a format that there is not",
      ["--out", "x", "--format", "csv"],
      'lienthong: --format "csv": there is no such format; there are jsonl, marcxml, iso2709, oai_dc\n',
    ],
    [
      "one of several formats that there is not",
      ["--out", "x", "--format", "jsonl", "bibtex"],
      'lienthong: --format "bibtex": there is no',
    ],
    [
      "a format without a name",
      ["--out", "x", "--format", "jsonl,"],
      'lienthong: --format "": there is no such format',
    ],
    [
      "a compression that there is not",
      ["--out", "x", "--compression", "bz2"],
      'lienthong: --compression "bz2": there is no such compression; there are zstd and gzip\n',
    ],
    ["an option that there is not", ["--out", "x", "--since", "2026"], "unknown option '--since'"],
  ])("%s", async (_, args, message) => {
    const { code, stdout, stderr } = await runCliHere(["export", ...args], NO_DATABASE);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toContain(message);
    expect(existsSync("x")).toBe(false);
  });

  test.skipIf("createZstdCompress" in process.getBuiltinModule("node:zlib"))(
    "zstd where this Node.js has none",
    async () => {
      const { code, stderr } = await runCliHere(["export", "--out", "x", "--compression", "zstd"], NO_DATABASE);
      expect(code).toBe(1);
      expect(stderr).toBe(`lienthong: --compression zstd: Node.js ${process.version} has none, 22.15 has; or gzip\n`);
    },
  );

  test("a set that there is not", async () => {
    const { code, stderr } = await run("--out", folder, "--set", "inst:khac");
    expect(code).toBe(1);
    expect(stderr).toBe(
      'lienthong: there is no set "inst:khac" in the feed; ListSets tells which there are (docs/provider.md)\n',
    );
    expect(existsSync(folder)).toBe(false);
  });

  test("a folder in which a dump is already", async () => {
    await dump(database.db, folder);
    const { code, stderr } = await run("--out", folder);
    expect([code, stderr]).toEqual([
      1,
      `lienthong: ${folder}: a dump is there already; name a new folder, or remove that one\n`,
    ]);
  });
});
