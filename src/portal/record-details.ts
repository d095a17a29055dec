import type { Db } from "../store/database.ts";
import { type RecordView, readRecordView } from "../store/record-view.ts";
import { getRepository, type Repository } from "../store/repositories.ts";
import { findNamedRecords } from "../store/takedowns.ts";
import type { Explanation } from "./explanation.ts";

/** Says where the values of a stored record came from; `null` where there is nothing to explain. */
export type Explain = (repository: Repository, record: RecordView) => Promise<Explanation | null>;

/** What the page of a record shows. */
export interface RecordDetails {
  readonly record: RecordView;
  readonly repository: Pick<Repository, "code" | "name" | "platform">;
  readonly explanation: Explanation | null;
}

/** Reads a record by our identifier or by its repository's own, or `null` where the feed has none of that name. */
export async function readRecord(db: Db, identifier: string, explain: Explain): Promise<RecordDetails | null> {
  const [named] = await findNamedRecords(db, identifier);
  if (named === undefined) return null;
  const [record, repository] = await Promise.all([readRecordView(db, named), getRepository(db, named.repositoryId)]);
  return record === null ? null : { record, repository, explanation: await explain(repository, record) };
}
