import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

/** docs/architecture.md, "Who may import whom": the table itself, so that breaking it is a decision and not an accident. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/oai": [],
  "src/xml": [],
  "src/record": [],
  "src/marc": ["src/xml"],
  "src/vietnamese": [],
  "src/crosswalk": ["src/record", "src/xml", "src/marc", "src/vietnamese"],
  "src/quality": ["src/record"],
  "src/dedupe": ["src/record", "src/vietnamese"],
  "src/query": ["src/record", "src/vietnamese"],
  "src/client": ["src/oai", "src/record", "src/xml"],
  "src/store": ["src/oai", "src/record", "migrations"],
  "src/queue": [],
  "src/schedule": [],
  "src/metrics": ["src/http"],
  "src/http": [],
  "src/demo": [],
  "src/registry": ["src/store", "src/record", "src/oai", "src/query"],
  "src/jobs": [
    "src/client",
    "src/crosswalk",
    "src/dedupe",
    "src/export",
    "src/marc",
    "src/metrics",
    "src/oai",
    "src/quality",
    "src/query",
    "src/queue",
    "src/record",
    "src/schedule",
    "src/store",
    "src/xml",
    "harvesters",
    "mappings",
  ],
  "src/provider": ["src/crosswalk", "src/marc", "src/oai", "src/record", "src/store", "src/xml", "mappings"],
  "src/api": ["src/http", "src/oai", "src/portal", "src/quality", "src/record", "src/store"],
  "src/export": ["src/marc", "src/oai", "src/provider", "src/store", "mappings"],
  "src/portal": ["src/client", "src/http", "src/quality", "src/record", "src/registry", "src/store", "harvesters"],
  harvesters: ["src/client"],
  mappings: ["src/crosswalk", "src/marc", "src/oai", "src/query", "src/record", "src/vietnamese", "src/xml"],
  migrations: [],
  "src/cli": ["*"],
  src: ["*"],
};

/** Pure rooms compute: no network, no files, no clock of their own, no randomness. */
const PURE = [
  "src/oai",
  "src/xml",
  "src/marc",
  "src/record",
  "src/vietnamese",
  "src/crosswalk",
  "src/quality",
  "src/dedupe",
  "src/query",
];
const IMPURE_MODULES =
  /^(node:(fs|net|http|https|dns|child_process|timers|os|worker_threads)|undici|pg|kysely|fastify|pino|p-retry|node-cron|pg-boss)\b/;

const root = fileURLToPath(new URL("..", import.meta.url));
const files = ["src", "harvesters", "mappings", "migrations"].flatMap((folder) => sourceFiles(join(root, folder)));

function sourceFiles(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sourceFiles(path);
    return /\.tsx?$/.test(name) ? [path] : [];
  });
}

/** "src/store/fence.ts" lives in "src/store", "src/main.ts" in "src", "mappings/x/y.ts" in "mappings". */
function roomOf(path: string): string {
  const [top = "", second = "", ...rest] = relative(root, path).split("/");
  return top === "src" && rest.length > 0 ? `src/${second}` : top;
}

function importsOf(path: string): readonly string[] {
  const code = readFileSync(path, "utf8");
  return [...code.matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map((match) => match[1] ?? "");
}

test.each(files.map((path) => relative(root, path)))("%s imports only what its room may", (file) => {
  const path = join(root, file);
  const room = roomOf(path);
  const allowed = MAY_IMPORT[room];
  expect(
    allowed,
    `${room} is a new room: add it to the table in docs/architecture.md and here, with an ADR`,
  ).toBeDefined();
  for (const specifier of importsOf(path)) {
    if (!specifier.startsWith(".")) {
      if (PURE.includes(room)) expect(specifier, `${room} is pure`).not.toMatch(IMPURE_MODULES);
      continue;
    }
    const target = roomOf(resolve(path, "..", specifier));
    if (target === room || allowed?.includes("*") === true) continue;
    expect(allowed, `${file} imports ${specifier}`).toContain(target);
  }
});

test("only one file each knows node-cron, pg-boss and prom-client", () => {
  const users = (name: string) =>
    files.filter((path) => importsOf(path).includes(name)).map((path) => relative(root, path));
  expect(users("node-cron")).toEqual(["src/schedule/cron.ts"]);
  expect(users("pg-boss")).toEqual(["src/queue/queue.ts"]);
  expect(users("prom-client")).toEqual(["src/metrics/metrics.ts"]);
});

test("SQL stays in the store", () => {
  const outside = files.filter((path) => !["src/store", "migrations"].includes(roomOf(path)));
  const withSql = outside.filter((path) =>
    /\bsql`|\b(selectFrom|insertInto|updateTable|deleteFrom)\(/.test(readFileSync(path, "utf8")),
  );
  expect(withSql.map((path) => relative(root, path))).toEqual([]);
});

test("the environment is read by the command line alone", () => {
  const readers = files.filter((path) => roomOf(path) !== "src/cli" && /process\.env/.test(readFileSync(path, "utf8")));
  expect(readers.map((path) => relative(root, path))).toEqual([]);
});
