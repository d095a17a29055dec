import { chownSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { NoEmbeddedPostgres } from "./failures.ts";

/** Whom PostgreSQL's programs run as; empty: as ourselves. */
export type ServerUser = { readonly uid: number; readonly gid: number } | Readonly<Record<string, never>>;

/** Users that exist for the purpose or for none, in this order. */
const UNPRIVILEGED = ["postgres", "nobody"];

/**
 * Whom the server of a data folder runs as: PostgreSQL refuses root, so root hands it to the folder's owner if there is
 * one already, or to an unprivileged user that every system has. Throws `NoEmbeddedPostgres`.
 */
export function serverUser(dataFolder: string): ServerUser {
  if (process.getuid?.() !== 0) return {};
  const owner = statSync(dataFolder, { throwIfNoEntry: false });
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const users = readUsers();
  const found = UNPRIVILEGED.map((name) => users.get(name)).find((user) => user !== undefined);
  if (found !== undefined) return found;
  throw new NoEmbeddedPostgres(
    `PostgreSQL does not run as root, and there is no user ${UNPRIVILEGED.join(" or ")} to run it as: start as another user, or set DATABASE_URL`,
  );
}

/** Whether the user may pass through every folder down to this one, and through it. Links are followed. */
export function isReachable(folder: string, user: ServerUser): boolean {
  if (user.uid === undefined) return true;
  for (let path = realpathSync(folder); ; path = dirname(path)) {
    const { uid, gid, mode } = statSync(path);
    const executable = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & executable) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** Makes a file or folder the server's. */
export function giveTo(user: ServerUser, path: string): void {
  if (user.uid !== undefined) chownSync(path, user.uid, user.gid);
}

function readUsers(): ReadonlyMap<string, { readonly uid: number; readonly gid: number }> {
  const lines = readFileSync("/etc/passwd", "utf8").split("\n");
  return new Map(
    lines.map((line) => {
      const [name = "", , uid, gid] = line.split(":");
      return [name, { uid: Number(uid), gid: Number(gid) }];
    }),
  );
}
