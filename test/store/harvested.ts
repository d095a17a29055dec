import type { StoredRecord } from "../../src/record/common-record.ts";
import { contentDigest, rawDigest } from "../../src/record/digest.ts";
import type { Issue } from "../../src/record/issue.ts";
import type { Db } from "../../src/store/database.ts";
import { type Lease, takeLease } from "../../src/store/leases.ts";
import type { ChangedRecord, HarvestedPage } from "../../src/store/page.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { startRun } from "../../src/store/runs.ts";
import { ensureSet } from "../../src/store/sets.ts";

export const LEASE_MS = 60_000;
const NAMESPACE = "http://www.openarchives.org/OAI/2.0/oai_dc/";

/** A repository in the middle of a harvest: a run with one window is open and the lease is held. */
export interface Harvest {
  readonly repositoryId: number;
  readonly code: string;
  readonly runId: number;
  readonly lease: Lease;
  readonly setId: number;
}

/** Registers a repository and begins to harvest it. */
export async function startHarvest(db: Db, code: string): Promise<Harvest> {
  const host = `${code}.example`;
  const { repository_id: repositoryId } = await addRepository(db, {
    code,
    name: code,
    base_url: `https://${host}/oai`,
  });
  const { run_id: runId } = await startRun(db, runPlan(repositoryId));
  const lease = { repositoryId, host, owner: `worker-of-${code}` };
  await takeLease(db, lease, LEASE_MS);
  return { repositoryId, code, runId, lease, setId: await ensureSet(db, { setSpec: code, setName: code }) };
}

/** A run over everything in one window. */
export function runPlan(repositoryId: number) {
  return {
    repositoryId,
    trigger: "person" as const,
    metadataPrefix: "oai_dc",
    metadataNamespace: NAMESPACE,
    sourceStarted: "2026-11-24T01:02:03Z",
    fullList: false,
    windows: [{ from: null, until: null, resumptionToken: null, received: 0 }],
  };
}

/** What a test says of a record; the rest does not matter to it. */
export interface Wording {
  readonly identifier: string;
  /** `null`: without a title, which may not be published. */
  readonly title?: string | null;
  readonly datestamp?: string;
  /** Their header says "deleted". */
  readonly deleted?: boolean;
  readonly issues?: readonly Issue[];
}

/** A record as the jobs hand it to the store. */
export function changed(harvest: Harvest, wording: Wording): ChangedRecord {
  const { identifier, title = "Truyện Kiều", datestamp = "2026-01-01", deleted = false, issues = [] } = wording;
  const raw = `<record>${JSON.stringify({ identifier, title, datestamp, deleted })}</record>`;
  const source = {
    identifier,
    raw,
    rawHash: rawDigest(raw),
    datestamp,
    setSpecs: [],
    metadataNamespace: NAMESPACE,
    deleted,
    crosswalk: "oai-dc@1",
  };
  if (title === null && !deleted) return { source, record: null, issues };
  const published: StoredRecord | null =
    deleted || title === null ? null : { titles: [{ value: title, type: "main" }] };
  return {
    source,
    issues,
    record: {
      oaiIdentifier: `oai:lienthong.example:${harvest.code}/${identifier}`,
      sourceIdentifier: identifier,
      sourceDatestamp: datestamp,
      metadataNamespace: NAMESPACE,
      setSpecs: [harvest.code],
      deletedReason: deleted ? "source-header" : null,
      published,
      contentHash: published === null ? null : contentDigest(published),
    },
  };
}

/** A page of such records; what is not said is what a quiet last page has. */
export function page(
  harvest: Harvest,
  wordings: readonly Wording[],
  more: Partial<Omit<HarvestedPage, "changed">> = {},
): HarvestedPage {
  return {
    runId: harvest.runId,
    windowNumber: 1,
    lease: harvest.lease,
    leaseMs: LEASE_MS,
    leadSeconds: 1,
    changed: wordings.map((wording) => changed(harvest, wording)),
    rejected: [],
    unchanged: [],
    counts: { received: wordings.length, deleted: 0, repeated: 0, bytes: 0 },
    resumptionToken: null,
    closesWindow: true,
    completeListSize: null,
    repairs: [],
    ...more,
  };
}
