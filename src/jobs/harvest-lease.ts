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

/** What a lease needs of the services. */
export type LeaseServices = Pick<Services, "db" | "leaseMs" | "log">;

/** Somebody else changes the records of the repository. */
export class RecordsBusy extends Error {
  override readonly name = "RecordsBusy";

  constructor() {
    super("the records of this repository are being changed by another process just now: come again when it has ended");
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
  services: LeaseServices,
  repository: { readonly repositoryId: number; readonly baseUrl: string },
  work: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  const host = hostOf(repository.baseUrl);
  const lease: Lease = { repositoryId: repository.repositoryId, host, owner: ownerName() };
  if (!(await take(services, lease))) throw new RepositoryBusy(host);
  return await keep(services, lease, work);
}

/**
 * Like `withLease`, for work that changes records of a repository and asks it nothing: its host may be talked to meanwhile.
 * Throws `RecordsBusy`.
 */
export async function withLeaseOnRecords<Result>(
  services: LeaseServices,
  repositoryId: number,
  work: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  // no host has such a name
  const lease: Lease = { repositoryId, host: `records of ${repositoryId}`, owner: ownerName() };
  if (!(await take(services, lease))) throw new RecordsBusy();
  return await keep(services, lease, work);
}

async function take(services: LeaseServices, lease: Lease): Promise<boolean> {
  await releaseDeadNeighbours(services, lease);
  return await takeLease(services.db, lease, services.leaseMs);
}

async function keep<Result>(
  services: LeaseServices,
  lease: Lease,
  work: (lease: Lease) => Promise<Result>,
): Promise<Result> {
  const { db, leaseMs, log } = services;
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
async function giveBack(services: LeaseServices, lease: Lease): Promise<void> {
  const { db, log } = services;
  await outlast(services, () => releaseLease(db, lease));
  await wakeNext(db, lease.host).catch((err: unknown) => {
    const about = { err, host: lease.host };
    log.warn(about, "who waits for the host could not be told that it is free, and looks again by itself");
  });
}

async function releaseDeadNeighbours({ db }: LeaseServices, lease: Lease): Promise<void> {
  for (const holder of await findLeaseHolders(db, lease.repositoryId, lease.host)) {
    if (isDeadNeighbour(holder.owner)) await releaseLease(db, holder);
  }
}
