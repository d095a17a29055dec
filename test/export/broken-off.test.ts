import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { lengthenFeed } from "../../bench/fill-feed.ts";
import { COMPRESSIONS } from "../../src/export/compression.ts";
import { isOutage } from "../../src/store/outage.ts";
import { type Finished, runCli } from "../cli/run-cli.ts";
import { isInstalled } from "../marc/programs.ts";
import { addSource, publish, sampleRecord, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { sharedProgram } from "../support/shared-program.ts";
import {
  dump,
  formatCalled,
  gzip,
  jsonLines,
  makeWorkplace,
  manifestIn,
  UNPACKER,
  unpacked,
  type Workplace,
} from "./dump.ts";

const RECORDS = 1_500;
/** What bash calls a block of `ulimit -f`: with a hundred of them no file of the dump is finished. */
const MOST_BLOCKS = 100;
const isRoot = process.getuid?.() === 0;

let database: TestDatabase;
let workplace: Workplace;
let folder: string;

/** A feed of records with long random texts, which compression does not make small. */
beforeAll(async () => {
  database = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example/oai");
  const stamp = new Date("2026-01-02T03:04:05Z");
  const records = sampleRecords(source, 1, 99);
  await publish(database.db, source, [...records, sampleRecord(source, 100, { deletedReason: "sweep" })], stamp);
  await lengthenFeed(database.pool, RECORDS);
  await database.pool.query(`
    UPDATE record SET published = published || jsonb_build_object('descriptions', jsonb_build_array(jsonb_build_object(
      'type', 'abstract', 'value', (SELECT string_agg(md5(random()::text || record_id || part), ' ') FROM generate_series(1, 30) part))))`);
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

const settings = () => ({ DATABASE_URL: database.url });
const names = () => readdirSync(workplace.path);

/** How many bytes lie in folders that are not finished. */
function bytesSoFar(): number {
  const partial = names().filter((name) => name.includes(".partial-"));
  const files = partial.flatMap((name) => readdirSync(join(workplace.path, name)).map((file) => `${name}/${file}`));
  return files.reduce((sum, file) => sum + statSync(join(workplace.path, file)).size, 0);
}

/** Runs an export, and sends it that signal once it has written something. */
async function runAndSend(signal: "SIGKILL" | "SIGTERM"): Promise<Finished> {
  return await runCli(["export", "--out", folder], settings(), (child) => {
    const looking = setInterval(() => {
      if (bytesSoFar() === 0) return;
      child.kill(signal);
      clearInterval(looking);
    }, 10);
    child.once("exit", () => clearInterval(looking));
  });
}

/** The same export again; it must succeed, and hold everything. */
async function expectNextToSucceed(): Promise<void> {
  const { code, stderr } = await runCli(["export", "--out", folder, "--format", "jsonl"], settings());
  expect([code, stderr]).toEqual([0, ""]);
  expect(manifestIn(folder)).toMatchObject({ records: RECORDS - RECORDS / 100, deleted: RECORDS / 100 });
}

describe("an export that is broken off", () => {
  test("by a kill leaves no dump and no manifest, and the next one into the same folder succeeds", async () => {
    const { code } = await runAndSend("SIGKILL");
    expect(code).toBeNull();
    expect(existsSync(folder)).toBe(false);
    const [left = "", ...more] = names();
    expect([left, more]).toEqual([expect.stringMatching(/^dump\.partial-[0-9a-f]{8}$/), []]);
    expect(readdirSync(join(workplace.path, left))).not.toContain("manifest.json");
    await expectNextToSucceed();
  });

  test("by SIGTERM or Ctrl-C says so and leaves nothing", async () => {
    const { code, stderr } = await runAndSend("SIGTERM");
    expect([code, stderr]).toEqual([1, "lienthong: the export was stopped; nothing is left of it\n"]);
    expect(names()).toEqual([]);
  });

  test.skipIf(!isInstalled("bash"))(
    "by a disk that takes no more tells file and advice, leaves nothing, and the next one succeeds",
    async () => {
      const { folder: program } = await sharedProgram();
      const command = [
        process.execPath,
        join(program, "dist/src/cli/main.js"),
        "export",
        "--out",
        folder,
        "--format",
        "jsonl,oai_dc",
      ];
      const limited = ["-c", `ulimit -f ${MOST_BLOCKS}; exec "$@"`, "bash", ...command];
      const child = spawn("bash", limited, {
        env: { PATH: process.env.PATH, ...settings() },
        stdio: ["ignore", "ignore", "pipe"],
      });
      let stderr = "";
      child.stderr.on("data", (text: Buffer) => {
        stderr += text.toString();
      });
      const [code] = await once(child, "close");
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^lienthong: \S+\.partial-\S+\/(records\.jsonl|oai_dc\.xml)\.(gz|zst): the file has become longer than is allowed here; .*\n$/,
      );
      expect(names()).toEqual([]);
      await expectNextToSucceed();
    },
  );

  test("by a database that goes away leaves nothing", async () => {
    const url = new URL(database.url).pathname.slice(1);
    const broken = dump(database.db, folder, {
      pageSize: 100,
      onPage: async ({ pages }) => {
        if (pages !== 3) return;
        await database.pool.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND state = 'idle in transaction'",
          [url],
        );
      },
    });
    // whether the driver was told before the connection ended is a matter of luck
    expect(await broken.catch(isOutage)).toBe(true);
    expect(names()).toEqual([]);
  });
});

describe("nothing is written over", () => {
  const small = () => ({ formats: [formatCalled("iso2709")] });

  test("a dump that is there stays as it is", async () => {
    await dump(database.db, folder, small());
    const before = manifestIn(folder);
    await expect(dump(database.db, folder, small())).rejects.toThrow(`${folder}: a dump is there already`);
    expect(manifestIn(folder)).toEqual(before);
    expect(names()).toEqual(["dump"]);
  });

  test("a folder with other files, and a file, are refused; an empty folder is taken", async () => {
    mkdirSync(join(folder, "other"), { recursive: true });
    await expect(dump(database.db, folder, small())).rejects.toThrow(
      `${folder}: this folder holds other files (other)`,
    );
    writeFileSync(join(workplace.path, "file"), "");
    const file = join(workplace.path, "file");
    await expect(dump(database.db, file, small())).rejects.toThrow(`${file}: a part of this path is a file`);
    await expect(dump(database.db, join(file, "in"), small())).rejects.toThrow("a part of this path is a file");
    mkdirSync(join(workplace.path, "empty"));
    await dump(database.db, join(workplace.path, "empty"), small());
    expect(names().toSorted()).toEqual(["dump", "empty", "file"]);
  });

  test("of two exports into one folder at the same time one succeeds, whole, and the other says why not", async () => {
    const both = await Promise.allSettled([dump(database.db, folder, small()), dump(database.db, folder, small())]);
    expect(both.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const refused = both.find((one) => one.status === "rejected");
    expect(String(refused?.reason)).toMatch(/something is there already; name a new folder/);
    expect(names()).toEqual(["dump"]);
    const made = both.find((one) => one.status === "fulfilled");
    expect(manifestIn(folder)).toEqual(made?.value);
  });

  test.skipIf(isRoot || process.platform === "win32")("a folder where this user may not write is told", async () => {
    mkdirSync(folder, { mode: 0o555 });
    await expect(dump(database.db, join(folder, "new"), small())).rejects.toThrow(/it may not be written/);
  });
});

describe("compression", () => {
  test.each(COMPRESSIONS.map((compression) => [compression.name, compression] as const))(
    "%s: the files are what the program of that name unpacks, and the same as with gzip",
    async (name, compression) => {
      if (!isInstalled(UNPACKER[name])) return;
      const [one, other] = [join(workplace.path, name), join(workplace.path, "gzip-too")];
      const formats = [formatCalled("jsonl"), formatCalled("marcxml")];
      const manifest = await dump(database.db, one, { formats, compression });
      await dump(database.db, other, { formats, compression: gzip() });
      expect(manifest.compression).toBe(name);
      expect(jsonLines(one, `records.jsonl${compression.suffix}`)).toHaveLength(RECORDS);
      for (const { name: file } of manifest.files) {
        expect(file.endsWith(compression.suffix)).toBe(true);
        expect(unpacked(one, file).equals(unpacked(other, file.replace(compression.suffix, ".gz"))), file).toBe(true);
      }
    },
  );

  test("zstd is there where this Node.js has it, and preferred", () => {
    const has = "createZstdCompress" in process.getBuiltinModule("node:zlib");
    expect(COMPRESSIONS.map(({ name }) => name)).toEqual(has ? ["zstd", "gzip"] : ["gzip"]);
  });
});
