import { findLeaseHolders, type Lease, releaseLease, renewLease, takeLease } from "../store/leases.ts";
import { wakeNext } from "../store/waiting-jobs.ts";
import { isDeadNeighbour, ownerName } from "./lease-owner.ts";
import { outlast } from "./outlast.ts";
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

/** Whom a lease keeps to itself: name and, where it is not the usual one, port. */
export function hostOf(baseUrl: string): string {
  return new URL(baseUrl).host;
}

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
    host: hostOf(repository.baseUrl),
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

/** A lease that is not given back would keep everybody waiting until it runs out, this process too. */
async function giveBack(services: Services, lease: Lease): Promise<void> {
  const { db, log } = services;
  await outlast(services, () => releaseLease(db, lease));
  await wakeNext(db, lease.host).catch((err: unknown) => {
    const about = { err, host: lease.host };
    log.warn(about, "who waits for the host could not be told that it is free, and looks again by itself");
  });
}

async function releaseDeadNeighbours({ db }: Services, lease: Lease): Promise<void> {
  for (const holder of await findLeaseHolders(db, lease.repositoryId, lease.host)) {
    if (isDeadNeighbour(holder.owner)) await releaseLease(db, holder);
  }
}
