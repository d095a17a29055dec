import { print, withStore } from "./run-command.ts";

/** `lienthong migrate`: applies pending migrations to whatever database the settings name. */
export async function migrateCommand(): Promise<void> {
  await withStore(
    async ({ migrated, place }) => {
      print(migrated.length === 0 ? `${place} is up to date` : `${place}: applied ${migrated.join(", ")}`);
    },
    { migrate: true },
  );
}
