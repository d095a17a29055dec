import { sql } from "kysely";
import type { StoredRecord } from "../record/common-record.ts";
import type { Issue } from "../record/issue.ts";
import type { Db } from "./database.ts";
import { REMARKS } from "./remap-records.ts";
import type { DeletedReason } from "./schema.ts";

/** A record of the feed as it was sent and as it is published. */
export interface RecordView {
  readonly repositoryId: number;
  readonly oaiIdentifier: string;
  readonly sourceIdentifier: string;
  /** As its repository stamped it. */
  readonly sourceDatestamp: string;
  /** When the published form last changed. */
  readonly stamp: Date;
  readonly setSpecs: readonly string[];
  /** `null` on a live one. */
  readonly deletedReason: DeletedReason | null;
  /** Of a tombstone what it was last; `null` where it was never published. */
  readonly published: StoredRecord | null;
  /** 0 to 100; `null` where nobody has judged it. */
  readonly quality: number | null;
  /** The `<record>` as it was sent; empty where its repository only says that it is deleted. */
  readonly raw: string;
  /** The rules that mapped it (`mappings/rules.ts`). */
  readonly rules: string;
  readonly issues: readonly Issue[];
}

/** A record by its number, or `null`. */
export async function readRecordView(
  db: Db,
  key: { readonly repositoryId: number; readonly recordId: number },
): Promise<RecordView | null> {
  const { rows } = await sql<RecordView>`
    SELECT r.repository_id AS "repositoryId", r.oai_identifier AS "oaiIdentifier", r.source_identifier AS "sourceIdentifier",
      r.source_datestamp AS "sourceDatestamp", r.stamp, r.set_specs AS "setSpecs", r.deleted_reason AS "deletedReason",
      r.published, r.quality, s.raw, s.crosswalk AS rules, ${REMARKS} AS issues
    FROM record r
    JOIN source_record s ON s.repository_id = r.repository_id AND s.identifier = r.source_identifier
    WHERE r.repository_id = ${key.repositoryId} AND r.record_id = ${key.recordId}`.execute(db);
  return rows[0] ?? null;
}
