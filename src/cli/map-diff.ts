import { once } from "node:events";
import { createWriteStream, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StoredRecord, toStored } from "../record/common-record.ts";
import { type FieldDifference, fieldDifferences } from "../record/difference.ts";
import { mapInput } from "./map-crosswalk.ts";
import { recordsMappedAt } from "./map-revision.ts";
import { eachSample, type SampleOptions } from "./map-sample.ts";
import { print, printTable } from "./run-command.ts";

const EXAMPLE_LENGTH = 70;

/** What happened to a field over all records. */
interface FieldImpact {
  changed: number;
  added: number;
  lost: number;
  /** The first record it happened to. */
  readonly identifier: string;
  readonly first: FieldDifference;
}

/**
 * `lienthong map diff`: what the working tree makes of records, beside what another revision made of them, field by field.
 * Exit code 1 where anything differs.
 */
export async function mapDiffCommand(
  what: string | undefined,
  options: SampleOptions & { readonly against: string },
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "lienthong-diff-"));
  try {
    const file = join(folder, "records.xml");
    const now = await mapHere(what, options, file);
    const before = await recordsMappedAt(options.against, file, folder);
    report(options.against, now, before);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Maps the records and writes them into `file`, for the other revision to map the same ones. */
async function mapHere(
  what: string | undefined,
  options: SampleOptions,
  file: string,
): Promise<ReadonlyMap<string, StoredRecord>> {
  const records = new Map<string, StoredRecord>();
  const out = createWriteStream(file);
  out.write('<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>');
  await eachSample(what, options, async ({ raw, identifier, metadata }) => {
    if (metadata === null || identifier === null) return;
    records.set(identifier, toStored(mapInput(identifier, metadata, null).mapping.record));
    if (!out.write(raw)) await once(out, "drain");
  });
  out.end("</ListRecords></OAI-PMH>");
  await once(out, "finish");
  if (records.size === 0)
    throw new Error("the records have no headers: give an answer of ListRecords, or a repository");
  return records;
}

function report(
  revision: string,
  now: ReadonlyMap<string, StoredRecord>,
  before: ReadonlyMap<string, StoredRecord>,
): void {
  const impacts = new Map<string, FieldImpact>();
  let differing = 0;
  for (const [identifier, record] of now) {
    const differences = fieldDifferences(before.get(identifier) ?? null, record);
    differing += differences.length === 0 ? 0 : 1;
    for (const first of differences) {
      const impact = impacts.get(first.field) ?? { changed: 0, added: 0, lost: 0, identifier, first };
      impact[first.kind] += 1;
      impacts.set(first.field, impact);
    }
  }
  print(`${differing.toLocaleString("en")} of ${now.size.toLocaleString("en")} records differ from ${revision}`);
  if (differing === 0) return;
  process.exitCode = 1;
  const counts = [...impacts].map(([field, { changed, added, lost }]) => [field, changed, added, lost]);
  printTable(["field", "changed", "added", "lost"], counts);
  for (const [field, { identifier, first }] of impacts)
    print(`\n${field} of ${identifier}\n  - ${shown(first.before)}\n  + ${shown(first.after)}`);
}

function shown(value: unknown): string {
  const text = value === undefined ? "" : JSON.stringify(value);
  return text.length <= EXAMPLE_LENGTH ? text : `${text.slice(0, EXAMPLE_LENGTH - 1)}…`;
}
