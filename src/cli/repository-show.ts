import type { Config } from "../config.ts";
import { readCaBundle } from "../registry/ca-bundle.ts";
import { repositoryOfCode } from "../registry/repositories.ts";
import { shownSignIn } from "../registry/sign-in.ts";
import { countIssues, countRecords } from "../store/records.ts";
import type { Repository } from "../store/repositories.ts";
import { listRuns } from "../store/runs.ts";
import type { Strategy } from "../store/schema.ts";
import { openSecrets, SecretsFailure, secretsKey } from "../store/secrets.ts";
import { tokenSecret } from "../token-secret.ts";
import { printIssues } from "./issue-report.ts";
import { print, withStore } from "./run-command.ts";
import { minute, printRuns } from "./run-report.ts";

type Facts = Readonly<Record<string, string | null>>;

const RUNS_SHOWN = 10;
const STRATEGIES: Readonly<Record<Strategy, string>> = {
  incremental_second: "trusted to the second",
  incremental_day: "trusted to the day",
  full_compare: "not trusted: every harvest asks for everything",
};

/** `lienthong repository show` */
export async function showCommand(code: string): Promise<void> {
  await withStore(async ({ db, config }) => {
    const repository = await repositoryOfCode(db, code);
    const [runs, issues, counts] = await Promise.all([
      listRuns(db, repository.repository_id, RUNS_SHOWN),
      countIssues(db, repository.repository_id),
      countRecords(db),
    ]);
    const count = counts.find(({ repositoryId }) => repositoryId === repository.repository_id);
    const records = `${count?.live ?? 0} live, ${count?.deleted ?? 0} deleted`;
    print(factLines({ ...settingsOf(config, repository), ...findingsOf(repository), records }));
    if (runs.length === 0) print(`\nnever harvested; \`lienthong harvest ${code}\` does it now`);
    else {
      print(`\nlatest harvests${runs.length < RUNS_SHOWN ? "" : ` (${RUNS_SHOWN})`}:`);
      printRuns(runs.map((run) => ({ code, run })));
    }
    if (issues.length > 0) {
      print("\nwhat there is to remark on its records:");
      printIssues(issues, repository.platform);
    }
  });
}

/** What may be told of a repository's sign-in, e.g. `as "thuvien", with the header x-api-key`; `null` where it has none. */
export function signInFact(config: Config, repository: Repository): string | null {
  if (repository.secrets === null) return null;
  try {
    const { user, headerNames } = shownSignIn(openSecrets(() => secretsKey(tokenSecret(config)), repository));
    const headers = headerNames.length === 1 ? "the header" : "the headers";
    const parts = [
      ...(user === null ? [] : [`as ${JSON.stringify(user)}`]),
      ...(headerNames.length === 0 ? [] : [`with ${headers} ${headerNames.join(", ")}`]),
    ];
    return parts.join(", ");
  } catch (error) {
    if (error instanceof SecretsFailure) return `cannot be read: ${error.message}`;
    throw error;
  }
}

/** What people have said of a repository, in the words of the commands that set it. */
function settingsOf(config: Config, repository: Repository): Facts {
  const { state, retired_at, schedule, next_due_at } = repository;
  return {
    code: repository.code,
    name: repository.name,
    "base URL": repository.base_url,
    state: retired_at === null ? state : `${state} since ${minute(retired_at)}`,
    schedule: schedule === "manual" || next_due_at === null ? schedule : `${schedule}, next ${minute(next_due_at)}`,
    "quiet hours": repository.quiet_hours,
    "time zone": repository.time_zone,
    "sign-in": signInFact(config, repository),
    "own certificates": repository.ca_bundle === null ? null : certificatesFact(repository.ca_bundle),
    format: repository.metadata_prefix ?? "the richest that can be mapped",
    set: repository.set_spec,
    "default access right": repository.default_access_rights,
    province: repository.province_code,
    "kind of library": repository.library_type,
    overrides: repository.overrides === null ? null : JSON.stringify(repository.overrides),
  };
}

/** What is known of it by asking it, in the words of the protocol. */
function findingsOf(repository: Repository): Facts {
  const { identity, behaviour, probe_due_at } = repository;
  return {
    software: repository.platform,
    "harvested until": repository.harvested_until,
    "calls itself": identity?.repositoryName ?? null,
    "e-mail": identity?.adminEmails.join(", ") ?? null,
    "deleted records": identity?.deletedRecord ?? null,
    granularity: identity?.granularity ?? null,
    datestamps: behaviour === null ? "not probed yet" : STRATEGIES[repository.strategy],
    "next probe": probe_due_at === null ? "before the next harvest" : minute(probe_due_at),
    "moves to": repository.proposed_base_url,
  };
}

function certificatesFact(pem: string): string {
  const { certificates } = readCaBundle(pem);
  return certificates
    .map(({ subject, validTo }) => `${subject} until ${validTo.toISOString().slice(0, 10)}`)
    .join("; ");
}

function factLines(facts: Facts): string {
  const known = Object.entries(facts).filter(([, value]) => value !== null);
  const width = Math.max(...known.map(([name]) => name.length));
  return known.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join("\n");
}
