import { sql, type Transaction } from "kysely";
import { textColumn } from "./columns.ts";
import type { Db } from "./database.ts";
import type { Database, SweepFindingTable } from "./schema.ts";

/** A header of a sweep that says more than that a known record is still there. */
export interface SweepFinding {
  readonly identifier: string;
  readonly finding: SweepFindingTable["finding"];
  /** Its datestamp is so old that only a full list can bring it. */
  readonly outOfReach: boolean;
}

/** What the store knows of a record whose header a sweep has met. */
export interface KnownHeader {
  readonly recordId: number;
  /** As it was sent last. */
  readonly datestamp: string;
  readonly deleted: boolean;
}

/** What the findings of a sweep come to. */
export interface FindingCounts {
  readonly unknown: number;
  readonly newer: number;
  /** Those that only a full list can bring. */
  readonly outOfReach: number;
  /** Of these, those that no full list has been asked for since a sweep first found them. */
  readonly untried: number;
  /** Of the unknown ones the same. */
  readonly newlyUnknown: number;
}

type RunKey = { readonly repositoryId: number; readonly runId: number };

/** Of the given identifiers, those of source records, with what is known of them. */
export async function findKnownHeaders(
  db: Db,
  repositoryId: number,
  identifiers: readonly string[],
): Promise<ReadonlyMap<string, KnownHeader>> {
  const { rows } = await sql<KnownHeader & { identifier: string }>`
    SELECT identifier, record_id AS "recordId", datestamp, deleted FROM source_record
    WHERE repository_id = ${repositoryId} AND identifier = ANY (${identifiers}::text[])`.execute(db);
  return new Map(rows.map(({ identifier, ...known }) => [identifier, known]));
}

/** Of the given identifiers, those of records that came and could not be read. */
export async function findUnreadable(
  db: Db,
  repositoryId: number,
  identifiers: readonly string[],
): Promise<ReadonlySet<string>> {
  if (identifiers.length === 0) return new Set();
  const { rows } = await sql<{ identifier: string }>`
    SELECT DISTINCT identifier FROM quarantine
    WHERE repository_id = ${repositoryId} AND identifier = ANY (${identifiers}::text[])`.execute(db);
  return new Set(rows.map((row) => row.identifier));
}

/** Keeps what a page of a sweep found; a page that comes again changes nothing. */
export async function saveFindings(
  trx: Transaction<Database>,
  run: RunKey,
  findings: readonly SweepFinding[],
): Promise<void> {
  if (findings.length === 0) return;
  await sql`
    INSERT INTO sweep_finding (repository_id, run_id, identifier, finding, out_of_reach)
    SELECT ${run.repositoryId}::int, ${run.runId}::bigint, * FROM unnest(${textColumn(findings.map(({ identifier }) => identifier))}::text[],
      ${textColumn(findings.map(({ finding }) => finding))}::text[], ${findings.map(({ outOfReach }) => outOfReach)}::boolean[])
    ON CONFLICT DO NOTHING`.execute(trx);
}

/** Counts what a sweep found, and how much of it the sweep before had found too without a full list bringing it. */
export async function countFindings(db: Db, { repositoryId, runId }: RunKey): Promise<FindingCounts> {
  const { rows } = await sql<FindingCounts>`
    SELECT count(*) FILTER (WHERE now.finding = 'unknown') AS unknown, count(*) FILTER (WHERE now.finding = 'newer') AS newer,
      count(*) FILTER (WHERE now.out_of_reach) AS "outOfReach",
      count(*) FILTER (WHERE now.out_of_reach AND before.out_of_reach IS NOT TRUE) AS untried,
      count(*) FILTER (WHERE now.finding = 'unknown' AND before.identifier IS NULL) AS "newlyUnknown"
    FROM sweep_finding now LEFT JOIN (
      SELECT identifier, bool_or(out_of_reach) AS out_of_reach FROM sweep_finding found
      WHERE repository_id = ${repositoryId} AND run_id < ${runId} AND EXISTS (
        SELECT FROM harvest_run list WHERE list.repository_id = ${repositoryId} AND list.kind = 'harvest' AND list.full_list
          AND list.run_id > found.run_id AND list.outcome IN ('complete', 'complete_with_rejects', 'held_for_review')
      ) GROUP BY identifier
    ) AS before USING (identifier)
    WHERE now.repository_id = ${repositoryId} AND now.run_id = ${runId}`.execute(db);
  return rows[0] ?? { unknown: 0, newer: 0, outOfReach: 0, untried: 0, newlyUnknown: 0 };
}

/** Identifiers of records that a sweep found and that are not here as the list has them, at most `limit`. */
export async function listFound(db: Db, run: RunKey, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("sweep_finding")
    .select("identifier")
    .where("repository_id", "=", run.repositoryId)
    .where("run_id", "=", run.runId)
    .where("finding", "!=", "unreadable")
    .orderBy("identifier")
    .limit(limit)
    .execute();
  return rows.map(({ identifier }) => identifier);
}

/** Keeps what the latest complete sweep found, for the next one to compare with: of all the others it is forgotten. */
export async function keepOnlyFindings(db: Db, { repositoryId, runId }: RunKey): Promise<void> {
  await db.deleteFrom("sweep_finding").where("repository_id", "=", repositoryId).where("run_id", "!=", runId).execute();
}
