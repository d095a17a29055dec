import { sql } from "kysely";
import type { Severity } from "../record/issue.ts";
import type { Db } from "./database.ts";

/** A remark on a record of the feed. */
export interface RecordIssue {
  readonly recordId: number;
  /** Which one of its record's it is. */
  readonly position: number;
  readonly oaiIdentifier: string;
  readonly sourceIdentifier: string;
  readonly code: string;
  readonly severity: Severity;
  readonly field: string | null;
  readonly path: string | null;
  readonly value: string | null;
}

/**
 * The next remarks on live records of a repository, in the order in which the records came; `code`: only those. Of what is
 * not in the feed nothing is told: it may be there that a person wanted it out.
 */
export async function listIssues(
  db: Db,
  { repositoryId, code }: { readonly repositoryId: number; readonly code: string | null },
  after: Pick<RecordIssue, "recordId" | "position"> | null,
  limit: number,
): Promise<readonly RecordIssue[]> {
  const ofCode = code === null ? sql`` : sql`AND i.code = ${code}`;
  // said of the records too: where the two are merged, reading begins there and not with the first record
  const further =
    after === null
      ? sql``
      : sql`AND (i.record_id, i.position) > (${after.recordId}, ${after.position}) AND r.record_id >= ${after.recordId}`;
  const { rows } = await sql<RecordIssue>`
    SELECT i.record_id AS "recordId", i.position, r.oai_identifier AS "oaiIdentifier", r.source_identifier AS "sourceIdentifier",
      i.code, i.severity, i.field, i.path, i.value
    FROM record_issue i JOIN record r USING (repository_id, record_id)
    WHERE i.repository_id = ${repositoryId} AND NOT r.deleted ${ofCode} ${further}
    ORDER BY i.record_id, i.position LIMIT ${limit}`.execute(db);
  return rows;
}
