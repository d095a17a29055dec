import { presentRules } from "../../mappings/rules.ts";
import type { QuerySet } from "../query/query-set.ts";
import { weighDeletions } from "../store/deletions.ts";
import type { Lease } from "../store/leases.ts";
import { countStale, listStale, saveRemappedPage } from "../store/remap-records.ts";
import { dropRemaps, findRemap, getRemap, moveRemap, type Remap, startRemap } from "../store/remaps.ts";
import { getRepository, type Repository } from "../store/repositories.ts";
import { FeedSets } from "./feed-sets.ts";
import { isMany } from "./guard.ts";
import { withLeaseOnRecords } from "./harvest-lease.ts";
import { presentQuerySets } from "./query-sets.ts";
import { remapPages } from "./remap-page.ts";
import { activate, finishRollback } from "./remap-publish.ts";
import { RemapRefused } from "./remap-refused.ts";
import type { Services } from "./services.ts";

/** How a remap is to be done. */
export interface RemapOptions {
  /** Compute only: a person looks at it and activates it. */
  readonly candidateOnly: boolean;
  /** Ends the remap after the page in hand; the next call goes on there. */
  readonly signal?: AbortSignal;
  /** Called after each page. */
  readonly onPage?: (remap: Pick<Remap, "records" | "total">) => void;
}

const PAGE_SIZE = 500;

/**
 * Maps what is stored of a repository by its present rules, as far as other rules have mapped it, and puts what is
 * different into the feed. What would take too many records out of the feed at once is held for a person. One that was
 * interrupted goes on after its last page, unless the rules have changed meanwhile. It never runs beside a harvest.
 * Throws `RecordsBusy`, `RemapRefused` and `LeaseLost`.
 */
export async function remapRepository(services: Services, repositoryId: number, options: RemapOptions): Promise<Remap> {
  const { db, log } = services;
  const repository = await remappable(services, repositoryId);
  return await withLeaseOnRecords(services, repositoryId, async (lease) => {
    const unfinished = await finishOthers(services, lease, options.signal);
    if (unfinished !== null) return unfinished;
    // behind the lease: no harvest that knows older ones can store a page any more
    const querySets = await presentQuerySets(db);
    const remap = await openRemap(services, repository, querySets, options);
    log.info({ repository: repository.code, records: remap.total }, "remap started");
    const mapped = await mapPages(services, { repository, querySets, lease, remap }, options);
    const ended = mapped === null ? await getRemap(db, remap) : await decide(services, lease, mapped, options);
    const { state, records, changed, published, withdrawn, remarked } = ended;
    log.info({ repository: repository.code, state, records, changed, published, withdrawn, remarked }, "remap ended");
    return ended;
  });
}

/** Ends what an earlier call left halfway in the feed. Returns it where it was stopped again. */
async function finishOthers(services: Services, lease: Lease, signal?: AbortSignal): Promise<Remap | null> {
  const rolledBack = await finishRollback(services, lease, signal);
  if (rolledBack?.state === "rolling-back") return rolledBack;
  const halfway = await findRemap(services.db, lease.repositoryId, ["activating"]);
  const activated = halfway === null ? null : await activate(services, lease, halfway, signal);
  return activated?.state === "activating" ? activated : null;
}

/** What a remap would come to; nothing is written, and harvests go on meanwhile. */
export async function previewRemap(
  services: Services,
  repositoryId: number,
  { signal, onPage }: Pick<RemapOptions, "signal" | "onPage"> = {},
): Promise<Pick<Remap, "records" | "changed" | "published" | "withdrawn" | "remarked" | "unreadable" | "issues">> {
  const { db } = services;
  const repository = await remappable(services, repositoryId);
  const querySets = await presentQuerySets(db);
  const rules = presentRules(repository, querySets);
  const total = await countStale(db, repositoryId, rules);
  const remapPage = remapPages(repository, querySets, services.domain);
  const sum = { records: 0, changed: 0, published: 0, withdrawn: 0, remarked: 0, unreadable: 0 };
  let issues: Remap["issues"] = {};
  for (let cursor = ""; ; ) {
    signal?.throwIfAborted();
    const page = remapPage(await listStale(db, repositoryId, rules, cursor, PAGE_SIZE), issues);
    if (page.records === 0) return { ...sum, issues };
    for (const { effect } of page.different) sum[effect] += 1;
    sum.records += page.records;
    sum.unreadable += page.unreadable;
    ({ cursor, issues } = page);
    onPage?.({ records: sum.records, total });
  }
}

async function remappable({ db }: Services, repositoryId: number): Promise<Repository> {
  const repository = await getRepository(db, repositoryId);
  if (repository.state === "retired")
    throw new RemapRefused(`"${repository.code}" is retired: none of its records is in the feed`);
  return repository;
}

/** The remap that is open, if the rules are still the same, or a new one: it takes the place of what nobody has activated. */
async function openRemap(
  { db }: Services,
  repository: Repository,
  querySets: readonly QuerySet[],
  { candidateOnly }: RemapOptions,
): Promise<Remap> {
  const { repository_id: repositoryId } = repository;
  const rules = presentRules(repository, querySets);
  const open = await findRemap(db, repositoryId, ["mapping"]);
  if (open !== null && !open.cancel_requested && isSame(open.rules, rules)) return open;
  await dropRemaps(db, repositoryId, ["mapping", "candidate", "held"], "discarded");
  return await startRemap(db, repositoryId, {
    rules,
    candidateOnly,
    total: await countStale(db, repositoryId, rules),
  });
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((rules, index) => rules === others[index]);
}

interface OpenRemap {
  readonly repository: Repository;
  readonly querySets: readonly QuerySet[];
  readonly lease: Lease;
  readonly remap: Remap;
}

/** Maps page after page. `null`: it was cancelled, or is to go on later. */
async function mapPages(
  { db, domain, leaseMs }: Services,
  { repository, querySets, lease, remap }: OpenRemap,
  { signal, onPage }: RemapOptions,
): Promise<Remap | null> {
  const remapPage = remapPages(repository, querySets, domain);
  const sets = new FeedSets(db, repository);
  let { cursor, issues, records } = remap;
  for (;;) {
    if (signal?.aborted === true) return null;
    const page = remapPage(await listStale(db, remap.repository_id, remap.rules, cursor, PAGE_SIZE), issues);
    if (page.records === 0) return await getRemap(db, remap);
    await sets.ensure(page.different);
    const { cancelRequested } = await saveRemappedPage(db, remap, page, { lease, leaseMs });
    if (cancelRequested) {
      await dropRemaps(db, remap.repository_id, ["mapping"], "discarded");
      return null;
    }
    ({ cursor, issues } = page);
    records += page.records;
    onPage?.({ records, total: remap.total });
  }
}

/** Law 3 holds here too: what would take too much out of the feed at once waits for a person. */
async function decide(
  services: Services,
  lease: Lease,
  remap: Remap,
  { candidateOnly, signal }: RemapOptions,
): Promise<Remap> {
  const { db } = services;
  const { live } = await weighDeletions(db, remap.repository_id);
  if (isMany(remap.withdrawn, live)) {
    const note = `${remap.withdrawn} of ${live} records would leave the feed: nothing is changed until a person activates it`;
    return await moveRemap(db, remap, "held", note);
  }
  if (candidateOnly || remap.candidate_only) return await moveRemap(db, remap, "candidate");
  return await activate(services, lease, remap, signal);
}
