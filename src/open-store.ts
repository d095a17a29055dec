import { join } from "node:path";
import type pg from "pg";
import type { Config } from "./config.ts";
import { type Db, databaseOn, openDatabase, openPool } from "./store/database.ts";
import { startEmbeddedPostgres } from "./store/embedded/embedded-postgres.ts";
import { assertMigrated, migrateToLatest } from "./store/migrate.ts";
import { type HorizonReader, recentHorizon } from "./store/recent-horizon.ts";

/** The database, open and as new as the program. */
export interface OpenStore {
  readonly db: Db;
  readonly pool: pg.Pool;
  /** Where the feed and the pages are read: `db`, or a replica of it. Nothing connects to that before it is asked. */
  readonly feed: Db;
  /** Up to which moment `feed` is complete. */
  readonly feedHorizon: HorizonReader;
  /** Where it is, for a person: never with a password. */
  readonly place: string;
  readonly migrated: readonly string[];
  /** Closes the connections; the embedded server stops with its last user. */
  close(): Promise<void>;
}

/**
 * Opens the database that the settings name, or the embedded one. The embedded one is migrated always, another one only
 * with AUTO_MIGRATE or `migrate`. Throws `PendingMigrations`, `MigrationFailure` and what starting the server throws.
 */
export async function openStore(config: Config, options: { readonly migrate?: boolean } = {}): Promise<OpenStore> {
  const folder = join(config.dataFolder, "postgres");
  const embedded = config.databaseUrl === null ? await startEmbeddedPostgres({ folder }) : null;
  const url = new URL(embedded?.url ?? config.databaseUrl ?? "");
  const pool = openPool(url.href, { max: 10 + config.harvestWorkers });
  const db = databaseOn(pool);
  const replica = config.feedDatabaseUrl === null ? null : openDatabase(config.feedDatabaseUrl);
  const feed = replica ?? db;
  const close = async () => {
    await Promise.all([replica?.destroy(), db.destroy()]);
    await embedded?.release();
  };
  try {
    const mayMigrate = embedded !== null || config.autoMigrate || options.migrate === true;
    const migrated = mayMigrate ? await migrateToLatest(db) : [];
    await assertMigrated(db);
    return {
      db,
      pool,
      feed,
      feedHorizon: recentHorizon(feed),
      place: embedded === null ? `${url.host}${url.pathname}` : folder,
      migrated,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
