import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { startEmbeddedPostgres } from "../../src/store/embedded/embedded-postgres.ts";
import { serverUser } from "../../src/store/embedded/server-user.ts";
import {
  cleanUp,
  endOf,
  firstLine,
  idleProcess,
  newFolder,
  newFolderWithData,
  postmasterOf,
  processesIn,
  query,
  startUser,
  until,
} from "./embedded-world.ts";

// processes are started and stopped; a busy machine takes its time
vi.setConfig({ testTimeout: 180_000 });

afterEach(cleanUp);

const data = (folder: string) => join(folder, "cluster", "data");

test("from an empty folder comes a UTF-8 database for us alone, on the loopback interface", async () => {
  const folder = newFolder();
  const server = await startEmbeddedPostgres({ folder });
  const url = new URL(server.url);
  expect(url.hostname).toBe("127.0.0.1");
  expect(statSync(join(folder, "cluster", "password")).mode & 0o777).toBe(0o600);
  expect(statSync(data(folder)).mode & 0o777).toBe(0o700);
  expect(await query(server.url, "SHOW server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
  expect(await query(server.url, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
  expect(await query(server.url, "SHOW fsync")).toEqual([{ fsync: "on" }]);
  expect(await query(server.url, "SELECT current_database(), lower('ĐẠI HỌC')")).toEqual([
    { current_database: "lienthong", lower: "đại học" },
  ]);
  url.password = "wrong";
  await expect(query(url.href, "SELECT 1")).rejects.toThrow(/password authentication failed/);
  url.password = "";
  await expect(query(url.href, "SELECT 1")).rejects.toThrow(/password/);
  await server.release();
});

test("what Vietnamese search needs is there: unaccent, pg_trgm, ICU", async () => {
  const server = await startEmbeddedPostgres({ folder: await newFolderWithData() });
  await query(server.url, "CREATE EXTENSION unaccent");
  await query(server.url, "CREATE EXTENSION pg_trgm");
  expect(await query(server.url, "SELECT unaccent('Đường lên đỉnh Olympia') AS folded")).toEqual([
    { folded: "Duong len dinh Olympia" },
  ]);
  // Vietnamese order (ISO 639 vi, CLDR): a ă â are letters of their own
  const words = await query(
    server.url,
    `SELECT w FROM unnest('{âm,ăn,an,az}'::text[]) w ORDER BY w COLLATE "vi-x-icu"`,
  );
  expect(words).toEqual([{ w: "an" }, { w: "az" }, { w: "ăn" }, { w: "âm" }]);
  await server.release();
});

test("release stops the server, and nothing of it is left running; what was stored is there next time", async () => {
  const folder = await newFolderWithData();
  const first = await startEmbeddedPostgres({ folder });
  await query(first.url, "CREATE TABLE kept AS SELECT 'Kiều' AS word");
  if (process.platform === "linux") expect(processesIn(data(folder))).not.toEqual([]);
  await first.release();
  expect(processesIn(data(folder))).toEqual([]);
  expect(existsSync(join(data(folder), "postmaster.pid"))).toBe(false);

  const second = await startEmbeddedPostgres({ folder });
  expect(await query(second.url, "SELECT word FROM kept")).toEqual([{ word: "Kiều" }]);
  expect(new URL(second.url).password).toBe(new URL(first.url).password);
  await second.release();
});

test("a second process uses the server that runs; it stops with the last of them, not with the one that started it", async () => {
  const folder = await newFolderWithData();
  const starter = await startUser(folder);
  const url = await firstLine(starter);
  const second = await startEmbeddedPostgres({ folder });
  expect(second.url).toBe(url);
  starter.stdin?.write("release\n");
  expect(await endOf(starter)).toBe(0);
  expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  await second.release();
  expect(processesIn(data(folder))).toEqual([]);
});

test("processes that start at the same time on an empty folder share one server", async () => {
  const folder = newFolder();
  const users = await Promise.all([startUser(folder), startUser(folder), startUser(folder)]);
  const urls = await Promise.all(users.map(firstLine));
  expect(new Set(urls).size).toBe(1);
  expect(urls[0]).toMatch(/^postgres:/);
  for (const user of users) user.stdin?.write("release\n");
  expect(await Promise.all(users.map(endOf))).toEqual([0, 0, 0]);
  expect(processesIn(data(folder))).toEqual([]);
});

test("who comes while the last user leaves gets a server that works", async () => {
  const folder = await newFolderWithData();
  let current = await startEmbeddedPostgres({ folder });
  for (let round = 0; round < 5; round += 1) {
    const [next] = await Promise.all([startEmbeddedPostgres({ folder }), current.release()]);
    expect(await query(next.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    current = next;
  }
  await current.release();
  expect(processesIn(data(folder))).toEqual([]);
});

test("a process killed with SIGKILL leaves the server to others, and does not keep it alive once they leave", async () => {
  const folder = await newFolderWithData();
  const starter = await startUser(folder);
  const url = await firstLine(starter);
  const other = await startEmbeddedPostgres({ folder });
  await query(url, "CREATE TABLE kept AS SELECT 1 AS one");
  starter.kill("SIGKILL");
  await endOf(starter);
  expect(await query(other.url, "SELECT one FROM kept")).toEqual([{ one: 1 }]);
  const members = "SELECT FROM pg_stat_activity WHERE application_name = 'lienthong user'";
  await until(async () => (await query(other.url, members)).length === 1);
  await other.release();
  expect(processesIn(data(folder))).toEqual([]);
});

test("a server whose only user was killed is used by the next one, which stops it in the end", async () => {
  const folder = await newFolderWithData();
  const starter = await startUser(folder);
  const url = await firstLine(starter);
  const pid = postmasterOf(data(folder));
  starter.kill("SIGKILL");
  await endOf(starter);
  const next = await startEmbeddedPostgres({ folder });
  expect(next.url).toBe(url);
  expect(postmasterOf(data(folder))).toBe(pid);
  await next.release();
  expect(processesIn(data(folder))).toEqual([]);
});

test("after SIGKILL of server and user the next start recovers everything committed", async () => {
  const folder = await newFolderWithData();
  const starter = await startUser(folder);
  const url = await firstLine(starter);
  await query(url, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS number");
  starter.kill("SIGKILL");
  process.kill(postmasterOf(data(folder)), "SIGKILL");
  await endOf(starter);
  const next = await startEmbeddedPostgres({ folder });
  expect(await query(next.url, "SELECT count(*)::int AS rows FROM kept")).toEqual([{ rows: 1000 }]);
  await next.release();
});

test("a server killed under a user comes back at the same address, and still counts the user", async () => {
  const folder = await newFolderWithData();
  const server = await startEmbeddedPostgres({ folder });
  await query(server.url, "CREATE TABLE kept AS SELECT 1 AS one");
  const killed = postmasterOf(data(folder));
  process.kill(killed, "SIGKILL");
  await until(async () => {
    const rows = await query(server.url, "SELECT one FROM kept").catch(() => []);
    return rows.length === 1 && postmasterOf(data(folder)) !== killed;
  });
  await server.release();
  expect(processesIn(data(folder))).toEqual([]);
});

test("a pid file left over whose pid now belongs to another process does not keep the server from starting", async () => {
  const folder = await newFolderWithData();
  const first = await startEmbeddedPostgres({ folder });
  const pidFile = join(data(folder), "postmaster.pid");
  const lines = readFileSync(pidFile, "utf8").split("\n");
  await first.release();
  // PostgreSQL itself takes the pid of a process of the same user for a running server
  const stranger = idleProcess(serverUser(data(folder)));
  writeFileSync(pidFile, [String(stranger.pid), ...lines.slice(1)].join("\n"));
  const second = await startEmbeddedPostgres({ folder });
  expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  expect(stranger.exitCode).toBeNull();
  await second.release();
});

test("data of another major version is refused with what to do, and left as it is", async () => {
  const folder = await newFolderWithData();
  const versionFile = join(data(folder), "PG_VERSION");
  const ours = readFileSync(versionFile, "utf8");
  writeFileSync(versionFile, "15\n");
  const refused = startEmbeddedPostgres({ folder });
  await expect(refused).rejects.toMatchObject({ name: "OtherPostgresVersion" });
  await expect(refused).rejects.toThrow(/PostgreSQL 15.*pg_upgrade/);
  expect(processesIn(data(folder))).toEqual([]);
  writeFileSync(versionFile, ours);
  await (await startEmbeddedPostgres({ folder })).release();
});

test("what a process killed while it made the data folder left behind is removed", async () => {
  const folder = newFolder();
  const killed = idleProcess({});
  killed.kill("SIGKILL");
  await endOf(killed);
  const leftover = join(folder, `unfinished-${killed.pid}-00000000`);
  mkdirSync(join(leftover, "data"), { recursive: true });
  await (await startEmbeddedPostgres({ folder })).release();
  expect(existsSync(leftover)).toBe(false);
});

test("a folder that cannot be one is refused with the cause", async () => {
  const file = join(newFolder(), "file");
  writeFileSync(file, "");
  const refused = startEmbeddedPostgres({ folder: join(file, "postgres") });
  await expect(refused).rejects.toMatchObject({ name: "EmbeddedPostgresFailure", cause: { code: "ENOTDIR" } });
  await expect(refused).rejects.toThrow(/DATA_FOLDER/);
});

test("a server that cannot start says what PostgreSQL said", async () => {
  const folder = await newFolderWithData();
  writeFileSync(join(data(folder), "postgresql.auto.conf"), "no_such_setting = 1\n");
  const failed = startEmbeddedPostgres({ folder });
  await expect(failed).rejects.toMatchObject({ name: "EmbeddedPostgresFailure" });
  await expect(failed).rejects.toThrow(/no_such_setting/);
});

test("a folder reached through a link is the same folder", async () => {
  const folder = await newFolderWithData();
  const link = join(newFolder(), "link");
  symlinkSync(folder, link);
  const [first, second] = [await startEmbeddedPostgres({ folder }), await startEmbeddedPostgres({ folder: link })];
  expect(second.url).toBe(first.url);
  await first.release();
  await second.release();
  expect(processesIn(data(folder))).toEqual([]);
});
