import type { Manifest } from "../export/manifest.ts";
import type { Db } from "../store/database.ts";
import { listDumpDays, saveRemovedDump } from "../store/dumps.ts";
import type { DumpPlan } from "./nightly-dump.ts";

/**
 * Removes the dumps that are older than the latest `keep`, `day` being that of the newest, and what killed exports have left.
 * A dump is ours if its manifest says that it is our whole feed; all else stays. Returns the days that were removed. Throws
 * `ExportError` for the first that cannot be removed, once the others are.
 */
export async function clearDumps(db: Db, plan: DumpPlan, day: string): Promise<readonly string[]> {
  const { place, keep } = plan;
  const begun = await listDumpDays(db, { target: place.target, day });
  const dumps: { readonly day: string; readonly manifest: Manifest }[] = [];
  const broken: string[] = [];
  for (const earlier of (await place.days(begun))
    .filter((each) => each < day)
    .toSorted()
    .toReversed()) {
    const manifest = await place.find(earlier);
    if (manifest === null) broken.push(earlier);
    else if (manifest.set === null && manifest.baseUrl === plan.baseUrl) dumps.push({ day: earlier, manifest });
  }
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
