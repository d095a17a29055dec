import type { HttpOptions } from "../../src/client/http.ts";
import { type HarvestResult, harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Db } from "../../src/store/database.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { testServices } from "../support/services.ts";
import { type Found, liesOf, readStore } from "./judge.ts";
import {
  type MisbehavingServer,
  startMisbehavingServer,
  startSilentServer,
  type Transport,
} from "./misbehaving-server.ts";
import type { Scenario } from "./scenario.ts";
import { generatedRecords } from "./truth.ts";
import { disappointmentsOf } from "./verdict.ts";

/** One scenario over one transport. */
export interface Trial {
  readonly name: string;
  readonly code: string;
  readonly scenario: Scenario;
  readonly transport: Transport;
  readonly count: number;
}

/** What came of it. */
export interface Report {
  readonly trial: Trial;
  /** The outcome of each run. */
  readonly outcomes: readonly string[];
  /** What the last run said. */
  readonly failure: string | null;
  readonly stored: number;
  readonly truth: number;
  readonly requests: number;
  /** Empty where the harvest was honest in every run. */
  readonly lies: readonly string[];
  /** What is otherwise than the design promises; empty where nothing is. */
  readonly disappointments: readonly string[];
}

/** Patience for a repository on this machine that fails on purpose. */
const LIMITS: Partial<HttpOptions> = {
  retries: 3,
  firstRetryMs: 1,
  maxWaitMs: 5_000,
  delayMs: 0,
  maxResponseBytes: 1024 * 1024,
};
const PAGE_SIZE = 20;
/** A run that is not over by then goes in circles; one that does not even stop then waits for something. */
const RUN_BUDGET_MS = 120_000;
const RUN_END_MS = 150_000;

/** Harvests the repository of a trial as often as its scenario says, and judges it after each run. */
export async function conduct(db: Db, trial: Trial): Promise<Report> {
  const { scenario } = trial;
  const records = generatedRecords(trial.count);
  const provider = { records, pageSize: PAGE_SIZE, granularity: "second", ignoresDates: false } as const;
  const server = await startMisbehavingServer(
    { ...provider, ...scenario.provider },
    scenario.faults(),
    trial.transport,
  );
  const silent = await startSilentServer();
  const own = scenario.silent === true ? `http://127.0.0.1:${silent.port}/` : server.baseUrl;
  const { repository_id: repositoryId } = await addRepository(db, {
    code: trial.code,
    name: scenario.name,
    base_url: scenario.baseUrl?.(own) ?? own,
    set_spec: scenario.setSpec ?? null,
  });
  try {
    const runs = await harvestTillComplete(db, repositoryId, server, scenario);
    return { ...reportOf(runs, server), trial };
  } finally {
    await server.close();
    await silent.close();
  }
}

interface Runs {
  readonly results: readonly HarvestResult[];
  readonly found: Found;
  readonly lies: readonly string[];
  readonly disappointments: readonly string[];
}

async function harvestTillComplete(
  db: Db,
  repositoryId: number,
  server: MisbehavingServer,
  scenario: Scenario,
): Promise<Runs> {
  const services = testServices(db, { ...LIMITS, ...scenario.http });
  const results: HarvestResult[] = [];
  const lies: string[] = [];
  let found = await readStore(db, repositoryId);
  try {
    for (let run = 1; run <= (scenario.runs ?? 1) && !isComplete(results.at(-1)); run += 1) {
      await server.nextRun();
      const signal = AbortSignal.timeout(RUN_END_MS);
      const options = { trigger: "person", full: false, budgetMs: RUN_BUDGET_MS, signal } as const;
      const result = await harvestRepository(services, repositoryId, options);
      results.push(result);
      found = await readStore(db, repositoryId);
      lies.push(...liesOf(found, server.truth, result).map((lie) => `run ${run}: ${lie}`));
    }
  } catch (error) {
    lies.push(`crashed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  } finally {
    await services.http.close();
  }
  return { results, found, lies, disappointments: disappointmentsOf(scenario.expected, found, server.truth, results) };
}

function isComplete(result: HarvestResult | undefined): boolean {
  return result?.outcome === "complete" || result?.outcome === "complete_with_rejects";
}

function reportOf({ results, found, lies, disappointments }: Runs, server: MisbehavingServer): Omit<Report, "trial"> {
  return {
    outcomes: results.map(({ outcome }) => outcome ?? "open"),
    failure: results.at(-1)?.run.failure ?? null,
    stored: found.sources.size,
    truth: new Set(server.truth.map(({ identifier }) => identifier)).size,
    requests: server.requests(),
    lies,
    disappointments,
  };
}
