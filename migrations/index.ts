import type { Migration } from "kysely";
import * as foundation from "./20261124T120000-foundation.ts";
import * as runControl from "./20261124T210000-run-control.ts";
import * as runRepairs from "./20261128T193000-run-repairs.ts";
import * as retiredAt from "./20261128T200000-retired-at.ts";

/** Every migration by its name, in order. Append only: an applied one is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  "20261124T120000-foundation": foundation,
  "20261124T210000-run-control": runControl,
  "20261128T193000-run-repairs": runRepairs,
  "20261128T200000-retired-at": retiredAt,
};
