import { inject } from "vitest";
import { doErrand } from "./errands.ts";
import { type Program, programIn } from "./program.ts";

/** The program that all test files of a run share, built when the first asks for it. */
export async function sharedProgram(): Promise<Program> {
  return programIn(await doErrand(inject("errands"), "POST", "program"));
}
