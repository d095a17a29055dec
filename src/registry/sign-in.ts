import type { Db } from "../store/database.ts";
import { listRepositories, type Repository } from "../store/repositories.ts";
import { openSecrets, type RepositorySecrets, SecretsFailure, saveSecrets } from "../store/secrets.ts";
import { RegistryError } from "./errors.ts";

/** What a person gives in; `null` where there is none. */
export interface GivenSignIn {
  readonly user: string | null;
  readonly password: string | null;
  /** Lines `Name: value`, as they stand in a request. */
  readonly headerLines: string | null;
}

/** What may be shown of a sign-in. */
export interface ShownSignIn {
  readonly user: string | null;
  readonly headerNames: readonly string[];
}

/** What became of the sign-ins, by code. */
export interface ResealResult {
  readonly resealed: readonly string[];
  /** Under the present secret already. */
  readonly current: readonly string[];
  /** Neither the previous secret opens them nor the present one. */
  readonly unreadable: readonly string[];
}

/** Names and values of header fields (RFC 9110 §5.1, §5.5) as they can be sent. */
const HEADER = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([\t\x20-\x7e\x80-\xff]*)$/;
/** RFC 7617 §2: neither may hold control characters, and the user no colon. */
const CONTROL = /\p{Cc}/u;

/**
 * Reads what a repository asks of those who harvest it; `mayBeSet` judges the names of headers. Throws `RegistryError`,
 * which never tells a password or the value of a header.
 */
export function readSignIn(given: GivenSignIn, mayBeSet: (headerName: string) => boolean): RepositorySecrets {
  const basicAuth = basicAuthOf(given);
  const headers = given.headerLines === null ? {} : headersOf(given.headerLines, mayBeSet);
  if (basicAuth !== null && Object.hasOwn(headers, "authorization"))
    throw new RegistryError("the header Authorization and a user with a password exclude each other: give one of them");
  return { basicAuth, headers };
}

/** What may be shown of a sign-in: whose it is and which headers it has, never what opens the door. */
export function shownSignIn({ basicAuth, headers }: RepositorySecrets): ShownSignIn {
  return { user: basicAuth?.user ?? null, headerNames: Object.keys(headers) };
}

/** Stores all sign-ins under `key` that were stored under `previous`; those of retired repositories too. */
export async function resealSignIns(db: Db, previous: Buffer, key: Buffer): Promise<ResealResult> {
  const result = { resealed: [] as string[], current: [] as string[], unreadable: [] as string[] };
  await db.transaction().execute(async (trx) => {
    for (const repository of await listRepositories(trx, { retired: true })) {
      if (repository.secrets === null) continue;
      const { code, repository_id } = repository;
      if (opened(key, repository) !== null) result.current.push(code);
      else {
        const secrets = opened(previous, repository);
        if (secrets === null) result.unreadable.push(code);
        else {
          await saveSecrets(trx, key, repository_id, secrets);
          result.resealed.push(code);
        }
      }
    }
  });
  return result;
}

function opened(key: Buffer, repository: Repository): RepositorySecrets | null {
  try {
    return openSecrets(() => key, repository);
  } catch (error) {
    if (error instanceof SecretsFailure) return null;
    throw error;
  }
}

function basicAuthOf({ user, password }: GivenSignIn): RepositorySecrets["basicAuth"] {
  if (user === null && password === null) return null;
  if (user === null) throw new RegistryError("a password needs its user: say --user as well");
  if (password === null) throw new RegistryError("a user needs a password: say --password-stdin and pipe it in");
  if (user === "" || user.includes(":") || CONTROL.test(user))
    throw new RegistryError(
      `${JSON.stringify(user)} cannot be a user: it has no colon, no line break, and is not empty`,
    );
  if (password === "") throw new RegistryError("no password came on standard input");
  if (CONTROL.test(password))
    throw new RegistryError("the password holds a line break or another control character: give one line");
  return { user, password };
}

function headersOf(text: string, mayBeSet: (headerName: string) => boolean): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === "") continue;
    const [, name = "", value = ""] = HEADER.exec(line.trim()) ?? [];
    if (name === "") throw new RegistryError(`line ${index + 1} of the headers is none: each is "Name: value"`);
    const key = name.toLowerCase();
    if (!mayBeSet(key)) throw new RegistryError(`the header ${name} belongs to the connection and cannot be set`);
    if (value.trim() === "") throw new RegistryError(`the header ${name} has no value`);
    if (headers.has(key)) throw new RegistryError(`the header ${name} is given twice`);
    headers.set(key, value.trim());
  }
  if (headers.size === 0) throw new RegistryError('no header was given: each is a line "Name: value"');
  return Object.fromEntries(headers);
}
