import { sql } from "kysely";
import type { Db } from "./database.ts";

/** The feed was to be read from a database that does not follow ours. */
export class NoReplica extends Error {
  override readonly name = "NoReplica";
}

/**
 * Throws `NoReplica` unless `feed` is the database `db` or a streaming replica of it: those alone repeat commits in their
 * order, on which the published horizon rests. Two servers are one system if they were one when they were made.
 */
export async function assertReplica(db: Db, feed: Db): Promise<void> {
  const [ours, theirs] = [await systemOf(db), await systemOf(feed)];
  if (ours === theirs) return;
  throw new NoReplica(
    "FEED_DATABASE_URL names a database that is no streaming replica of the one that is written to (DATABASE_URL): make the replica as docs/scale.md says, or leave the setting empty",
  );
}

/** Whether this server repeats what another one commits. */
export async function isReplica(db: Db): Promise<boolean> {
  const { rows } = await sql<{ replica: boolean }>`SELECT pg_is_in_recovery() AS replica`.execute(db);
  return rows[0]?.replica === true;
}

async function systemOf(db: Db): Promise<string | undefined> {
  const { rows } = await sql<{ system: string }>`
    SELECT system_identifier || ' ' || (SELECT oid FROM pg_database WHERE datname = current_database()) AS system
    FROM pg_control_system()`.execute(db);
  return rows[0]?.system;
}
