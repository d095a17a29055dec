import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { crosswalkList, crosswalkPage } from "../../mappings/crosswalk-page.ts";
import { crosswalksIn, readExamples } from "./map-examples.ts";
import { print } from "./run-command.ts";

/** What `lienthong map docs` is told. */
export interface MapDocsOptions {
  /** Where the examples are: below `incoming/<name>/examples` of this folder. */
  readonly folder: string;
  /** Where the pages go. */
  readonly into: string;
  readonly check?: boolean;
}

/** `lienthong map docs`: a page for each crosswalk; with `--check` only says which are not as generated, exit code 1. */
export async function mapDocsCommand({ folder, into, check = false }: MapDocsOptions): Promise<void> {
  const pages = pagesOf(folder);
  const stale = stalePages(pages, into);
  if (check) {
    for (const name of stale) print(`${join(into, name)} is not as generated: run lienthong map docs`);
    if (stale.length > 0) process.exitCode = 1;
    return;
  }
  mkdirSync(into, { recursive: true });
  for (const name of stale) {
    const [path, page] = [join(into, name), pages.get(name)];
    if (page === undefined) rmSync(path);
    else writeFileSync(path, page);
    print(`${page === undefined ? "removed" : "written"}: ${path}`);
  }
}

/** The pages by file name. */
function pagesOf(folder: string): ReadonlyMap<string, string> {
  const crosswalks = crosswalksIn(folder, []);
  return new Map([
    ["README.md", crosswalkList(crosswalks)],
    ...crosswalks.map((crosswalk) => {
      return [`${crosswalk.id}.md`, crosswalkPage(crosswalk, readExamples(folder, crosswalk.id))] as const;
    }),
  ]);
}

/** The files that are missing, differ, or belong to no crosswalk. */
function stalePages(pages: ReadonlyMap<string, string>, into: string): readonly string[] {
  const there = existsSync(into) ? readdirSync(into).filter((name) => name.endsWith(".md")) : [];
  return [...new Set([...pages.keys(), ...there])].filter((name) => {
    return !there.includes(name) || readFileSync(join(into, name), "utf8") !== pages.get(name);
  });
}
