import { sql } from "kysely";
import type { Db } from "./database.ts";

/** Who may talk to a repository now: one owner a repository, one repository a host. */
export interface Lease {
  readonly repositoryId: number;
  readonly host: string;
  readonly owner: string;
}

/** Somebody else holds the repository or its host now. */
export interface LeaseHolder {
  readonly repositoryId: number;
  readonly host: string;
  readonly owner: string;
  readonly expiresAt: Date;
}

/** Takes the lease for `ttlMs`, unless an unexpired one covers the repository or its host. True when it is ours. */
export async function takeLease(db: Db, lease: Lease, ttlMs: number): Promise<boolean> {
  const inTheWay = sql<boolean>`(repository_id = ${lease.repositoryId} OR host = ${lease.host})`;
  await db.deleteFrom("harvest_lease").where(inTheWay).where(sql<boolean>`expires_at < clock_timestamp()`).execute();
  const taken = await db
    .insertInto("harvest_lease")
    .values({ repository_id: lease.repositoryId, host: lease.host, owner: lease.owner, expires_at: expiry(ttlMs) })
    .onConflict((conflict) => conflict.doNothing())
    .returning("repository_id")
    .executeTakeFirst();
  return taken !== undefined;
}

/** Prolongs our lease by `ttlMs` from now. False when it is no longer ours. */
export async function renewLease(db: Db, lease: Lease, ttlMs: number): Promise<boolean> {
  const renewed = await db
    .updateTable("harvest_lease")
    .set({ expires_at: expiry(ttlMs) })
    .where("repository_id", "=", lease.repositoryId)
    .where("owner", "=", lease.owner)
    .returning("repository_id")
    .executeTakeFirst();
  return renewed !== undefined;
}

/** Gives the lease back, if it is still the owner's. */
export async function releaseLease(db: Db, lease: Pick<Lease, "repositoryId" | "owner">): Promise<void> {
  await db
    .deleteFrom("harvest_lease")
    .where("repository_id", "=", lease.repositoryId)
    .where("owner", "=", lease.owner)
    .execute();
}

/** Those who hold the repository or its host at this moment. */
export async function findLeaseHolders(db: Db, repositoryId: number, host: string): Promise<readonly LeaseHolder[]> {
  const rows = await db
    .selectFrom("harvest_lease")
    .selectAll()
    .where((eb) => eb.or([eb("repository_id", "=", repositoryId), eb("host", "=", host)]))
    .execute();
  return rows.map((row) => ({
    repositoryId: row.repository_id,
    host: row.host,
    owner: row.owner,
    expiresAt: row.expires_at,
  }));
}

/** The database's clock, not ours: workers on several machines must agree. */
function expiry(ttlMs: number) {
  return sql<Date>`clock_timestamp() + ${ttlMs} * interval '1 millisecond'`;
}
