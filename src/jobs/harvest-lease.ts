import { setTimeout as wait } from "node:timers/promises";
import { findLeaseHolders, type Lease, releaseLease, renewLease, takeLease } from "../store/leases.ts";
import { isOutage } from "../store/outage.ts";
import { wakeNext } from "../store/waiting-jobs.ts";
import { isDeadNeighbour, ownerName } from "./lease-owner.ts";
import type { Services } from "./services.ts";

/** Somebody else is talking to the repository or to its host: nothing is wrong, the harvest has to wait. */
export class RepositoryBusy extends Error {
  override readonly name = "RepositoryBusy";
  readonly host: string;

  constructor(host: string) {
    super(`${host} is being harvested by another process just now`);
    this.host = host;
  }
}

/** How often a database that is away is asked whether it takes a lease back. */
const ASK_AGAIN_MS = 500;

/**
 * Takes the lease on a repository and its host, keeps it alive while `work` runs and gives it back afterwards. A lease of
 * a process of this machine that was killed is taken over at once. Throws `RepositoryBusy`.
 */
export async function withLease<Result>(
  services: Services,
  repository: { readonly repositoryId: number; readonly baseUrl: string },
  work: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  const { db, leaseMs, log } = services;
  const lease: Lease = {
    repositoryId: repository.repositoryId,
    host: new URL(repository.baseUrl).host,
    owner: ownerName(),
  };
  await releaseDeadNeighbours(services, lease);
  if (!(await takeLease(db, lease, leaseMs))) throw new RepositoryBusy(lease.host);
  const heartbeat = setInterval(() => {
    renewLease(db, lease, leaseMs).catch((err: unknown) =>
      log.warn({ err, host: lease.host }, "lease could not be renewed"),
    );
  }, leaseMs / 3);
  try {
    return await work(lease);
  } finally {
    clearInterval(heartbeat);
    await giveBack(services, lease);
  }
}

/**
 * Gives a lease back and lets in who waits for the host. A database that is away is asked again until the lease would
 * have run out: it would keep everybody waiting for that long, this process too.
 */
async function giveBack({ db, leaseMs, log }: Services, lease: Lease): Promise<void> {
  const about = { host: lease.host };
  const deadline = Date.now() + leaseMs;
  for (;;) {
    try {
      await releaseLease(db, lease);
      break;
    } catch (err) {
      if (!isOutage(err) || Date.now() > deadline) throw err;
      log.debug({ ...about, err }, "the database is away; the lease is given back when it answers");
      await wait(ASK_AGAIN_MS);
    }
  }
  await wakeNext(db, lease.host).catch((err: unknown) =>
    log.warn({ ...about, err }, "who waits for the host could not be told that it is free, and looks again by itself"),
  );
}

async function releaseDeadNeighbours({ db }: Services, lease: Lease): Promise<void> {
  for (const holder of await findLeaseHolders(db, lease.repositoryId, lease.host)) {
    if (isDeadNeighbour(holder.owner)) await releaseLease(db, holder);
  }
}
