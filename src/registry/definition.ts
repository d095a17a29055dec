import { parseBaseUrl } from "../oai/base-url.ts";
import { isSetSpec } from "../oai/set-spec.ts";
import { type Overrides, overrideComplaints } from "../record/overrides.ts";
import { ACCESS_RIGHTS, LIBRARY_TYPES, PROVINCE_CODES } from "../record/vocabulary.ts";
import type { Repository } from "../store/repositories.ts";
import { readCaBundle } from "./ca-bundle.ts";
import { RegistryError } from "./errors.ts";

/** What a person says of a repository; everything but the URL has a default. */
export interface RepositoryDefinition {
  readonly baseUrl: string;
  readonly code?: string;
  readonly name?: string;
  readonly schedule?: string;
  readonly timeZone?: string;
  /** When it is not to be asked, by the clock of its time zone, e.g. `Mon-Fri 08:00-17:00`. */
  readonly quietHours?: string | null;
  readonly metadataPrefix?: string | null;
  readonly setSpec?: string | null;
  /** URI of a COAR access right for records that do not say. */
  readonly defaultAccessRights?: string | null;
  /** Where the library is, by the code of the province since 1 July 2025: `79`. */
  readonly province?: string | null;
  /** What kind of library it is (Library Law 46/2019/QH14, art. 9): `university`. */
  readonly libraryType?: string | null;
  /** Certificates in PEM to trust beside the public ones. */
  readonly caBundle?: string | null;
  /** Whoever says it is an operator: the repository may stand at an address that is not public. */
  readonly allowPrivate?: boolean;
  /** What its records mean otherwise than those of others (`docs/overrides.md`). */
  readonly overrides?: Overrides | null;
}

/** What knows the time; the registry only asks it. */
export interface Timetable {
  isSchedule(text: string): boolean;
  isQuietHours(text: string): boolean;
  /** When a repository is due next, or `null` where that is only by hand. */
  nextDue(schedule: string, code: string, timeZone: string): Date | null;
}

/** A definition as it is stored; schedule and time zone only where they were given. */
export type DefinedColumns = Pick<
  Repository,
  | "base_url"
  | "set_spec"
  | "metadata_prefix"
  | "default_access_rights"
  | "quiet_hours"
  | "ca_bundle"
  | "province_code"
  | "library_type"
> &
  Partial<Pick<Repository, "name" | "schedule" | "time_zone" | "allow_private">> & {
    /** As JSON. */
    readonly overrides: string | null;
  };

/** Checks a definition. Throws `RegistryError` that names the first value that cannot be used, and one that could. */
export function columnsOf(definition: RepositoryDefinition, timetable: Timetable): DefinedColumns {
  const { name, schedule, timeZone, metadataPrefix = null, caBundle = null, allowPrivate } = definition;
  checkTimes(definition, timetable);
  return {
    base_url: baseUrlOf(definition),
    set_spec: setSpecOf(definition),
    metadata_prefix: metadataPrefix,
    default_access_rights: accessRightsOf(definition),
    quiet_hours: definition.quietHours ?? null,
    province_code: oneOfOrNone("province", definition.province, PROVINCE_CODES),
    library_type: oneOfOrNone("kind of library", definition.libraryType, LIBRARY_TYPES),
    ca_bundle: caBundle === null ? null : readCaBundle(caBundle).pem,
    overrides: overridesOf(definition),
    ...(name === undefined ? {} : { name }),
    ...(schedule === undefined ? {} : { schedule }),
    ...(timeZone === undefined ? {} : { time_zone: timeZone }),
    ...(allowPrivate === undefined ? {} : { allow_private: allowPrivate }),
  };
}

/** What was said of a repository: what `columnsOf` reads comes back. Its sign-in is a secret and not part of it. */
export function definitionOf(repository: Repository): RepositoryDefinition {
  const { metadata_prefix, set_spec, default_access_rights, quiet_hours, ca_bundle, overrides } = repository;
  const { province_code, library_type } = repository;
  return {
    code: repository.code,
    name: repository.name,
    baseUrl: repository.base_url,
    schedule: repository.schedule,
    timeZone: repository.time_zone,
    ...(quiet_hours === null ? {} : { quietHours: quiet_hours }),
    ...(metadata_prefix === null ? {} : { metadataPrefix: metadata_prefix }),
    ...(set_spec === null ? {} : { setSpec: set_spec }),
    ...(default_access_rights === null ? {} : { defaultAccessRights: default_access_rights }),
    ...(province_code === null ? {} : { province: province_code }),
    ...(library_type === null ? {} : { libraryType: library_type }),
    ...(ca_bundle === null ? {} : { caBundle: ca_bundle }),
    ...(overrides === null ? {} : { overrides }),
  };
}

function oneOfOrNone(what: string, code: string | null | undefined, known: readonly string[]): string | null {
  if (code === undefined || code === null || known.includes(code)) return code ?? null;
  throw new RegistryError(`"${code}" is not a ${what}: known are ${known.join(", ")}`);
}

function baseUrlOf({ baseUrl }: RepositoryDefinition): string {
  const url = parseBaseUrl(baseUrl);
  if (url !== null) return url.href;
  throw new RegistryError(`"${baseUrl}" is not a base URL: it must begin with http:// or https://`);
}

function checkTimes({ schedule, timeZone, quietHours = null }: RepositoryDefinition, timetable: Timetable): void {
  if (schedule !== undefined && !timetable.isSchedule(schedule)) {
    throw new RegistryError(
      `"${schedule}" is not a schedule: say adaptive, hourly, daily, weekly, monthly, manual, or a cron expression`,
    );
  }
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new RegistryError(`"${timeZone}" is not a time zone: say Asia/Ho_Chi_Minh, for instance`);
  if (quietHours !== null && !timetable.isQuietHours(quietHours)) {
    throw new RegistryError(
      `"${quietHours}" are no quiet hours: say 08:00-17:00, 22:00-05:30 or Mon-Fri 08:00-17:00, for instance`,
    );
  }
}

function setSpecOf({ setSpec = null }: RepositoryDefinition): string | null {
  if (setSpec === null || isSetSpec(setSpec)) return setSpec;
  throw new RegistryError(`"${setSpec}" is not a setSpec; ListSets of the repository shows those it has`);
}

function accessRightsOf({ defaultAccessRights = null }: RepositoryDefinition): string | null {
  if (defaultAccessRights === null || Object.hasOwn(ACCESS_RIGHTS, defaultAccessRights)) return defaultAccessRights;
  throw new RegistryError(
    `"${defaultAccessRights}" is not an access right; use one of ${Object.keys(ACCESS_RIGHTS).join(", ")}`,
  );
}

function overridesOf({ overrides = null }: RepositoryDefinition): string | null {
  if (overrides === null) return null;
  const complaints = overrideComplaints(overrides);
  if (complaints.length > 0) throw new RegistryError(`${complaints.join("; ")} (docs/overrides.md shows an example)`);
  return JSON.stringify(overrides);
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
