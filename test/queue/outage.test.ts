import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import pg from "pg";
import { pino } from "pino";
import { beforeEach, expect, test } from "vitest";
import { type ExecuteSql, tellOutages } from "../../src/queue/outage.ts";
import { startQueue } from "../../src/queue/queue.ts";
import { openPool } from "../../src/store/database.ts";

let lines: { readonly level: number; readonly msg: string }[];
let failure: Error | null;
let execute: ExecuteSql;

beforeEach(() => {
  lines = [];
  failure = null;
  const log = pino({ level: "debug" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  execute = tellOutages(async () => {
    if (failure !== null) throw failure;
    return { rows: [1] };
  }, log);
});

function refused(severity: "ERROR" | "FATAL"): Error {
  return Object.assign(new pg.DatabaseError("refused", 7, "error"), { severity });
}

const ask = async () => await execute("SELECT 1", []).catch(() => null);

test("an outage is told once when it begins and once when it is over, however often is asked", async () => {
  failure = new Error("connect ECONNREFUSED 127.0.0.1:5432");
  for (let times = 0; times < 3; times += 1) expect(await ask()).toBeNull();
  failure = refused("FATAL"); // "the database system is starting up"
  await ask();
  failure = null;
  expect(await ask()).toEqual({ rows: [1] });
  await ask();
  expect(lines.map(({ level, msg }) => [level, msg])).toEqual([
    [40, "the database does not answer; the job queue keeps asking"],
    [30, "the database answers again"],
  ]);
});

test("the next outage is told again", async () => {
  for (let times = 0; times < 2; times += 1) {
    failure = new Error("Connection terminated unexpectedly");
    await ask();
    failure = null;
    await ask();
  }
  expect(lines).toHaveLength(4);
});

test("a statement that the server refuses is no outage, and its failure is handed on", async () => {
  failure = refused("ERROR");
  await expect(execute("SELECT 1", [])).rejects.toBe(failure);
  expect(lines).toEqual([]);
});

test("a queue that cannot begin throws why, and says nothing of going on", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  const pool = openPool(`postgres://nobody@127.0.0.1:${port}/nothing`);
  const log = pino({ level: "debug" }, { write: (line: string) => lines.push(JSON.parse(line)) });
  await expect(startQueue(pool, log)).rejects.toThrow(/ECONNREFUSED/);
  await pool.end();
  expect(lines).toEqual([]);
});
