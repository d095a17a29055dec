import type pg from "pg";
import { pino } from "pino";
import { textTable } from "../src/cli/text-table.ts";
import { startQueue } from "../src/queue/queue.ts";
import { databaseOn, openPool } from "../src/store/database.ts";
import { addRepository } from "../src/store/repositories.ts";
import { type Kept, keepRunning } from "../test/support/keep-running.ts";
import { type Program, programIn } from "../test/support/program.ts";
import { startChild } from "./child.ts";
import { type BenchServer, startBenchServer } from "./database.ts";
import type { HostsQuestion, HostsSeen } from "./hosts-target.ts";
import type { BenchOptions } from "./main.ts";
import { median } from "./measure.ts";

const REPOSITORIES = 40;
/** Real repositories take longer for a page than we do for storing it. */
const LATENCY_MS = 250;
const POLL_MS = 50;
const NEVER = new Date("9999-01-01");
const HEAD = [
  "hosts",
  "workers",
  "records",
  "seconds",
  "records/s",
  ": one worker",
  "hosts at once",
  "requests a host",
];

/** Hosts, processes, and how many harvests each of them does at a time. */
interface Case {
  readonly hosts: number;
  readonly processes: number;
  readonly each: number;
}

/** The first of each number of hosts is what the others are compared with. */
const CASES: readonly Case[] = [
  { hosts: 8, processes: 1, each: 1 },
  { hosts: 8, processes: 2, each: 1 },
  { hosts: 8, processes: 4, each: 1 },
  { hosts: 8, processes: 2, each: 2 },
  { hosts: 1, processes: 1, each: 1 },
  { hosts: 1, processes: 4, each: 1 },
];

/** What a round came to. */
interface Round extends HostsSeen {
  readonly seconds: number;
}

/** Has forty repositories harvested by one worker and by more, and prints how long it took and what the hosts saw. */
export async function run({ records, runs }: BenchOptions): Promise<void> {
  const server = await startBenchServer();
  // `npm run bench` has just built it
  const program = programIn(process.cwd());
  const alone = new Map<number, number>();
  try {
    const rows = [];
    for (const one of CASES) {
      const rounds: Round[] = [];
      for (let number = 0; number < runs; number += 1) rounds.push(await round(server, program, one, records));
      const seconds = median(rounds.map((each) => each.seconds));
      if (!alone.has(one.hosts)) alone.set(one.hosts, seconds);
      rows.push(rowOf(one, records, seconds, (alone.get(one.hosts) ?? seconds) / seconds, rounds));
    }
    const about = `${REPOSITORIES} repositories, oai_dc, ${LATENCY_MS} ms a request; median of ${runs} runs`;
    process.stdout.write(`${about}, of what hosts saw the most\n\n${textTable(HEAD, rows)}`);
  } finally {
    await server.close();
  }
}

function rowOf(
  { hosts, processes, each }: Case,
  records: number,
  seconds: number,
  ratio: number,
  rounds: readonly Round[],
): readonly (string | number)[] {
  return [
    hosts,
    `${processes} × ${each}`,
    records,
    seconds.toFixed(1),
    Math.round(records / seconds),
    ratio.toFixed(2),
    Math.max(...rounds.map(({ hostsAtOnce }) => hostsAtOnce)),
    Math.max(...rounds.map(({ requestsAtOnce }) => requestsAtOnce)),
  ];
}

async function round(server: BenchServer, program: Program, one: Case, records: number): Promise<Round> {
  const target = startChild("hosts-target");
  const databaseUrl = await server.createDatabase();
  const pool = openPool(databaseUrl);
  const workers = startWorkers(program, databaseUrl, one);
  const sizes = { repositories: REPOSITORIES, records: Math.ceil(records / REPOSITORIES) };
  try {
    const question: HostsQuestion = { open: { hosts: one.hosts, ...sizes, latencyMs: LATENCY_MS } };
    const baseUrls = await target.ask<readonly string[]>(question);
    while (!workers.every(({ lines }) => lines.some(({ msg }) => msg === "working"))) await pause();
    const seconds = await harvestAll(pool, baseUrls, sizes.records);
    const seen: HostsQuestion = "seen";
    return { ...(await target.ask<HostsSeen>(seen)), seconds };
  } finally {
    await Promise.all(workers.map((worker) => worker.stop()));
    await pool.end();
    await target.stop();
    await server.dropDatabase(databaseUrl);
  }
}

function startWorkers(program: Program, databaseUrl: string, { processes, each }: Case): readonly Kept[] {
  const settings = {
    DATABASE_URL: databaseUrl,
    HARVEST_WORKERS: String(each),
    HARVEST_DELAY_MS: "0",
    HARVEST_PRIVATE_NETWORKS: "127.0.0.0/8",
  };
  return Array.from({ length: processes }, () => keepRunning(() => program.start(["worker"], settings)));
}

/** Queues the repositories and waits until all have been harvested. Returns the seconds from the first page to the last. */
async function harvestAll(pool: pg.Pool, baseUrls: readonly string[], recordsOfEach: number): Promise<number> {
  const queue = await startQueue(pool, pino({ level: "silent" }));
  for (const [number, base_url] of baseUrls.entries()) {
    const row = { code: `kho-${number}`, name: `Kho ${number}`, base_url, schedule: "manual", probe_due_at: NEVER };
    const { repository_id } = await addRepository(databaseOn(pool), row);
    await queue.enqueueHarvest({ repositoryId: repository_id, trigger: "schedule" });
  }
  await queue.stop();
  const text = `
    SELECT count(*) AS ended, count(*) FILTER (WHERE outcome = 'complete' AND received = $1) AS complete,
      extract(epoch FROM max(finished_at) - min(started_at))::float8 AS seconds
    FROM harvest_run WHERE outcome IS NOT NULL`;
  for (;;) {
    const { rows } = await pool.query<{ ended: number; complete: number; seconds: number }>(text, [recordsOfEach]);
    const { ended = 0, complete = 0, seconds = 0 } = rows[0] ?? {};
    if (complete === baseUrls.length) return seconds;
    if (ended > complete) throw new Error(`${ended - complete} harvests of the bench are not complete`);
    await pause();
  }
}

const pause = async () => await new Promise((resolve) => setTimeout(resolve, POLL_MS));
