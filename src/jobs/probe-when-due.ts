import type { Repository } from "../store/repositories.ts";
import { findOpenRun } from "../store/runs.ts";
import { RepositoryBusy } from "./harvest-lease.ts";
import { probeRepository } from "./probe-repository.ts";
import type { Services } from "./services.ts";

/**
 * Probes a repository before its harvest where that was never done or is due again, so that the harvest goes by what was
 * found. A harvest that is in the middle of its list goes on by what it began with. A probe that fails keeps nobody from
 * harvesting: it is due again a day later. Throws `RepositoryBusy`, and what `signal` was aborted with.
 */
export async function probeWhenDue(
  services: Services,
  { repository_id, probe_due_at }: Repository,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  if (probe_due_at !== null && probe_due_at > now) return;
  if ((await findOpenRun(services.db, repository_id)) !== null) return;
  try {
    await probeRepository(services, repository_id, now, signal);
  } catch (error) {
    signal.throwIfAborted();
    // every other reason stands in the log
    if (error instanceof RepositoryBusy) throw error;
  }
}
