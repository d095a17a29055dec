import { type Migration, type MigrationProvider, Migrator } from "kysely";
import { migrations } from "../../migrations/index.ts";
import type { Db } from "./database.ts";

/** A migration did not apply; the database stands where it stood before it. */
export class MigrationFailure extends Error {
  override readonly name = "MigrationFailure";
}

/** The database lacks migrations that this version of the program needs. */
export class PendingMigrations extends Error {
  override readonly name = "PendingMigrations";
}

/**
 * Applies what has not been applied yet and returns its names, oldest first. Concurrent calls wait for each other.
 * Throws `MigrationFailure`.
 */
export async function migrateToLatest(db: Db): Promise<readonly string[]> {
  const { error, results = [] } = await migrator(db).migrateToLatest();
  if (error !== undefined) {
    const failed = results.find(({ status }) => status === "Error")?.migrationName ?? "the migrations";
    throw new MigrationFailure(`${failed} could not be applied: ${String(error)}`, { cause: error });
  }
  return results.map(({ migrationName }) => migrationName);
}

/** Throws `PendingMigrations` unless the database is as new as the program. */
export async function assertMigrated(db: Db): Promise<void> {
  const all = await migrator(db).getMigrations();
  const pending = all.filter(({ executedAt }) => executedAt === undefined).map(({ name }) => name);
  if (pending.length === 0) return;
  throw new PendingMigrations(
    `the database lacks ${pending.join(", ")}: run \`lienthong migrate\`, or set AUTO_MIGRATE=true to apply migrations at start`,
  );
}

function migrator(db: Db): Migrator {
  // Kysely looks its own table up by name in every schema unless it is told which one.
  return new Migrator({ db, provider: PROVIDER, migrationTableSchema: "public" });
}

const PROVIDER: MigrationProvider = {
  getMigrations: async (): Promise<Record<string, Migration>> => ({ ...migrations }),
};
