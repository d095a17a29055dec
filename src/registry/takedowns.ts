import type { Db } from "../store/database.ts";
import type { DeletedReason } from "../store/schema.ts";
import { type Act, endTakedown, findNamedRecords, type NamedRecord, takeDown } from "../store/takedowns.ts";
import { RegistryError } from "./errors.ts";

/**
 * Takes a record out of the feed for good: whatever its repository sends, under this identifier or under one that it is
 * found to go on under, it stays a tombstone until `restoreRecord`. `identifier` is ours, or the repository's own where
 * only one repository has it. Throws `RegistryError`.
 */
export async function takeDownRecord(db: Db, identifier: string, act: Act): Promise<NamedRecord> {
  const record = await recordOf(db, identifier);
  requireReason(act);
  if (record.deletedReason === "takedown") throw new RegistryError(`"${record.oaiIdentifier}" is taken down already`);
  await takeDown(db, record, act);
  return record;
}

/**
 * Ends a takedown. Returns the record, and why it stays out of the feed all the same, or `null` where it is live again.
 * Throws `RegistryError`.
 */
export async function restoreRecord(
  db: Db,
  identifier: string,
  act: Act,
): Promise<{ readonly record: NamedRecord; readonly staysOut: DeletedReason | null }> {
  const record = await recordOf(db, identifier);
  requireReason(act);
  if (record.deletedReason !== "takedown") throw new RegistryError(`"${record.oaiIdentifier}" is not taken down`);
  return { record, staysOut: await endTakedown(db, record, act) };
}

/** Nobody knows in a year why something was decided, unless somebody says so now. Throws `RegistryError`. */
export function requireReason({ reason }: Pick<Act, "reason">): void {
  if (reason.trim() === "") throw new RegistryError("say why with --reason; it is kept");
}

/** The record that a person names: by our identifier, or by the repository's own where only one has it. Throws `RegistryError`. */
export async function recordOf(db: Db, identifier: string): Promise<NamedRecord> {
  const [record, other] = await findNamedRecords(db, identifier);
  if (record === undefined) throw new RegistryError(`the feed has no record "${identifier}"`);
  if (other !== undefined)
    throw new RegistryError(
      `"${identifier}" is a record of "${record.code}" and one of "${other.code}": say which by our identifier, "${record.oaiIdentifier}" or "${other.oaiIdentifier}"`,
    );
  return record;
}
