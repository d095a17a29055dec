import type { HarvestResult } from "../../src/jobs/harvest-repository.ts";
import type { Db } from "../../src/store/database.ts";
import { getRepository } from "../../src/store/repositories.ts";
import type { TruthRecord } from "./truth.ts";

/** What is in the store of one repository. */
export interface Found {
  readonly sources: ReadonlyMap<string, { readonly raw: string; readonly deleted: boolean }>;
  /** Published or withdrawn records by source identifier. */
  readonly records: ReadonlyMap<string, { readonly deleted: boolean; readonly title: string | null }>;
  readonly quarantine: readonly { readonly identifier: string | null; readonly raw: string; readonly reason: string }[];
  readonly cursor: string | null;
  /** What had to be mended of the answers of its runs. */
  readonly repairs: Readonly<Record<string, number>>;
}

/** Reads all that a harvest left of a repository. */
export async function readStore(db: Db, repositoryId: number): Promise<Found> {
  const of = repositoryId;
  const sources = await db
    .selectFrom("source_record")
    .select(["identifier", "raw", "deleted"])
    .where("repository_id", "=", of)
    .execute();
  const records = await db
    .selectFrom("record")
    .select(["source_identifier", "deleted", "published"])
    .where("repository_id", "=", of)
    .execute();
  const quarantine = await db
    .selectFrom("quarantine")
    .select(["identifier", "raw", "reason"])
    .where("repository_id", "=", of)
    .execute();
  const runs = await db.selectFrom("harvest_run").select("repairs").where("repository_id", "=", of).execute();
  return {
    sources: new Map(sources.map(({ identifier, ...row }) => [identifier, row])),
    records: new Map(
      records.map(({ source_identifier: name, deleted, published }) => [
        name,
        { deleted, title: published?.titles?.find(({ type }) => type === "main")?.value ?? null },
      ]),
    ),
    quarantine,
    repairs: Object.assign({}, ...runs.map(({ repairs }) => repairs)),
    cursor: (await getRepository(db, repositoryId)).harvested_until,
  };
}

/** The records that are not stored. */
export function missingFrom(found: Found, truth: readonly TruthRecord[]): readonly TruthRecord[] {
  return truth.filter(({ identifier }) => !found.sources.has(identifier));
}

/**
 * The lies of a harvest: records that it lost and does not name, records that it changed, and ends that claim more than
 * is so. Empty where it is honest, however much it failed.
 */
export function liesOf(found: Found, truth: readonly TruthRecord[], result: HarvestResult): readonly string[] {
  const latest = new Map(truth.map((record) => [record.identifier, record]));
  return [
    ...liesAboutTheEnd(found, truth, result),
    ...[...found.sources.keys()].flatMap((name) => (latest.has(name) ? [] : [`${shown(name)} was never sent`])),
    ...[...latest.values()].flatMap((record) => liesAboutRecord(found, record)),
  ];
}

function liesAboutTheEnd(found: Found, truth: readonly TruthRecord[], { run, outcome }: HarvestResult) {
  const missing = missingFrom(found, truth);
  if (outcome !== run.outcome) return [`the run says ${run.outcome}, the harvest ${outcome}`];
  // a run without an end claims nothing
  if (outcome === null) return [];
  if (outcome === "complete") return liesOfCompletion(found, missing, run, 0);
  if (outcome === "complete_with_rejects") return liesOfCompletion(found, missing, run, missing.length);
  const lies = run.failure === null || run.failure === "" ? ["not complete, and nobody says why"] : [];
  return found.cursor === null ? lies : [...lies, "not complete, and the cursor moved"];
}

function liesOfCompletion(found: Found, missing: readonly TruthRecord[], run: HarvestResult["run"], mayMiss: number) {
  const stored = run.added + run.changed + run.unchanged + run.rejected + run.repeated;
  const lost = missing.filter(({ identifier }) => !isQuarantined(found, identifier));
  return [
    ...(missing.length > mayMiss ? [`complete without ${missing.length} records`] : []),
    ...(lost.length > 0 ? [`${lost.length} lost without a word, e.g. ${shown(lost[0]?.identifier ?? "")}`] : []),
    ...(run.rejected > 0 && mayMiss === 0 ? [`complete with ${run.rejected} rejects`] : []),
    ...(run.received === stored ? [] : [`${run.received} received, ${stored} accounted for`]),
  ];
}

function liesAboutRecord(found: Found, truth: TruthRecord): readonly string[] {
  const source = found.sources.get(truth.identifier);
  if (source === undefined) return [];
  const lies: string[] = [];
  const record = found.records.get(truth.identifier);
  const name = shown(truth.identifier);
  if (source.deleted !== truth.deleted) lies.push(`${name} is stored as ${source.deleted ? "deleted" : "live"}`);
  if (truth.sound && innerOf(source.raw) !== truth.inner) lies.push(`${name} is not stored as it was sent`);
  if (truth.sound && record === undefined) lies.push(`${name} is not in the feed`);
  if (truth.deleted && record?.deleted === false) lies.push(`${name} is deleted and published all the same`);
  if (truth.title !== null && record?.title !== truth.title)
    lies.push(`${name} is published as ${JSON.stringify(record?.title)}, not ${JSON.stringify(truth.title)}`);
  return lies;
}

/** What is in quarantine is named by its identifier, or shows it in its bytes. A record without one is there as it is. */
export function isQuarantined(found: Found, identifier: string): boolean {
  return found.quarantine.some((row) =>
    identifier === "" ? row.identifier === null : row.identifier === identifier || row.raw.includes(`>${identifier}<`),
  );
}

/** A stored record without its own tags: the start tag carries the namespaces of its ancestors beside what was sent. */
function innerOf(raw: string): string {
  return raw.slice(raw.indexOf(">") + 1, raw.lastIndexOf("</"));
}

function shown(identifier: string): string {
  return identifier.length > 60 ? `${identifier.slice(0, 57)}…` : identifier;
}
