import { userInfo } from "node:os";
import { reasonInWords } from "../dedupe/reason-texts.ts";
import { ignorePair, mergeClusters, type Said, splitFromCluster } from "../jobs/decide-on-clusters.ts";
import { dedupe } from "../jobs/dedupe.ts";
import { clusterOf, type Explained, explainCluster, explainOthers } from "../jobs/explain-clusters.ts";
import { RegistryError } from "../registry/errors.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import { recordOf, requireReason } from "../registry/takedowns.ts";
import { listClusters } from "../store/clusters.ts";
import type { Db } from "../store/database.ts";
import { print, printTable, withStore } from "./run-command.ts";

type Language = "vi" | "en";
interface Reasoned {
  readonly reason: string;
}

const SAID_IN_WORDS = { same: "the same", different: "different", ignore: "not to be judged by us" } as const;
const APART_IN_WORDS = {
  same: "the same, but a member of its cluster is different",
  different: "different",
  unsure: "not sure enough",
} as const;

/** `lienthong dedupe` */
export async function dedupeCommand(options: { readonly all?: true }): Promise<void> {
  await withStore(async ({ db, log }) => {
    const { records, moved, commonKeys } = await dedupe({ db, log }, { anew: options.all === true });
    print(`${records} records compared; ${moved} joined a cluster, left one or changed their place`);
    if (commonKeys.length === 0) return;
    print("\nshared by so many records that it tells nothing:");
    printTable(
      ["key", "records", "for example"],
      commonKeys.map(({ kind, records: count, example }) => [kind, count, example]),
    );
  });
}

/** `lienthong cluster list` */
export async function listCommand(options: {
  readonly repository?: string;
  readonly limit: string;
  readonly json?: true;
}): Promise<void> {
  const limit = Number(options.limit);
  if (!Number.isInteger(limit) || limit < 1) throw new RegistryError(`--limit ${options.limit} is no positive number`);
  await withStore(async ({ db }) => {
    const { repository } = options;
    const repositoryId = repository === undefined ? null : (await repositoryOfCode(db, repository)).repository_id;
    const clusters = await listClusters(db, repositoryId, limit);
    if (options.json === true) print(JSON.stringify(clusters, null, 2));
    else if (clusters.length === 0) print("no clusters; `lienthong dedupe` looks for records of one item");
    else
      printTable(
        ["cluster", "records", "repositories", "preferred", "title"],
        clusters.map((one) => [one.clusterId, one.records, one.repositories.join(" "), one.preferred, one.title ?? ""]),
      );
  });
}

/** `lienthong cluster show` */
export async function showCommand(which: string, options: { readonly lang: string }): Promise<void> {
  const { lang } = options;
  if (lang !== "vi" && lang !== "en") throw new RegistryError(`--lang ${lang} is neither vi nor en`);
  await withStore(async ({ db }) => {
    if (/^\d+$/.test(which) && (await showCluster(db, Number(which), lang))) return;
    const record = await recordOf(db, which);
    const clusterId = await clusterOf(db, record);
    if (clusterId === null) print(`${record.oaiIdentifier} is in no cluster`);
    else await showCluster(db, clusterId, lang);
    const others = await explainOthers(db, record);
    if (others.length > 0) print("\nresembles, and stays apart from:");
    for (const other of others)
      print(`  ${nameOf(other)}: ${APART_IN_WORDS[other.verdict.answer]}\n${why(other, lang)}`);
  });
}

/** `lienthong cluster split` */
export async function splitCommand(which: string, options: Reasoned): Promise<void> {
  await withStore(async ({ db }) => {
    const record = await recordOf(db, which);
    const others = await splitFromCluster(db, record, saidBy(options));
    if (others === 0) throw new RegistryError(`"${record.oaiIdentifier}" is in no cluster`);
    print(`${record.oaiIdentifier} is split from ${others} other ${others === 1 ? "record" : "records"} for good`);
  });
}

/** `lienthong cluster merge` */
export async function mergeCommand(which: string, other: string, options: Reasoned): Promise<void> {
  await withStore(async ({ db }) => {
    const [record, second] = await twoRecords(db, which, other);
    for (const { deletedReason, oaiIdentifier } of [record, second])
      if (deletedReason !== null)
        throw new RegistryError(`"${oaiIdentifier}" is deleted; only live records have clusters`);
    await mergeClusters(db, record, second, saidBy(options));
    const clusterId = await clusterOf(db, record);
    print(`${record.oaiIdentifier} and ${second.oaiIdentifier} are in cluster ${clusterId}`);
  });
}

/** `lienthong cluster ignore` */
export async function ignoreCommand(which: string, other: string, options: Reasoned): Promise<void> {
  await withStore(async ({ db }) => {
    const [record, second] = await twoRecords(db, which, other);
    await ignorePair(db, record, second, saidBy(options));
    print(`what we think of ${record.oaiIdentifier} and ${second.oaiIdentifier} does not count any more`);
  });
}

async function twoRecords(db: Db, which: string, other: string) {
  const [record, second] = [await recordOf(db, which), await recordOf(db, other)] as const;
  if (record.recordId === second.recordId) throw new RegistryError(`"${which}" and "${other}" are one record`);
  return [record, second] as const;
}

function saidBy({ reason }: Reasoned): Said {
  requireReason({ reason });
  return { reason, by: userInfo().username };
}

async function showCluster(db: Db, clusterId: number, language: Language): Promise<boolean> {
  const members = await explainCluster(db, clusterId);
  if (members.length === 0) return false;
  print(`cluster ${clusterId}: ${members.length} records`);
  for (const member of members)
    print(
      `  ${member.preferred ? "preferred" : "other"}: ${nameOf(member)}\n    with ${member.beside}\n${why(member, language)}`,
    );
  return true;
}

function nameOf({ name, title }: Explained): string {
  return `${name} (${title ?? "without a title"})`;
}

function why({ verdict: { said, reasons } }: Explained, language: Language): string {
  const decided =
    said === null ? [] : [`${said.by} said that they are ${SAID_IN_WORDS[said.decision]}: ${said.reason}`];
  return [...decided, ...reasons.map((reason) => reasonInWords(reason, language))]
    .map((one) => `    - ${one}`)
    .join("\n");
}
