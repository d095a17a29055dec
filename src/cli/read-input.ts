import { readFileSync } from "node:fs";
import { fileReason } from "./file-reason.ts";

const STANDARD_INPUT = 0;

/** The text of a file; `-` is standard input. Throws a sentence that names the file where it cannot be read. */
export function readInput(file: string): string {
  try {
    return readFileSync(file === "-" ? STANDARD_INPUT : file, "utf8");
  } catch (cause) {
    throw new Error(`${file === "-" ? "standard input" : file}: ${fileReason(cause)}`, { cause });
  }
}
