import type { Migration } from "kysely";
import * as foundation from "./20261124T120000-foundation.ts";
import * as runControl from "./20261124T210000-run-control.ts";
import * as runRepairs from "./20261128T193000-run-repairs.ts";
import * as retiredAt from "./20261128T200000-retired-at.ts";
import * as sweepsAndRebinding from "./20261128T203000-sweeps-and-rebinding.ts";
import * as visibleRuns from "./20261128T210000-visible-runs.ts";
import * as recordsInline from "./20261128T213000-records-inline.ts";
import * as quality from "./20261128T220000-quality.ts";
import * as overrides from "./20261128T223000-overrides.ts";
import * as clusters from "./20261128T230000-clusters.ts";
import * as feedHorizon from "./20261129T070000-feed-horizon.ts";
import * as feedSets from "./20261129T080000-feed-sets.ts";
import * as querySets from "./20261129T100000-query-sets.ts";
import * as consumers from "./20261129T110000-consumers.ts";
import * as dumps from "./20261129T120000-dumps.ts";
import * as lostFields from "./20261129T130000-lost-fields.ts";
import * as origins from "./20261129T140000-origins.ts";

/** Every migration by its name, in order. Append only: an applied one is never edited. */
export const migrations: Readonly<Record<string, Migration>> = {
  "20261124T120000-foundation": foundation,
  "20261124T210000-run-control": runControl,
  "20261128T193000-run-repairs": runRepairs,
  "20261128T200000-retired-at": retiredAt,
  "20261128T203000-sweeps-and-rebinding": sweepsAndRebinding,
  "20261128T210000-visible-runs": visibleRuns,
  "20261128T213000-records-inline": recordsInline,
  "20261128T220000-quality": quality,
  "20261128T223000-overrides": overrides,
  "20261128T230000-clusters": clusters,
  "20261129T070000-feed-horizon": feedHorizon,
  "20261129T080000-feed-sets": feedSets,
  "20261129T100000-query-sets": querySets,
  "20261129T110000-consumers": consumers,
  "20261129T120000-dumps": dumps,
  "20261129T130000-lost-fields": lostFields,
  "20261129T140000-origins": origins,
};
