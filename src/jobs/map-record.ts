import { feedSetsOf } from "../../mappings/feed-sets.ts";
import { mappingRules } from "../../mappings/rules.ts";
import { readMetadata, type SourceRecord } from "../client/records.ts";
import { applyCrosswalk, type Mapping } from "../crosswalk/apply.ts";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import { parseDatestamp, parseLenientDatestamp } from "../oai/datestamp.ts";
import { aggregatorIdentifier } from "../oai/identifier.ts";
import { judge } from "../quality/judge.ts";
import { PROFILES } from "../quality/profiles.ts";
import { type QuerySet, querySetsOf } from "../query/query-set.ts";
import { toStored } from "../record/common-record.ts";
import { contentDigest } from "../record/digest.ts";
import { excerpt, type Issue } from "../record/issue.ts";
import { ACCESS_RIGHTS } from "../record/vocabulary.ts";
import type { ChangedRecord } from "../store/page.ts";
import type { Repository } from "../store/repositories.ts";

/** Everything about a run that mapping a record needs. */
export interface MappingRun {
  readonly repository: Repository;
  readonly crosswalk: IncomingCrosswalk;
  readonly domain: string;
  readonly namespace: string;
  /** The sets that operators have defined, by setSpec. */
  readonly querySets: readonly QuerySet[];
}

/**
 * Makes of a source record what is stored of it. Throws `XmlError` where the record is not well-formed; whatever its
 * values say becomes issues.
 */
export function mapRecord(run: MappingRun, source: SourceRecord & { readonly rawHash: Buffer }): ChangedRecord {
  const { header } = source;
  const envelope = [...headerIssues(source), ...setIssues(source, run.repository.set_spec)];
  if (header.deleted) return { source: sourceRow(run, source), record: tombstone(run, source), issues: envelope };
  const { element: metadata, repairs, origins } = readMetadata(source.raw);
  envelope.push(...repairIssues("/record/metadata", repairs));
  if (metadata === null) {
    const issue: Issue = {
      code: "metadata-missing",
      severity: "error",
      field: null,
      path: "/record/metadata",
      value: null,
    };
    return { source: sourceRow(run, source), record: null, issues: [...envelope, issue] };
  }
  const mapping = applyCrosswalk(run.crosswalk, metadata, contextOf(run.repository, header.identifier));
  return {
    source: sourceRow(run, source),
    record: isPublishable(mapping)
      ? { ...tombstone(run, source), ...publishedForm(run, mapping), origins, deletedReason: null }
      : null,
    issues: [...envelope, ...mapping.issues],
  };
}

/** What the crosswalk must know beside the metadata; the same for a harvest, a preview and a remap. */
export function contextOf(
  { default_access_rights: uri, overrides }: Pick<Repository, "default_access_rights" | "overrides">,
  identifier: string,
) {
  const defaultAccessRights = uri === null ? null : { uri, label: ACCESS_RIGHTS[uri] ?? uri };
  return { identifier, defaultAccessRights, overrides };
}

/** An error means that the record cannot be published as it is: it has no title, or is marked as a state secret. */
function isPublishable({ issues }: Mapping): boolean {
  return issues.every(({ severity }) => severity !== "error");
}

function publishedForm({ repository, querySets }: MappingRun, mapping: Mapping) {
  const published = toStored(mapping.record);
  const { score, missed } = judge(PROFILES.national, mapping.record, mapping.issues);
  // beside the published form, not in it: a new score is no change for harvesters of the feed
  const own = feedSetsOf(repository, mapping.record);
  const setSpecs = [...own, ...querySetsOf(querySets, mapping.record, own)];
  return { published, contentHash: contentDigest(published), setSpecs, quality: { score, missed } };
}

function tombstone(run: MappingRun, { header }: SourceRecord) {
  return {
    oaiIdentifier: aggregatorIdentifier(run.domain, run.repository.code, header.identifier),
    sourceIdentifier: header.identifier,
    sourceDatestamp: header.datestamp,
    metadataNamespace: run.namespace,
    setSpecs: feedSetsOf(run.repository, null),
    deletedReason: "source-header" as const,
    published: null,
    contentHash: null,
  };
}

function sourceRow(run: MappingRun, { header, raw, rawHash }: SourceRecord & { readonly rawHash: Buffer }) {
  return {
    identifier: header.identifier,
    raw,
    rawHash,
    datestamp: header.datestamp,
    setSpecs: header.setSpecs,
    metadataNamespace: run.namespace,
    deleted: header.deleted,
    crosswalk: rulesOf(run),
  };
}

/** The same for all records of a run. */
const rulesOfRuns = new WeakMap<MappingRun, string>();

function rulesOf(run: MappingRun): string {
  const known = rulesOfRuns.get(run) ?? mappingRules(run.crosswalk, run.repository, run.querySets);
  rulesOfRuns.set(run, known);
  return known;
}

function headerIssues({ header, repairs }: SourceRecord): Issue[] {
  const issues = repairIssues("/record/header", repairs);
  const { datestamp } = header;
  if (parseDatestamp(datestamp) !== undefined) return issues;
  const code = parseLenientDatestamp(datestamp) === undefined ? "datestamp-unreadable" : "datestamp-irregular";
  const value = datestamp === "" ? null : excerpt(datestamp);
  return [...issues, { code, severity: "warning", field: null, path: "/record/header/datestamp", value }];
}

/**
 * A set that is asked for holds the records of its subsets too (OAI-PMH 2.0 §2.6); a record that names others only says
 * that the repository does not look at the set. One that names none says nothing.
 */
function setIssues({ header: { setSpecs } }: SourceRecord, asked: string | null): Issue[] {
  const isInside = (setSpec: string) => setSpec === asked || setSpec.startsWith(`${asked}:`);
  if (asked === null || setSpecs.length === 0 || setSpecs.some(isInside)) return [];
  const value = excerpt(setSpecs.join(", "));
  return [{ code: "outside-set", severity: "info", field: null, path: "/record/header/setSpec", value }];
}

/** A record that had to be mended says so: its repository should know, and we may have mended it wrongly. */
function repairIssues(path: string, repairs: readonly string[]): Issue[] {
  if (repairs.length === 0) return [];
  return [{ code: "xml-repaired", severity: "warning", field: null, path, value: repairs.join(", ") }];
}
