import { setTimeout } from "node:timers/promises";
import { createServices } from "../create-services.ts";
import { RecordsBusy } from "../jobs/harvest-lease.ts";
import { previewRemap, remapRepository } from "../jobs/remap-repository.ts";
import type { Services } from "../jobs/services.ts";
import type { Remap } from "../store/remaps.ts";
import { listRepositories, type Repository } from "../store/repositories.ts";
import { createProgress } from "./progress.ts";
import { PAUSED_EXIT_CODE, printCounts, printRemap } from "./remap-report.ts";
import { print, withStore } from "./run-command.ts";

/** What is to become of what is mapped; nothing said: it is put into the feed. */
export interface RemapWish {
  readonly dryRun?: true;
  readonly candidate?: true;
}

const PAGE_SIZE = 500;
const BUSY_RETRY_MS = 2_000;

/** Maps what is stored of all repositories again, and waits for those that are being harvested. */
export async function remapAll(signal: AbortSignal): Promise<void> {
  await withServices(async (services) => {
    let busy = await remapEach(services, await listRepositories(services.db), {}, signal);
    if (busy.length > 0)
      print(`being harvested, and waited for: ${busy.map(({ repository }) => repository.code).join(", ")}`);
    while (busy.length > 0 && !signal.aborted) {
      // ends early with the signal, which the loop looks at
      await setTimeout(BUSY_RETRY_MS, undefined, { signal }).catch(() => {});
      const left = busy.map(({ repository }) => repository);
      busy = await remapEach(services, left, {}, signal);
    }
    if (!signal.aborted) return;
    print("stopped; `lienthong remap` goes on with what is left");
    process.exitCode = PAUSED_EXIT_CODE;
  });
}

/** A repository whose records somebody else changes, and the sentence that says so. */
export interface BusyRepository {
  readonly repository: Repository;
  readonly reason: string;
}

/** Maps what is stored of repositories, one after the other. Returns those that are busy. */
export async function remapEach(
  services: Services,
  repositories: readonly Repository[],
  wish: RemapWish,
  signal: AbortSignal,
): Promise<readonly BusyRepository[]> {
  const busy: BusyRepository[] = [];
  for (const repository of repositories) {
    if (signal.aborted) break;
    try {
      await remapOne(services, repository, wish, signal);
    } catch (error) {
      if (!(error instanceof RecordsBusy)) throw error;
      busy.push({ repository, reason: error.message });
    }
  }
  return busy;
}

async function remapOne(
  services: Services,
  { code, repository_id }: Repository,
  { dryRun, candidate }: RemapWish,
  signal: AbortSignal,
): Promise<void> {
  const progress = createProgress(process.stderr, code);
  const onPage = ({ records, total }: Pick<Remap, "records" | "total">) =>
    progress.page({ received: records, complete_list_size: total, pages: Math.ceil(records / PAGE_SIZE) });
  if (dryRun === true) {
    const counts = await previewRemap(services, repository_id, { signal, onPage });
    progress.end();
    print(`${code}: a remap would come to this; nothing is written`);
    return printCounts(counts);
  }
  const remap = await remapRepository(services, repository_id, { candidateOnly: candidate === true, signal, onPage });
  progress.end();
  printRemap(code, remap);
}

/** Runs a command that works as the jobs do. */
export async function withServices(work: (services: Services) => Promise<void>): Promise<void> {
  await withStore(async ({ config, db, log }) => {
    const services = createServices(config, db, log);
    try {
      await work(services);
    } finally {
      await services.http.close();
    }
  });
}
