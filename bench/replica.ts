import { once } from "node:events";
import { openDatabase } from "../src/store/database.ts";
import { migrateToLatest } from "../src/store/migrate.ts";
import { startOwnPostgres } from "../test/support/own-postgres.ts";
import { startReplica } from "../test/support/replica.ts";

/** Starts a primary and a streaming replica of it in temporary folders, says where they are, and removes them at Ctrl-C. */
export async function showReplica(): Promise<void> {
  const primary = await startOwnPostgres();
  const db = openDatabase(primary.url);
  await migrateToLatest(db);
  await db.destroy();
  const replica = await startReplica(primary.url);
  process.stdout.write(`a primary and a streaming replica, until Ctrl-C:

DATABASE_URL=${primary.url}
FEED_DATABASE_URL=${replica.url}

docs/scale.md says what to do with them
`);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
  await replica.close();
  await primary.close();
}
