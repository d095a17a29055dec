import { judge } from "../quality/judge.ts";
import { PROFILES, type Profile, profileNamed } from "../quality/profiles.ts";
import { countQuality, type QualityReport } from "../quality/report.ts";
import { type JudgedGroup, summarize } from "../quality/summary.ts";
import { fromStored } from "../record/common-record.ts";
import { RegistryError } from "../registry/errors.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import type { Db } from "../store/database.ts";
import { groupByQuality, keepQuality, listJudgeable } from "../store/quality.ts";
import { listRepositories } from "../store/repositories.ts";
import { type NamedSummary, printQuality, printSummaries, reportJson, summaryJson } from "./quality-report.ts";
import { print, withStore } from "./run-command.ts";

interface QualityOptions {
  readonly profile?: string;
  readonly renew?: true;
  readonly json?: true;
}

/** `lienthong quality`: how good the records of each repository are, or rule by rule those of one. */
export async function qualityCommand(code: string | undefined, options: QualityOptions): Promise<void> {
  const profile = chosenProfile(options.profile ?? PROFILES.national.name);
  if (options.renew === true && profile !== PROFILES.national)
    throw new RegistryError(
      `scores of the profile ${profile.name} are not kept: they are always new; leave out --renew`,
    );
  await withStore(async ({ db }) => {
    if (options.renew === true) await renewScores(db, code);
    if (code === undefined) {
      const summaries = await summarizeAll(db, profile);
      if (options.json === true) print(JSON.stringify(summaries.map(summaryJson), null, 2));
      else printSummaries(summaries, profile);
      return;
    }
    const { repository_id, platform } = await repositoryOfCode(db, code);
    const report = await reportOn(db, repository_id, profile);
    if (options.json === true) print(JSON.stringify(reportJson({ code, profile, report, platform }), null, 2));
    else printQuality({ code, profile, report, platform });
  });
}

/** Judges stored records anew and keeps their scores: after an upgrade, which may bring other rules. */
async function renewScores(db: Db, code: string | undefined): Promise<void> {
  const repositories = code === undefined ? await listRepositories(db) : [await repositoryOfCode(db, code)];
  for (const { repository_id } of repositories)
    for await (const records of listJudgeable(db, repository_id)) {
      const judged = records.map(({ recordId, stamp, published, remarks }) => {
        const { score, missed } = judge(PROFILES.national, fromStored(published), remarks);
        return { recordId, stamp, quality: { score, missed } };
      });
      await keepQuality(db, repository_id, judged);
    }
}

/** Judges every live record of a repository as it is now. */
async function reportOn(db: Db, repositoryId: number, profile: Profile): Promise<QualityReport> {
  const count = countQuality(profile);
  for await (const records of listJudgeable(db, repositoryId))
    for (const { published, remarks } of records) count.add(published, remarks);
  return count.report();
}

async function summarizeAll(db: Db, profile: Profile): Promise<readonly NamedSummary[]> {
  const summaries: NamedSummary[] = [];
  for (const { repository_id, code } of await listRepositories(db)) {
    // the national scores are kept with the records, those of other profiles are not
    const groups =
      profile === PROFILES.national ? groupByQuality(db, repository_id) : judgeAll(db, repository_id, profile);
    summaries.push({ code, summary: summarize(profile, await groups) });
  }
  return summaries;
}

async function judgeAll(db: Db, repositoryId: number, profile: Profile): Promise<readonly JudgedGroup[]> {
  const groups = new Map<number, { records: number; scores: number }>();
  for await (const records of listJudgeable(db, repositoryId))
    for (const { published, remarks } of records) {
      const { score, missed } = judge(profile, fromStored(published), remarks);
      const { records: before, scores } = groups.get(missed) ?? { records: 0, scores: 0 };
      groups.set(missed, { records: before + 1, scores: scores + score });
    }
  return [...groups].map(([missed, group]) => ({ missed, ...group }));
}

function chosenProfile(name: string): Profile {
  const profile = profileNamed(name);
  if (profile === undefined)
    throw new RegistryError(`"${name}" is no profile; there are ${Object.keys(PROFILES).join(", ")}`);
  return profile;
}
