import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "vitest";
import { tokenSecret } from "../src/token-secret.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lienthong-secret-"));
});

afterEach(() => rmSync(folder, { recursive: true }));

test("the setting goes before anything kept, and nothing is written", () => {
  expect(tokenSecret({ tokenSecret: "a secret from the settings, long enough", dataFolder: folder })).toBe(
    "a secret from the settings, long enough",
  );
  expect(readdirSync(folder)).toEqual([]);
});

test("without a setting one is made, kept, and found again after a restart", () => {
  const dataFolder = join(folder, "not", "there", "yet");
  const secret = tokenSecret({ tokenSecret: null, dataFolder });
  expect(secret).toMatch(/^[0-9a-f]{64}$/);
  expect(tokenSecret({ tokenSecret: null, dataFolder })).toBe(secret);
});

test("only the owner may read the file, and no draft is left beside it", () => {
  tokenSecret({ tokenSecret: null, dataFolder: folder });
  expect(readdirSync(folder)).toEqual(["token-secret"]);
  expect(statSync(join(folder, "token-secret")).mode & 0o777).toBe(0o600);
});

test("a folder that cannot be written is named, and the setting that does without it", () => {
  const dataFolder = join(folder, "file");
  writeFileSync(dataFolder, "");
  expect(() => tokenSecret({ tokenSecret: null, dataFolder })).toThrow(
    /^TOKEN_SECRET is not set, and none can be kept in DATA_FOLDER \(.*file\): /,
  );
});

test("two folders have two secrets", () => {
  const other = join(folder, "other");
  expect(tokenSecret({ tokenSecret: null, dataFolder: folder })).not.toBe(
    tokenSecret({ tokenSecret: null, dataFolder: other }),
  );
});

test("processes that start together have the same secret", async () => {
  const module = new URL("../src/token-secret.ts", import.meta.url).href;
  const script = `
    import { tokenSecret } from ${JSON.stringify(module)};
    console.log(tokenSecret({ tokenSecret: null, dataFolder: ${JSON.stringify(folder)} }));`;
  const start = () =>
    promisify(execFile)(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
  const secrets = (await Promise.all([start(), start(), start()])).map(({ stdout }) => stdout.trim());
  expect(secrets[0]).toMatch(/^[0-9a-f]{64}$/);
  expect(new Set(secrets).size).toBe(1);
});
