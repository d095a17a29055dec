import { join } from "node:path";
import { readConfig } from "../config.ts";
import { createServices } from "../create-services.ts";
import { sampleRepositories } from "../demo/sample-repositories.ts";
import type { SampleRepository } from "../demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../demo/sample-server.ts";
import { harvestRepository } from "../jobs/harvest-repository.ts";
import type { Services } from "../jobs/services.ts";
import { serve } from "../main.ts";
import { openStore } from "../open-store.ts";
import { registerRepository } from "../registry/repositories.ts";
import { timetable } from "../schedule/timetable.ts";
import type { Db } from "../store/database.ts";
import { findRepository, type Repository, updateRepository } from "../store/repositories.ts";
import { tokenSecret } from "../token-secret.ts";
import { commandLogger, print } from "./run-command.ts";
import { type NamedRun, printRuns } from "./run-report.ts";
import { stopSignal, untilAborted } from "./signals.ts";

/** Visitors should see their records at once; in the demo nothing writes beside us for longer than this. */
const LEAD_SECONDS = 1;

/**
 * `lienthong demo`: everything at once, with sample data and without network. It has a database of its own below the
 * data folder, so that no real one is ever filled with samples.
 */
export async function demoCommand(): Promise<void> {
  const settings = readConfig(process.env);
  const config = {
    ...settings,
    databaseUrl: null,
    dataFolder: join(settings.dataFolder, "demo"),
    leadSeconds: LEAD_SECONDS,
    // the samples answer on this machine, where no repository may be asked unless an operator says so
    privateNetworks: ["127.0.0.1"],
    harvestProxy: null,
    harvestDelayMs: 0,
    exportTo: null,
  };
  const log = await commandLogger(settings);
  const stop = stopSignal();
  print("lienthong demo: starting PostgreSQL and three sample repositories …");
  const store = await openStore(config);
  const services = createServices(config, store.db, log);
  const repositories = sampleRepositories();
  const samples = await startSampleServer(repositories);
  try {
    const runs = await harvestSamples(services, repositories, samples, stop);
    print("");
    printRuns(runs);
    if (stop.aborted) return;
    if (runs.every(({ run }) => run.received === 0)) {
      print(`\nNothing new since the last time; without the folder ${config.dataFolder} the demo begins anew.`);
    }
    const service = await serve({ ...config, scheduler: false }, tokenSecret(config), store, services);
    print(invitation(service.url, config.dataFolder));
    await untilAborted(stop);
    await service.stop();
  } finally {
    await samples.close();
    await services.http.close();
    await store.close();
  }
}

async function harvestSamples(
  services: Services,
  repositories: readonly SampleRepository[],
  samples: SampleServer,
  signal: AbortSignal,
): Promise<NamedRun[]> {
  const runs: NamedRun[] = [];
  for (const sample of repositories) {
    const code = sample.path.split("/").find((part) => part !== "") ?? "sample";
    const repository = await registered(services.db, code, sample.name, samples.baseUrl(sample));
    const options = { trigger: "person", full: false, signal } as const;
    const { run } = await harvestRepository(services, repository.repository_id, options);
    runs.push({ code, run });
    if (signal.aborted) break;
  }
  return runs;
}

/** The sample server gets another port each time; the repository stays the same one. */
async function registered(db: Db, code: string, name: string, baseUrl: string): Promise<Repository> {
  const known = await findRepository(db, code);
  if (known === null) return await registerRepository(db, { code, name, baseUrl, schedule: "manual" }, timetable);
  await updateRepository(db, known.repository_id, { base_url: baseUrl });
  return known;
}

function invitation(url: string, dataFolder: string): string {
  return `
status page   ${url}/
feed          ${url}/oai?verb=Identify
MARC 21       ${url}/oai?verb=ListRecords&metadataPrefix=marc21
Dublin Core   ${url}/oai?verb=ListRecords&metadataPrefix=oai_dc

In another terminal:  DATA_FOLDER=${dataFolder} npx lienthong repository list
Ctrl-C stops everything; the next \`lienthong demo\` goes on with the same data.`;
}
