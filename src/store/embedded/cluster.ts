import { createHash, randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { type Binaries, findBinaries } from "./binaries.ts";
import { EmbeddedPostgresFailure, hasCode, OtherPostgresVersion, reasonOf } from "./failures.ts";
import { isProcessAlive, runProgram } from "./programs.ts";
import { giveTo, isReachable, type ServerUser, serverUser } from "./server-user.ts";

/** A data folder of PostgreSQL with all that is needed to run a server on it. */
export interface Cluster {
  /** PostgreSQL's own folder (PGDATA). */
  readonly data: string;
  readonly log: string;
  readonly password: string;
  readonly user: ServerUser;
  readonly binaries: Binaries;
}

/** PostgreSQL's superuser in the cluster; nobody else has an account. */
export const SUPERUSER = "lienthong";
/** Where root's data and binaries stand when the place they belong to cannot be reached by an unprivileged user. */
const ROOT_FOLDER = "/var/lib/lienthong";
/** Its presence in the folder says that the cluster stands elsewhere, and where. */
const LOCATION = "location";

/**
 * The cluster below `folder`, made on first use. Any number of processes may do this at once: one cluster comes of it.
 * Throws `NoEmbeddedPostgres`, `OtherPostgresVersion` and `EmbeddedPostgresFailure`.
 */
export function openCluster(folder: string): Cluster {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    const home = locate(realpathSync(folder));
    const place = join(home, "cluster");
    const user = serverUser(join(place, "data"));
    const binaries = findBinaries(home, ROOT_FOLDER, user);
    if (!existsSync(place)) createCluster(home, place, user, binaries);
    const data = join(place, "data");
    refuseOtherVersion(data, binaries.majorVersion);
    const password = readFileSync(join(place, "password"), "utf8").trim();
    return { data, log: join(place, "server.log"), password, user, binaries };
  } catch (error) {
    if (!hasCode(error, "EACCES", "EPERM", "EROFS", "ENOSPC", "EDQUOT", "ENOTDIR")) throw error;
    const advice = hasCode(error, "EACCES", "EPERM")
      ? "run as the user who made it, or choose another DATA_FOLDER"
      : "choose another DATA_FOLDER";
    throw new EmbeddedPostgresFailure(`the folder ${folder} cannot be used (${reasonOf(error)}): ${advice}`, {
      cause: error,
    });
  }
}

/**
 * `folder`, unless root runs us and the user who is to run the server cannot get there: then a folder of our own below
 * /var/lib, which `folder` points at from then on. Opening other people's folders is not ours to do.
 */
function locate(folder: string): string {
  const pointer = join(folder, LOCATION);
  if (existsSync(pointer)) {
    const elsewhere = readFileSync(pointer, "utf8").trim();
    if (existsSync(elsewhere)) return elsewhere;
    throw new EmbeddedPostgresFailure(
      `${pointer} says that the database stands in ${elsewhere}, but it does not: bring it back, or delete ${pointer} to begin with an empty one`,
    );
  }
  const user = serverUser(join(folder, "cluster", "data"));
  if (isReachable(folder, user)) return folder;
  const elsewhere = join(ROOT_FOLDER, createHash("sha256").update(folder).digest("hex").slice(0, 12));
  mkdirSync(elsewhere, { recursive: true, mode: 0o755 });
  writeFileSync(pointer, `${elsewhere}\n`);
  return elsewhere;
}

/** Made under another name and renamed when it is whole: a killed process leaves no half cluster behind. */
function createCluster(home: string, place: string, user: ServerUser, binaries: Binaries): void {
  removeUnfinished(home);
  const unfinished = join(home, `unfinished-${process.pid}-${randomBytes(4).toString("hex")}`);
  try {
    mkdirSync(unfinished, { mode: 0o700 });
    const passwordFile = join(unfinished, "password");
    writeFileSync(passwordFile, `${randomBytes(24).toString("base64url")}\n`, { mode: 0o600 });
    for (const path of [passwordFile, unfinished]) giveTo(user, path);
    initialise(unfinished, user, binaries);
    renameSync(unfinished, place);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    // Somebody else was faster; their cluster is as good as ours.
    if (!hasCode(error, "ENOTEMPTY", "EEXIST", "EPERM") || !existsSync(place)) throw error;
  }
}

function initialise(place: string, user: ServerUser, binaries: Binaries): void {
  const { status, output } = runProgram(binaries.initdb, initdbArguments(place), { user, binaries, folder: place });
  if (status === 0) return;
  throw new EmbeddedPostgresFailure(`PostgreSQL could not make its data folder in ${place}: ${output.trim()}`);
}

/** The builtin locale is the same on every computer; where Vietnamese order matters a query names its collation. */
function initdbArguments(place: string): readonly string[] {
  return [
    `--pgdata=${join(place, "data")}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${join(place, "password")}`,
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--no-instructions",
  ];
}

/** What processes that were killed while they made a cluster left behind. */
function removeUnfinished(home: string): void {
  for (const name of readdirSync(home)) {
    const pid = /^unfinished-(\d+)-/.exec(name)?.[1];
    if (pid !== undefined && !isProcessAlive(Number(pid))) rmSync(join(home, name), { recursive: true, force: true });
  }
}

function refuseOtherVersion(data: string, ours: string): void {
  const theirs = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (theirs === ours) return;
  throw new OtherPostgresVersion(
    `the database in ${data} was written by PostgreSQL ${theirs}, but this program carries PostgreSQL ${ours}: run the version of the program that you used before, or move that folder away and harvest again into an empty one; PostgreSQL's pg_upgrade converts it (https://www.postgresql.org/docs/${ours}/pgupgrade.html)`,
  );
}
