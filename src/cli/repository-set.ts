import { mayBeSet } from "../client/connection.ts";
import { isPrivateAddress } from "../crosswalk/private-address.ts";
import type { RepositoryDefinition } from "../registry/definition.ts";
import { RegistryError } from "../registry/errors.ts";
import { changeRepository, repositoryOfCode } from "../registry/repositories.ts";
import { readOverrides } from "../registry/repositories-yaml.ts";
import { readSignIn, resealSignIns } from "../registry/sign-in.ts";
import { timetable } from "../schedule/timetable.ts";
import { type RepositorySecrets, secretsKey } from "../store/secrets.ts";
import { tokenSecret } from "../token-secret.ts";
import { readInput } from "./read-input.ts";
import { signInFact } from "./repository-show.ts";
import { print, withStore } from "./run-command.ts";

/** `false` where an option was given with `no-`. */
interface SetOptions {
  readonly name?: string;
  readonly url?: string;
  readonly schedule?: string;
  readonly timeZone?: string;
  readonly quietHours?: string | false;
  readonly format?: string | false;
  readonly set?: string | false;
  readonly access?: string | false;
  readonly province?: string | false;
  readonly libraryType?: string | false;
  readonly user?: string;
  readonly passwordStdin?: true;
  readonly headerFile?: string;
  readonly headerStdin?: true;
  readonly signIn: boolean;
  readonly caFile?: string;
  readonly ca: boolean;
  readonly overridesFile?: string;
  readonly overrides: boolean;
}

/** What else is stored of its records where one of these is another. */
const DECIDES_MAPPING = ["overrides", "defaultAccessRights", "province", "libraryType"];

/** `lienthong repository set` */
export async function setCommand(code: string, options: SetOptions): Promise<void> {
  const changes = changesOf(options);
  const secrets = signInOf(options);
  if (Object.keys(changes).length === 0 && secrets === undefined)
    throw new RegistryError("nothing to set; `lienthong repository set --help` shows what can be");
  await withStore(async ({ db, config }) => {
    const signIn = secrets ? { key: secretsKey(tokenSecret(config)), secrets } : secrets;
    await changeRepository(db, code, changes, timetable, signIn);
    print(`"${code}" is changed; \`lienthong repository show ${code}\` shows all of it`);
    if (DECIDES_MAPPING.some((name) => name in changes))
      print(`it holds for what comes from now on; \`lienthong remap ${code}\` maps what is stored anew`);
    if (!secrets) return;
    const repository = await repositoryOfCode(db, code);
    print(`it signs in ${signInFact(config, repository)}`);
    if (repository.base_url.startsWith("http:"))
      print("its base URL begins with http://: on the way to it anybody can read the sign-in");
  });
}

/** `lienthong repository reseal` */
export async function resealCommand(): Promise<void> {
  const previous = withoutLineEnd(readInput("-"));
  await withStore(async ({ db, config }) => {
    const keys = [previous, tokenSecret(config)].map(secretsKey) as [Buffer, Buffer];
    const { resealed, current, unreadable } = await resealSignIns(db, ...keys);
    print(`sign-ins stored anew: ${resealed.length}; under this TOKEN_SECRET already: ${current.length}`);
    if (unreadable.length === 0) return;
    print(`under neither secret: ${unreadable.join(", ")}; enter them anew with \`lienthong repository set\``);
    process.exitCode = 1;
  });
}

/** What was given, in the words of a definition; `null` takes a value back. */
function changesOf(options: SetOptions): Partial<RepositoryDefinition> {
  const { name, url, schedule, timeZone, quietHours, format, set, access, caFile, ca, overridesFile } = options;
  if (!ca && caFile !== undefined) throw new RegistryError("--ca-file and --no-ca exclude each other");
  if (!options.overrides && overridesFile !== undefined)
    throw new RegistryError("--overrides-file and --no-overrides exclude each other");
  const given = {
    name,
    baseUrl: url,
    schedule,
    timeZone,
    quietHours: orNone(quietHours),
    metadataPrefix: orNone(format),
    setSpec: orNone(set),
    defaultAccessRights: orNone(access),
    province: orNone(options.province),
    libraryType: orNone(options.libraryType),
    caBundle: caFile === undefined ? orNone(ca ? undefined : false) : readInput(caFile),
    overrides:
      overridesFile === undefined
        ? orNone(options.overrides ? undefined : false)
        : readOverrides(readInput(overridesFile)),
    // whoever names such an address at this command line is the operator
    allowPrivate: url === undefined ? undefined : isPrivateAddress(url),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function orNone(value: string | false | undefined): string | null | undefined {
  return value === false ? null : value;
}

/** The sign-in that was given; `null`: it is to be forgotten, `undefined`: nothing was said. */
function signInOf(options: SetOptions): RepositorySecrets | null | undefined {
  const { user, passwordStdin, headerFile, headerStdin, signIn } = options;
  const given = [user, passwordStdin, headerFile, headerStdin].some((option) => option !== undefined);
  if (!given) return signIn ? undefined : null;
  if (!signIn) throw new RegistryError("--no-sign-in forgets what the other options are to set: leave one of them out");
  if (passwordStdin && headerStdin)
    throw new RegistryError(
      "standard input holds either the password or the headers: give the headers with --header-file",
    );
  if (headerFile !== undefined && headerStdin)
    throw new RegistryError("--header-file and --header-stdin exclude each other");
  const headers = headerStdin ? "-" : headerFile;
  return readSignIn(
    {
      user: user ?? null,
      password: passwordStdin ? withoutLineEnd(readInput("-")) : null,
      headerLines: headers === undefined ? null : readInput(headers),
    },
    mayBeSet,
  );
}

/** Whoever pipes a line in does not mean its end. */
function withoutLineEnd(text: string): string {
  return text.replace(/\r?\n$/, "");
}
