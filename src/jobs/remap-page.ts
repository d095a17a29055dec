import { isDeepStrictEqual } from "node:util";
import { incomingNamed } from "../../mappings/index.ts";
import { crosswalkOfRules } from "../../mappings/rules.ts";
import { readRecord } from "../client/records.ts";
import type { QuerySet } from "../query/query-set.ts";
import type { Issue } from "../record/issue.ts";
import type { ChangedRecord } from "../store/page.ts";
import type { RemappedPage, RemappedRecord, StaleRecord } from "../store/remap-records.ts";
import type { Repository } from "../store/repositories.ts";
import type { RemapIssues } from "../store/schema.ts";
import { XmlError } from "../xml/errors.ts";
import { type MappingRun, mapRecord } from "./map-record.ts";

/** Maps stored records of a repository again. */
export type RemapPage = (records: readonly StaleRecord[], before: RemapIssues) => RemappedPage;

/** Remarks that were made before the record was stored; what is stored does not show them again. */
const MADE_BEFORE: ReadonlySet<string> = new Set(["identity-from-content", "marc-damaged"]);
const BYTES_REPAIRED = /^bytes read as [^,]+/;

/**
 * Makes a mapper of pages by the present rules of a repository: pure, nothing is asked and nothing written. A record keeps
 * the crosswalk that mapped it; `before` are the counts of the pages before.
 */
export function remapPages(repository: Repository, querySets: readonly QuerySet[], domain: string): RemapPage {
  const runFor = runsOf(repository, querySets, domain);
  return (records, before) => {
    const different: RemappedRecord[] = [];
    const same: { recordId: number; crosswalk: string }[] = [];
    const issues = new Map(Object.entries(before));
    for (const stale of records) {
      const run = runFor(stale);
      const mapped = run === null ? null : mapAgain(run, stale);
      if (mapped === null) continue;
      const { recordId, rawHash } = stale;
      const { source, record, issues: remarks } = mapped;
      const effect = effectOf(stale, mapped);
      countIssues(issues, stale.issues, remarks);
      if (effect === null) same.push({ recordId, crosswalk: source.crosswalk });
      else different.push({ recordId, effect, rawHash, crosswalk: source.crosswalk, record, issues: remarks });
    }
    const unreadable = records.length - different.length - same.length;
    const cursor = records.at(-1)?.identifier ?? "";
    return { cursor, different, same, records: records.length, unreadable, issues: Object.fromEntries(issues) };
  };
}

/** What mapping needs to know of the format of a record; `null` where its crosswalk is no more. */
function runsOf(
  repository: Repository,
  querySets: readonly QuerySet[],
  domain: string,
): (record: StaleRecord) => MappingRun | null {
  const runs = new Map<string, MappingRun | null>();
  return ({ crosswalk: rules, metadataNamespace: namespace }) => {
    const id = crosswalkOfRules(rules);
    const known = runs.get(`${id} ${namespace}`);
    if (known !== undefined) return known;
    const crosswalk = incomingNamed(id);
    const run = crosswalk === null ? null : { repository, crosswalk, domain, namespace, querySets };
    runs.set(`${id} ${namespace}`, run);
    return run;
  };
}

/** The record as the present rules map it; `null` where it cannot be read by them, and stays what it is. */
function mapAgain(run: MappingRun, stale: StaleRecord): ChangedRecord | null {
  const { identifier, datestamp, setSpecs, raw, rawHash } = stale;
  const read = readRecord(raw);
  const before = stale.issues.flatMap(({ code, value }) =>
    code === "xml-repaired" ? (BYTES_REPAIRED.exec(value ?? "") ?? []) : [],
  );
  const repairs = [...before, ...("header" in read ? read.repairs : [])];
  try {
    const mapped = mapRecord(run, {
      header: { identifier, datestamp, setSpecs, deleted: false },
      raw,
      rawHash,
      repairs,
    });
    return { ...mapped, issues: [...stale.issues.filter(({ code }) => MADE_BEFORE.has(code)), ...mapped.issues] };
  } catch (error) {
    if (error instanceof XmlError) return null;
    throw error;
  }
}

/** What becomes of a record in the feed; `null`: nothing, not even a remark. */
function effectOf(stale: StaleRecord, { record, issues }: ChangedRecord): RemappedRecord["effect"] | null {
  const { live, held, deletedReason } = stale;
  const remarked = isDeepStrictEqual(stale.issues, issues) ? null : "remarked";
  if (record === null) {
    if (live) return "withdrawn";
    return held ? "changed" : remarked;
  }
  if (!live && !held && deletedReason !== "takedown") return "published";
  const isSame = !held && stale.contentHash !== null && record.contentHash?.equals(stale.contentHash) === true;
  return isSame && isDeepStrictEqual(stale.feedSets, record.setSpecs) ? remarked : "changed";
}

/** Counts the records on which a remark is new, and those of which it is gone. */
function countIssues(
  counts: Map<string, { readonly gained: number; readonly lost: number }>,
  before: readonly Issue[],
  after: readonly Issue[],
): void {
  const [had, has] = [before, after].map((issues) => new Set(issues.map(({ code }) => code)));
  for (const code of new Set([...(had ?? []), ...(has ?? [])])) {
    const [gained, lost] = [has?.has(code) === true && !had?.has(code), had?.has(code) === true && !has?.has(code)];
    if (!gained && !lost) continue;
    const count = counts.get(code) ?? { gained: 0, lost: 0 };
    counts.set(code, { gained: count.gained + (gained ? 1 : 0), lost: count.lost + (lost ? 1 : 0) });
  }
}
