import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharedFolder } from "../support/shared.ts";

/** Said by the tests that need a program which is not installed here. */
export const PROGRAM_ABSENT = "skipped: the independent program that judges this is not installed";

/** True where a program of that name can be started. */
export function isInstalled(program: string): boolean {
  return spawnSync("sh", ["-c", `command -v ${program}`]).status === 0;
}

/** True where Perl has that module. */
export function hasPerlModule(module: string): boolean {
  return spawnSync("perl", [`-M${module}`, "-e", "1"]).status === 0;
}

/** Runs a program over a file that holds `input`; the arguments name the file `{}`. Standard output as bytes. */
export function runOver(input: string | Uint8Array, program: string, args: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), "lienthong-marc-"));
  try {
    const file = join(folder, "input");
    writeFileSync(file, input);
    const catalog = sharedFolder === null ? {} : { XML_CATALOG_FILES: `${sharedFolder}xsd/catalog.xml` };
    const { status, stdout, stderr } = spawnSync(
      program,
      args.map((argument) => (argument === "{}" ? file : argument)),
      { env: { ...process.env, ...catalog }, maxBuffer: 256 * 1024 * 1024 },
    );
    return { status, stdout, complaints: stderr.toString("utf8") };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What xmllint says against a document by a schema below `shared/xsd`: the empty string where it is valid. */
export function schemaComplaints(document: string, schema: string): string {
  const args = ["--nonet", "--noout", "--schema", `${sharedFolder}xsd/${schema}`, "{}"];
  const { status, complaints } = runOver(document, "xmllint", args);
  // all.xsd reaches some schemas by two ways, which xmllint remarks on
  const lines = complaints.split("\n").filter((line) => !line.includes("Skipping import of schema"));
  return status === 0 ? "" : lines.join("\n");
}
