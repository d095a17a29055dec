import { findLeaseHolders, type Lease, releaseLease, renewLease, takeLease } from "../store/leases.ts";
import { isDeadNeighbour, ownerName } from "./lease-owner.ts";
import type { Services } from "./services.ts";

/** Somebody else is talking to the repository or to its host: nothing is wrong, the harvest has to wait. */
export class RepositoryBusy extends Error {
  override readonly name = "RepositoryBusy";
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
    host: new URL(repository.baseUrl).host,
    owner: ownerName(),
  };
  await releaseDeadNeighbours(services, lease);
  if (!(await takeLease(db, lease, leaseMs)))
    throw new RepositoryBusy(`${lease.host} is being harvested by another process just now`);
  const heartbeat = setInterval(() => {
    renewLease(db, lease, leaseMs).catch((err: unknown) =>
      log.warn({ err, host: lease.host }, "lease could not be renewed"),
    );
  }, leaseMs / 3);
  try {
    return await work(lease);
  } finally {
    clearInterval(heartbeat);
    await releaseLease(db, lease);
  }
}

async function releaseDeadNeighbours({ db }: Services, lease: Lease): Promise<void> {
  for (const holder of await findLeaseHolders(db, lease.repositoryId, lease.host)) {
    if (isDeadNeighbour(holder.owner)) await releaseLease(db, holder);
  }
}
