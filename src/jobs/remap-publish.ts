import { presentRules } from "../../mappings/rules.ts";
import type { Lease } from "../store/leases.ts";
import { leaveRemovedSets } from "../store/query-sets.ts";
import { activatePage, rollBackPage } from "../store/remap-pages.ts";
import {
  countOutdated,
  dropRemaps,
  findRemap,
  forgetRemapped,
  getRemap,
  moveRemap,
  type Remap,
} from "../store/remaps.ts";
import { getRepository } from "../store/repositories.ts";
import { withLeaseOnRecords } from "./harvest-lease.ts";
import { presentQuerySets } from "./query-sets.ts";
import { RemapRefused } from "./remap-refused.ts";
import type { Services } from "./services.ts";

/**
 * Puts the remap of a repository that waits, as a candidate or held, into the feed: whoever calls this has looked at it.
 * Throws `RemapRefused` where none waits or the rules have changed since, `RecordsBusy` and `LeaseLost`.
 */
export async function activateRemap(services: Services, repositoryId: number, signal?: AbortSignal): Promise<Remap> {
  const { db } = services;
  const repository = await getRepository(db, repositoryId);
  return await withLeaseOnRecords(services, repositoryId, async (lease) => {
    const remap = await findRemap(db, repositoryId, ["candidate", "held", "activating"]);
    if (remap === null)
      throw new RemapRefused(
        `no remap of "${repository.code}" waits; \`lienthong remap ${repository.code} --candidate\` computes one`,
      );
    const rules = new Set(presentRules(repository, await presentQuerySets(db)));
    // half of it is in the feed already: the rest must follow
    if (remap.state !== "activating" && !remap.rules.every((rule) => rules.has(rule)))
      throw new RemapRefused(
        `the rules for "${repository.code}" have changed since its remap was computed; ` +
          `\`lienthong remap ${repository.code} --candidate\` computes it anew`,
      );
    return await activate(services, lease, remap, signal);
  });
}

/**
 * Brings back what the records of a repository were before its last remap, as far as nothing else has changed them since.
 * Throws `RemapRefused` where there is nothing to take back, `RecordsBusy` and `LeaseLost`.
 */
export async function rollBackRemap(services: Services, repositoryId: number, signal?: AbortSignal): Promise<Remap> {
  const { db } = services;
  const { code } = await getRepository(db, repositoryId);
  return await withLeaseOnRecords(services, repositoryId, async (lease) => {
    const remap = await findRemap(db, repositoryId, ["activating", "active", "rolling-back"]);
    if (remap === null) throw new RemapRefused(`no remap of "${code}" is active that could be taken back`);
    // what is half computed would be computed from what is taken back now
    await dropRemaps(db, repositoryId, ["mapping", "candidate", "held"], "discarded");
    return await rollBack(services, lease, await moveRemap(db, remap, "rolling-back"), signal);
  });
}

/** Goes on with a rollback that was interrupted; `null` where there is none. */
export async function finishRollback(services: Services, lease: Lease, signal?: AbortSignal): Promise<Remap | null> {
  const remap = await findRemap(services.db, lease.repositoryId, ["rolling-back"]);
  return remap === null ? null : await rollBack(services, lease, remap, signal);
}

/**
 * Puts a remap into the feed, page by page; what the one before kept of former records is dropped. Then the tombstones of the
 * repository leave the sets that have been removed, as its living records have now.
 */
export async function activate(services: Services, lease: Lease, remap: Remap, signal?: AbortSignal): Promise<Remap> {
  const activated = await publish(services, lease, remap, signal);
  if (activated.state !== "activating") await leaveRemovedSets(services.db, remap.repository_id, services.leadSeconds);
  return activated;
}

async function publish(services: Services, lease: Lease, remap: Remap, signal?: AbortSignal): Promise<Remap> {
  const { db } = services;
  // a remap that changes nothing leaves the one before as it is, to be taken back
  const changes = remap.changed + remap.published + remap.withdrawn + remap.remarked > 0;
  if (!changes) return await moveRemap(db, remap, "settled");
  const activating = await moveRemap(db, remap, "activating");
  await dropRemaps(db, remap.repository_id, ["active"], "settled");
  const publication = { lease, leaseMs: services.leaseMs, leadSeconds: services.leadSeconds };
  if (!(await untilDone(signal, () => activatePage(db, remap, publication)))) return activating;
  return await moveRemap(db, remap, "active", noteOf(await countOutdated(db, remap)));
}

async function rollBack(services: Services, lease: Lease, remap: Remap, signal?: AbortSignal): Promise<Remap> {
  const { db } = services;
  const publication = { lease, leaseMs: services.leaseMs, leadSeconds: services.leadSeconds };
  if (!(await untilDone(signal, () => rollBackPage(db, remap, publication)))) return await getRemap(db, remap);
  const note = noteOf(await countOutdated(db, remap));
  await forgetRemapped(db, remap);
  return await moveRemap(db, remap, "rolled-back", note);
}

function noteOf(outdated: number): string | null {
  return outdated === 0 ? null : `${outdated} records have changed otherwise meanwhile, and stay as they are`;
}

/** False where it was stopped before. */
async function untilDone(signal: AbortSignal | undefined, page: () => Promise<number>): Promise<boolean> {
  for (;;) {
    if (signal?.aborted === true) return false;
    if ((await page()) === 0) return true;
  }
}
