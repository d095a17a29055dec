import type { Manifest } from "../export/manifest.ts";
import type { Db } from "../store/database.ts";
import { listDumpDays, saveRemovedDump } from "../store/dumps.ts";
import type { DumpPlan } from "./nightly-dump.ts";

/** What lies at the place of the dumps, the newest first. */
interface Found {
  readonly dumps: readonly { readonly day: string; readonly manifest: Manifest }[];
  /** Days that have a place and no manifest. */
  readonly broken: readonly string[];
}

/**
 * Removes the dumps that are older than the latest `keep`, `day` being that of the newest, and what killed exports have left.
 * A dump is ours if its manifest says that it is our whole feed; all else stays. Returns the days that were removed. Throws
 * `ExportError` for the first that cannot be removed, once the others are.
 */
export async function clearDumps(db: Db, plan: DumpPlan, day: string): Promise<readonly string[]> {
  const { place, keep } = plan;
  const begun = await listDumpDays(db, { target: place.target, day });
  const earlier = (await place.days(begun)).filter((each) => each < day);
  const { dumps, broken } = await find(plan, earlier.toSorted().toReversed());
  const removed: string[] = [];
  const failures: unknown[] = [];
  for (const old of dumps.slice(keep - 1)) {
    await place.remove(old.day, old.manifest).then(
      () => removed.push(old.day),
      (error: unknown) => failures.push(error),
    );
  }
  await place.clearPartials(broken);
  // nobody has to look there again
  for (const gone of [...removed, ...begun.filter((each) => broken.includes(each))])
    await saveRemovedDump(db, { target: place.target, day: gone });
  if (failures.length > 0) throw failures[0];
  return removed;
}

async function find({ place, baseUrl }: DumpPlan, days: readonly string[]): Promise<Found> {
  const dumps: { readonly day: string; readonly manifest: Manifest }[] = [];
  const broken: string[] = [];
  for (const day of days) {
    const manifest = await place.find(day);
    if (manifest === null) broken.push(day);
    else if (manifest.set === null && manifest.baseUrl === baseUrl) dumps.push({ day, manifest });
  }
  return { dumps, broken };
}
