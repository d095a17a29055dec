import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import type { Transport } from "./misbehaving-server.ts";
import { scenarios } from "./scenarios.ts";
import { conduct, type Report, type Trial } from "./trial.ts";
import { tableOf } from "./verdict-table.ts";

const TRANSPORTS: readonly (Transport & { readonly name: string })[] = [
  { name: "plain, length", gzip: false, chunked: false },
  { name: "plain, chunks", gzip: false, chunked: true },
  { name: "gzip, length", gzip: true, chunked: false },
  { name: "gzip, chunks", gzip: true, chunked: true },
];
/** `LABORATORY=full`: every scenario over every transport and with all records; that takes minutes. */
const FULL = process.env.LABORATORY === "full";
/** Only the scenarios whose names hold this, to look at one. */
const ONLY = process.env.LABORATORY_ONLY ?? "";
const RECORDS = FULL ? 300 : 100;
const AT_A_TIME = 8;
const PATIENCE_MS = FULL ? 30 * 60_000 : 600_000;

/** Transports take turns, but where framing and packing are what it is about, all of them are tried. */
const chosen = scenarios.filter(({ name }) => name.includes(ONLY));
const trials: readonly Trial[] = chosen.flatMap((scenario, number) =>
  TRANSPORTS.filter((_, index) => FULL || scenario.framed === true || index === number % TRANSPORTS.length).map(
    ({ name, ...transport }, variant) => ({
      name: `${scenario.name} (${name})`,
      code: `lab-${number}-${variant}`,
      scenario,
      transport,
      count: RECORDS,
    }),
  ),
);
const reports = new Map<Trial, Report>();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const waiting = [...trials];
  const worker = async () => {
    for (let trial = waiting.shift(); trial !== undefined; trial = waiting.shift()) {
      reports.set(trial, await conduct(database.db, trial));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}, PATIENCE_MS);

afterAll(async () => {
  await database.close();
  process.stdout.write(tableOf([...reports.values()]));
});

describe("a harvest never lies", () => {
  test.each(trials)("$name", (trial) => {
    expect(reports.get(trial)?.lies).toEqual([]);
  });
});

describe("a harvest gets over what can be got over, and names the rest", () => {
  test.each(trials)("$name", (trial) => {
    expect(reports.get(trial)?.disappointments).toEqual([]);
  });
});
