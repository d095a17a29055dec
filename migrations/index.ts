import type { Migration } from "kysely";
import * as foundation from "./20261124T120000-foundation.ts";
import * as runControl from "./20261124T210000-run-control.ts";

/** Every migration by its name, in order. Append only: an applied one is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  "20261124T120000-foundation": foundation,
  "20261124T210000-run-control": runControl,
};
