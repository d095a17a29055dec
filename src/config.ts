import { isIP } from "node:net";
import { parsePrivateNetworks } from "./client/address-guard.ts";

/** Reads one setting's text; throws a sentence that says what is expected. */
type Parse<Value> = (text: string) => Value;

interface Setting<Value> {
  /** Name of the environment variable. */
  readonly variable: string;
  readonly parse: Parse<Value>;
  /** Text that is read where the variable is not set; `null`: there is no default. */
  readonly fallback: string | null;
  /** One line for `.env.example` and `docs/settings.md`. */
  readonly help: string;
}

function setting<Value>(variable: string, parse: Parse<Value>, fallback: string | null, help: string): Setting<Value> {
  return { variable, parse, fallback, help };
}

/** Every setting of the program. The order is that of the documentation. */
export const SETTINGS = {
  databaseUrl: setting(
    "DATABASE_URL",
    optional(url("postgres:", "postgresql:")),
    "",
    "PostgreSQL to use; empty: the embedded one starts by itself",
  ),
  feedDatabaseUrl: setting(
    "FEED_DATABASE_URL",
    optional(url("postgres:", "postgresql:")),
    "",
    "streaming replica from which serve reads the feed and the pages, and export all of it; empty: the database itself",
  ),
  dataFolder: setting("DATA_FOLDER", text, "./data", "folder of the embedded database"),
  autoMigrate: setting(
    "AUTO_MIGRATE",
    boolean,
    "false",
    "apply migrations at start to the database of DATABASE_URL (the embedded one always)",
  ),
  port: setting("PORT", integer(0, 65_535), "3000", "port of the web server; 0 takes a free one"),
  host: setting("HOST", text, "127.0.0.1", "address the web server listens on; 0.0.0.0 for all"),
  publicUrl: setting(
    "PUBLIC_URL",
    optional(url("http:", "https:")),
    "",
    "address under which others reach us, e.g. https://feed.example.vn; empty: http://localhost:PORT",
  ),
  trustedProxies: setting(
    "TRUSTED_PROXIES",
    addresses,
    "",
    "addresses and networks of our reverse proxies, with commas, e.g. 127.0.0.1,10.2.0.0/16; their X-Forwarded-For is believed",
  ),
  domain: setting(
    "IDENTIFIER_DOMAIN",
    matching(/^[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+$/, "a domain name such as lienthong.vn"),
    "lienthong.vn",
    "domain of the identifiers we give; never change it once the feed is public",
  ),
  repositoryName: setting("REPOSITORY_NAME", text, "lienthong", "name of the feed, shown in Identify and on the pages"),
  adminEmail: setting(
    "ADMIN_EMAIL",
    matching(/^\S+@\S+\.\S+$/, "an e-mail address"),
    "admin@lienthong.vn",
    "published in Identify and sent to repositories as From",
  ),
  pageSize: setting("OAI_PAGE_SIZE", integer(1, 1_000), "100", "records on a page of our feed"),
  answersAtOnce: setting(
    "OAI_ANSWERS_AT_ONCE",
    integer(1, 100),
    "8",
    "answers of our feed, and as many of the JSON API, that are made at the same time; other requests wait for their turn",
  ),
  requestsPerMinute: setting(
    "OAI_REQUESTS_PER_MINUTE",
    integer(0, 1_000_000),
    "0",
    "requests of one consumer that our feed answers in a minute; 0: any number",
  ),
  apiRequestsPerMinute: setting(
    "API_REQUESTS_PER_MINUTE",
    integer(0, 1_000_000),
    "600",
    "requests of one consumer that the JSON API answers in a minute; 0: any number",
  ),
  apiTokens: setting(
    "API_TOKENS",
    tokens,
    "",
    "who may ask the JSON API as often as needed: name:SHA-256 of each token (docs/settings.md), with commas; empty: nobody",
  ),
  metadataRights: setting(
    "METADATA_RIGHTS",
    optional(
      matching(
        /^https?:\/\/(?:[\w\-.~!$&'()*+,;=:@/?]|%[0-9A-Fa-f]{2})+$/,
        "an address that begins with http:// or https://",
      ),
    ),
    "",
    "licence of our metadata, e.g. https://creativecommons.org/publicdomain/zero/1.0/; empty: nothing is said about it",
  ),
  tokenSecret: setting(
    "TOKEN_SECRET",
    optional(matching(/^.{32,}$/, "at least 32 characters")),
    "",
    "signs resumption tokens and encrypts sign-ins; the same on every server and worker; empty: one is kept in DATA_FOLDER",
  ),
  leadSeconds: setting(
    "FEED_LEAD_SECONDS",
    integer(1, 60),
    "5",
    "seconds after which a stored record is in the feed, at the earliest",
  ),
  leaseSeconds: setting(
    "HARVEST_LEASE_SECONDS",
    integer(5, 3_600),
    "60",
    "a harvest whose process died without a word may be taken over after this",
  ),
  scheduler: setting("SCHEDULER", boolean, "true", "this server looks for repositories whose harvest is due"),
  harvestWorkers: setting(
    "HARVEST_WORKERS",
    integer(0, 32),
    "2",
    "harvests that this server does at the same time; 0: none",
  ),
  privateNetworks: setting(
    "HARVEST_PRIVATE_NETWORKS",
    networks,
    "",
    "private networks, addresses and host names that may be harvested, with commas, e.g. 10.2.0.0/16,kho.local",
  ),
  harvestProxy: setting(
    "HARVEST_PROXY",
    optional(url("http:", "https:")),
    "",
    "proxy for requests to repositories, e.g. http://proxy.example.vn:3128; empty: none",
  ),
  harvestDelayMs: setting(
    "HARVEST_DELAY_MS",
    integer(0, 60_000),
    "100",
    "least pause between two requests to one host in milliseconds; it grows by itself; 0: no pauses",
  ),
  workerPort: setting(
    "WORKER_PORT",
    optional(integer(0, 65_535)),
    "",
    "port on which `lienthong worker` answers /healthz, /readyz and /metrics; empty: none",
  ),
  metricsToken: setting(
    "METRICS_TOKEN",
    optional(matching(/^\S{16,}$/, "at least 16 characters without spaces")),
    "",
    "bearer token that /metrics asks for; empty: /metrics answers this machine only",
  ),
  retentionRunsDays: setting(
    "RETENTION_RUNS_DAYS",
    // what left the feed can be brought back for ninety days, and its run has to be there
    integer(90, 36_500),
    "400",
    "days for which the history of harvests is kept",
  ),
  retentionConsumersDays: setting(
    "RETENTION_CONSUMERS_DAYS",
    integer(1, 36_500),
    "400",
    "days for which it is kept who used the feed and the JSON API",
  ),
  exportTo: setting(
    "EXPORT_TO",
    optional(dumpTarget),
    "",
    "folder or s3://bucket/prefix below which serve and worker make a dump every night; empty: none",
  ),
  exportAt: setting(
    "EXPORT_AT",
    matching(/^([01]\d|2[0-3]):[0-5]\d$/, "an hour and a minute such as 03:30"),
    "03:30",
    "when the dump is made, by the clock of Vietnam",
  ),
  exportKeep: setting("EXPORT_KEEP", integer(1, 3_650), "14", "dumps that are kept, the new one included"),
  s3Endpoint: setting(
    "AWS_ENDPOINT_URL",
    optional(url("http:", "https:")),
    "",
    "object store for dumps, e.g. https://minio.example.vn:9000; empty: Amazon S3 in AWS_REGION",
  ),
  s3Region: setting(
    "AWS_REGION",
    matching(/^[a-z0-9-]+$/, "a region such as ap-southeast-1"),
    "us-east-1",
    "region of the object store; most stores of one's own take any",
  ),
  s3AccessKeyId: setting(
    "AWS_ACCESS_KEY_ID",
    optional(matching(/^\S+$/, "a key without spaces")),
    "",
    "key of the object store",
  ),
  s3SecretAccessKey: setting(
    "AWS_SECRET_ACCESS_KEY",
    optional(matching(/^\S+$/, "a secret without spaces")),
    "",
    "its secret",
  ),
  logLevel: setting(
    "LOG_LEVEL",
    oneOf("debug", "info", "warn", "error", "silent"),
    "info",
    "debug, info, warn, error or silent",
  ),
} as const;

/** The settings as values; `null` where an optional one is empty. */
export type Config = { readonly [Name in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[Name]["parse"]> };

/** One or more settings cannot be used; the message names each of them. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

/** Not shown, not even where they cannot be used: it may be a secret in the wrong place or form. */
const SECRET: ReadonlySet<string> = new Set(["TOKEN_SECRET", "METRICS_TOKEN", "API_TOKENS"]);

/** Reads all settings from `environment` and reports all mistakes together. Throws `ConfigError`. */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const mistakes: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { variable, parse, fallback }] of Object.entries(SETTINGS) as [string, Setting<unknown>][]) {
    const given = environment[variable]?.trim();
    try {
      values[name] = parse(given === undefined || given === "" ? (fallback ?? "") : given);
    } catch (error) {
      const shown = SECRET.has(variable) ? variable : `${variable}="${given ?? ""}"`;
      mistakes.push(`${shown}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  if (mistakes.length > 0) throw new ConfigError(`settings that cannot be used:\n  ${mistakes.join("\n  ")}`);
  return values as Config;
}

function text(given: string): string {
  if (given === "") throw new Error("must not be empty");
  return given;
}

function boolean(given: string): boolean {
  if (!/^(true|false)$/.test(given)) throw new Error("must be true or false");
  return given === "true";
}

function optional<Value>(parse: Parse<Value>): Parse<Value | null> {
  return (given) => (given === "" ? null : parse(given));
}

function integer(least: number, most: number): Parse<number> {
  return (given) => {
    const number = Number(given);
    if (!Number.isInteger(number) || number < least || number > most)
      throw new Error(`must be a whole number from ${least} to ${most}`);
    return number;
  };
}

function networks(given: string): readonly string[] {
  const entries = given.split(/[\s,]+/).filter((entry) => entry !== "");
  parsePrivateNetworks(entries);
  return entries;
}

function addresses(given: string): readonly string[] {
  const entries = given.split(/[\s,]+/).filter((entry) => entry !== "");
  for (const entry of entries) {
    const [address = "", bits, ...rest] = entry.split("/");
    const longest = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const fits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= longest);
    if (longest < 0 || !fits || rest.length > 0) throw new Error(`${entry} is no address and no network`);
  }
  return entries;
}

function tokens(given: string): readonly { readonly name: string; readonly digest: Buffer }[] {
  const entries = given.split(/[\s,]+/).filter((entry) => entry !== "");
  return entries.map((entry) => {
    const [, name = "", digest = ""] = /^([a-z0-9][a-z0-9.-]*):([0-9a-f]{64})$/i.exec(entry) ?? [];
    if (digest === "")
      throw new Error("must be names and SHA-256 in 64 hexadecimal digits, as name:digest, with commas");
    return { name, digest: Buffer.from(digest, "hex") };
  });
}

function dumpTarget(given: string): string {
  if (given.startsWith("s3:") && !/^s3:\/\/[a-z0-9][a-z0-9.-]+(\/|$)/.test(given))
    throw new Error("must be a folder, or s3://bucket/prefix");
  return given.replace(/(?<=.)\/+$/, "");
}

function matching(pattern: RegExp, what: string): Parse<string> {
  return (given) => {
    if (!pattern.test(given)) throw new Error(`must be ${what}`);
    return given;
  };
}

function oneOf<const Value extends string>(...values: readonly Value[]): Parse<Value> {
  return (given) => {
    const value = values.find((candidate) => candidate === given);
    if (value === undefined) throw new Error(`must be one of ${values.join(", ")}`);
    return value;
  };
}

function url(...protocols: readonly string[]): Parse<string> {
  return (given) => {
    if (!URL.canParse(given) || !protocols.includes(new URL(given).protocol))
      throw new Error(`must be a URL that begins with ${protocols.join(" or ")}//`);
    return given.replace(/\/+$/, "");
  };
}
