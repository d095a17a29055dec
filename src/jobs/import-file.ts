import { stat } from "node:fs/promises";
import { parseBaseUrl } from "../oai/base-url.ts";
import { formatDatestamp } from "../oai/datestamp.ts";
import type { Lease } from "../store/leases.ts";
import { LeaseLost } from "../store/page.ts";
import {
  findRepositoryBySource,
  getRepository,
  type Repository,
  saveIdentity,
  updateRepository,
} from "../store/repositories.ts";
import { endUnfinishedRuns, type Run, saveFailedRun, startRun } from "../store/runs.ts";
import type { ClosedRun } from "./close-run.ts";
import { withLease } from "./harvest-lease.ts";
import { closeImport } from "./import-close.ts";
import { withLocalFile } from "./import-download.ts";
import { ImportFailure } from "./import-failure.ts";
import { type ImportEnd, type Importing, importPages } from "./import-pages.ts";
import { type Survey, surveySource } from "./import-survey.ts";
import { diagnosisOf, reasonOf } from "./reason.ts";
import { logEnd, logFailure } from "./run-log.ts";
import type { Services } from "./services.ts";

/** How a file is to be imported. */
export interface ImportOptions {
  /** The file is the complete list: live records that it does not hold are proposed for deletion. */
  readonly replace: boolean;
  /** Ends the import after the page in hand. */
  readonly signal?: AbortSignal;
  /** Called after each stored page with the run's ledger so far. */
  readonly onPage?: (run: Run) => void;
}

/**
 * The base URL of a repository that has none, because its records come in files: a name that no network can ever find
 * (RFC 2606 §2).
 */
export function baseUrlWithout(code: string): string {
  return `https://${code}.invalid/`;
}

/**
 * Imports a MARC file or an OAI static repository, from disk or from a URL, through the pipeline of a harvest: raw first,
 * page by page, mapped, with a run and its ledger. A file that cannot be read is a failed run; one that cannot be read to
 * its end a partial one. Throws `RepositoryBusy`, `LeaseLost` and what the database throws.
 */
export async function importFile(
  services: Services,
  repositoryId: number,
  source: string,
  options: ImportOptions,
): Promise<ClosedRun> {
  const { db, log } = services;
  const repository = await getRepository(db, repositoryId);
  return await withLease(services, { repositoryId, baseUrl: repository.base_url }, async (lease) => {
    await endUnfinishedRuns(db, repositoryId, "it was interrupted, and then something was imported");
    const about = { repository: repository.code, source };
    log.info(about, "import started");
    const result = await importOrFail(services, repository, lease, source, options);
    logEnd(log, about, result);
    return result;
  });
}

async function importOrFail(
  services: Services,
  repository: Repository,
  lease: Lease,
  source: string,
  options: ImportOptions,
): Promise<ClosedRun> {
  let begun = false;
  try {
    return await withLocalFile(services.http, source, options.signal, async (file) => {
      const survey = await surveyOf(file, repository, options);
      begun = true;
      return await importSurveyed(services, repository, lease, { file, source, survey }, options);
    });
  } catch (thrown) {
    if (begun) throw thrown;
    options.signal?.throwIfAborted();
    const error = inWords(thrown);
    logFailure(services.log, { repository: repository.code }, error, "import could not begin");
    const failure = `${source}: ${reasonOf(error)}`;
    const why = { diagnosis: diagnosisOf(error), kind: "import" } as const;
    const run = await saveFailedRun(services.db, repository.repository_id, "person", failure, why);
    return { run, outcome: "failed" };
  }
}

function surveyOf(file: string, { metadata_prefix: metadataPrefix }: Repository, { signal }: ImportOptions) {
  return surveySource(file, { metadataPrefix, ...(signal === undefined ? {} : { signal }) });
}

async function importSurveyed(
  services: Services,
  known: Repository,
  lease: Lease,
  { file, source, survey }: { readonly file: string; readonly source: string; readonly survey: Survey },
  { replace, signal, onPage }: ImportOptions,
): Promise<ClosedRun> {
  const { db } = services;
  const repository = await withIdentity(services, known, survey);
  const run = await startRun(db, {
    repositoryId: repository.repository_id,
    trigger: "person",
    kind: "import",
    metadataPrefix: survey.format.metadataPrefix,
    metadataNamespace: survey.format.namespace,
    sourceStarted: null,
    fullList: replace,
    windows: [{ from: null, until: null, resumptionToken: null, received: 0 }],
  });
  const datestamp = formatDatestamp((await stat(file)).mtime, "second");
  const end = await endOf({ services, repository, run, lease, file, survey, datestamp, signal, onPage });
  const failure = end.failure === null ? null : `${source}: ${end.failure}`;
  return await closeImport(services, lease, run.run_id, { ...end, failure });
}

/** Whatever goes wrong on the way ends the run with an outcome that says so. */
async function endOf(importing: Importing): Promise<ImportEnd> {
  try {
    return await importPages(importing);
  } catch (error) {
    if (error instanceof LeaseLost) throw error;
    const about = { repository: importing.repository.code, runId: importing.run.run_id };
    logFailure(importing.services.log, about, error, "import interrupted");
    return { failure: reasonOf(error), diagnosis: diagnosisOf(error), cancelled: false };
  }
}

/** Keeps what a static repository says of itself; it gives a name and an address to a repository that has none yet. */
async function withIdentity({ db }: Services, repository: Repository, survey: Survey): Promise<Repository> {
  if (survey.staticRepository === null) return repository;
  const { identity, baseUrl } = survey.staticRepository;
  await saveIdentity(db, repository.repository_id, identity, repository.platform);
  const url = repository.base_url === baseUrlWithout(repository.code) ? parseBaseUrl(baseUrl ?? "") : null;
  const isFree = url !== null && (await findRepositoryBySource(db, url.href, repository.set_spec)) === null;
  await updateRepository(db, repository.repository_id, {
    ...(repository.name === repository.code && identity.repositoryName !== null
      ? { name: identity.repositoryName }
      : {}),
    ...(isFree ? { base_url: url.href } : {}),
  });
  return await getRepository(db, repository.repository_id);
}

const FILE_REASONS: Readonly<Record<string, string>> = {
  ENOENT: "there is no such file",
  EISDIR: "this is a folder",
  EACCES: "it may not be read",
};

/** What the system says of a file, as a failure that says it in words. */
function inWords(error: unknown): unknown {
  const reason = error instanceof Error && "code" in error ? FILE_REASONS[String(error.code)] : undefined;
  return reason === undefined ? error : new ImportFailure(reason, { cause: error });
}
