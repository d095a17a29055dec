import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Expected, MIN_EXAMPLES } from "../../mappings/examples.ts";
import { incomingCrosswalks } from "../../mappings/index.ts";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import { fileReason } from "./file-reason.ts";
import { crosswalkNamed } from "./map-crosswalk.ts";

/** An example beside a crosswalk: the metadata, and what it is to become. */
export interface Example {
  /** `01-article-in-two-languages`. */
  readonly name: string;
  readonly xml: string;
  readonly expected: Expected;
  readonly expectedFile: string;
}

/**
 * The crosswalks of these names, all of them where none is given. Throws where `folder` is no folder of mappings, a name is
 * unknown, or a folder below it is not registered.
 */
export function crosswalksIn(folder: string, names: readonly string[]): readonly IncomingCrosswalk[] {
  const incoming = join(folder, "incoming");
  if (!existsSync(incoming)) {
    throw new Error(
      `${incoming}: there is no such folder; run this in the project's folder, or name the mappings with --folder`,
    );
  }
  for (const name of names.length > 0 ? names : foldersIn(incoming)) checkRegistered(incoming, name);
  if (names.length > 0) return names.map(crosswalkNamed);
  return incomingCrosswalks;
}

function foldersIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
}

function checkRegistered(incoming: string, name: string): void {
  if (!existsSync(join(incoming, name)) || incomingCrosswalks.some(({ id }) => id === name)) return;
  throw new Error(
    `${join(incoming, name)}: this program does not know it; list it in mappings/index.ts, and build anew`,
  );
}

/** The examples of a crosswalk by name. Throws where there are too few, or one of them cannot be read. */
export function readExamples(folder: string, id: string): readonly Example[] {
  const examples = join(folder, "incoming", id, "examples");
  const names = existsSync(examples) ? readdirSync(examples).filter((file) => file.endsWith(".xml")) : [];
  if (names.length < MIN_EXAMPLES) {
    throw new Error(`${examples}: a crosswalk has ${MIN_EXAMPLES} examples or more; there are ${names.length}`);
  }
  return names.sort().map((file) => {
    const name = file.slice(0, -".xml".length);
    const expectedFile = join(examples, `${name}.expected.json`);
    const expected = readExpected(expectedFile);
    return { name, xml: readFileSync(join(examples, file), "utf8"), expected, expectedFile };
  });
}

function readExpected(file: string): Expected {
  try {
    const { identifier, defaultAccessRights = null, record, issues, ...rest } = JSON.parse(readFileSync(file, "utf8"));
    if (typeof identifier !== "string") throw new Error('"identifier", that of the record\'s header, is missing');
    return { identifier, defaultAccessRights, record: record ?? {}, issues: issues ?? [], ...rest };
  } catch (cause) {
    throw new Error(`${file}: ${fileReason(cause)}`, { cause });
  }
}
