import type { Header, Identity } from "../oai/types.ts";
import { createInterview, type Exchange, type Interview } from "./probe-interview.ts";
import { chooseKnown, type KnownRecord } from "./probe-record.ts";
import type { ProbeRemark } from "./probe-remark.ts";
import type { RepositoryClient } from "./repository-client.ts";

/** How much of a repository's datestamps can be trusted: to the second, to the day, or not at all. */
export type ProbedStrategy = "incremental_second" | "incremental_day" | "full_compare";

/** What was found out about a repository. Findings are `null` where nothing could be told. */
export interface Behaviour {
  /** The questions in their order, each with what came back. */
  readonly asked: readonly Exchange[];
  /** The record with which the questions were asked. */
  readonly sample: Header | null;
  readonly findsByDay: boolean | null;
  readonly findsBySecond: boolean | null;
  readonly futureIsEmpty: boolean | null;
  readonly datestampSteady: boolean | null;
  /** A list brought a deleted record. */
  readonly deletionsSeen: boolean;
  readonly respectsSet: boolean | null;
  readonly strategy: ProbedStrategy;
  readonly remarks: readonly ProbeRemark[];
}

const DAY_MS = 24 * 60 * 60 * 1000;
const HOUR_MS = 60 * 60 * 1000;

/**
 * Finds out by at most eight requests whether a repository's datestamps can be trusted (OAI-PMH 2.0 §2.7.1): whether a
 * known record is found by its own second and day, whether nothing is found in the future, and whether a record keeps
 * its datestamp. Every OAI error and every failure that comes with one question alone is a finding. Throws
 * `TransientFailure` where the repository stopped answering, and whatever the first question throws.
 */
export async function probeBehaviour(
  client: RepositoryClient,
  metadataPrefix: string,
  identity: Identity,
  now: Date,
): Promise<Behaviour> {
  const interview = createInterview(client, metadataPrefix);
  const known = chooseKnown(await interview.first());
  if (known === null) interview.remark("nothing-to-probe");
  if (identity.deletedRecord !== "persistent") interview.remark("deletions-not-announced");
  const findings = known === null ? NOTHING_FOUND : await ask(interview, known, identity, now);
  return {
    ...findings,
    sample: known?.header ?? null,
    deletionsSeen: interview.deletionsSeen(),
    asked: interview.asked(),
    remarks: interview.remarks(),
  };
}

type Findings = Omit<Behaviour, "asked" | "sample" | "deletionsSeen" | "remarks">;

const NOTHING_FOUND: Findings = {
  findsByDay: null,
  findsBySecond: null,
  futureIsEmpty: null,
  datestampSteady: null,
  respectsSet: null,
  strategy: "full_compare",
};

async function ask(interview: Interview, known: KnownRecord, identity: Identity, now: Date): Promise<Findings> {
  remarkOnSample(interview, known, identity);
  const findsBySecond = await askBySecond(interview, known, identity);
  const findsByDay = await interview.finds(known, known.day, known.day);
  const nearby = findsByDay || (await askAround(interview, known));
  if (findsBySecond !== true && !nearby) interview.remark("not-found-by-date");
  const inSeconds = findsBySecond === true ? "second" : "day";
  const futureIsEmpty = await askFuture(interview, tomorrowOf(identity, now), inSeconds);
  const datestampSteady = await askAgain(interview, known, identity);
  const respectsSet = await askSet(interview, known);
  // a future that is not empty is no lie in itself: clocks go wrong
  const fromWorks = futureIsEmpty !== null && !interview.remarks().includes("from-ignored");
  const trustworthy = fromWorks && datestampSteady !== false;
  const strategy = strategyOf(trustworthy, findsBySecond, nearby);
  return { findsByDay, findsBySecond, futureIsEmpty, datestampSteady, respectsSet, strategy };
}

function strategyOf(trustworthy: boolean, bySecond: boolean | null, nearby: boolean): ProbedStrategy {
  if (trustworthy && bySecond === true) return "incremental_second";
  return trustworthy && nearby ? "incremental_day" : "full_compare";
}

/** Is it found by `from` = `until` = its own second? `null` where days are all that is promised. */
async function askBySecond(interview: Interview, known: KnownRecord, identity: Identity): Promise<boolean | null> {
  if (identity.granularity === "day" || known.granularity === "day") return null;
  const found = await interview.finds(known, known.second, known.second);
  if (!found) interview.remark("seconds-not-honoured");
  return found;
}

/** A repository that thinks in local time, or takes `until` for midnight, finds it between the days around. */
async function askAround(interview: Interview, known: KnownRecord): Promise<boolean> {
  const at = known.instant.getTime();
  const found = await interview.finds(known, dayOf(at - DAY_MS), dayOf(at + DAY_MS));
  if (found) interview.remark("day-shifted");
  return found;
}

/** Nothing may be dated later than tomorrow. `null` where it cannot be asked. */
async function askFuture(
  interview: Interview,
  tomorrow: string,
  granularity: "day" | "second",
): Promise<boolean | null> {
  const headers = await interview.headersFrom(granularity === "day" ? tomorrow : `${tomorrow}T00:00:00Z`);
  if (headers === null || headers.length === 0) return headers === null ? null : true;
  const past = headers.some((header) => header.datestamp.trim().slice(0, 10) < tomorrow);
  interview.remark(past ? "from-ignored" : "datestamps-in-future");
  return false;
}

/** Does it keep its datestamp? One that is as young as our questions is the moment of a request. */
async function askAgain(interview: Interview, known: KnownRecord, identity: Identity): Promise<boolean | null> {
  await interview.getAgain(known);
  const seen = interview.datestampsOf(known);
  const ageMs = Date.parse(identity.responseDate ?? "") - known.instant.getTime();
  // hours ahead of the clock is a wrong zone, which keeps still
  const isNow = known.granularity === "second" && ageMs <= 0 && ageMs > -HOUR_MS;
  const steady = new Set(seen).size === 1 && !isNow;
  if (!steady) interview.remark("datestamp-moves");
  return steady && seen.length < 2 ? null : steady;
}

/** Do all records of its first set belong there, or to a set below it? `null` where it is in none. */
async function askSet(interview: Interview, { header }: KnownRecord): Promise<boolean | null> {
  const setSpec = header.setSpecs[0] ?? "";
  const headers = setSpec === "" ? null : await interview.headersOfSet(setSpec);
  if (headers === null || headers.length === 0) return null;
  const belongs = (spec: string) => spec === setSpec || spec.startsWith(`${setSpec}:`);
  const respects = headers.every((each) => each.setSpecs.some(belongs));
  if (!respects) interview.remark("sets-not-respected");
  return respects;
}

function remarkOnSample(interview: Interview, { header, granularity }: KnownRecord, identity: Identity): void {
  if (granularity !== identity.granularity) interview.remark("granularity-differs");
  if (/^oai:(?:localhost|127\.0\.0\.1)\b/i.test(header.identifier)) interview.remark("localhost-identifiers");
  if (/^(?:KOHA-OAI-TEST:|oai:default\.must\.change:)/.test(header.identifier)) interview.remark("factory-identifiers");
}

/** By the later of the two clocks: what is tomorrow here may be yesterday there. */
function tomorrowOf(identity: Identity, now: Date): string {
  const theirs = Date.parse(identity.responseDate ?? "");
  return dayOf(Math.max(now.getTime(), Number.isNaN(theirs) ? 0 : theirs) + DAY_MS);
}

function dayOf(instantMs: number): string {
  return new Date(instantMs).toISOString().slice(0, 10);
}
