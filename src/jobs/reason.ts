import { OaiError } from "../oai/errors.ts";

/** Why something failed, in a sentence for the run and its owner. */
export function reasonOf(error: unknown): string {
  if (error instanceof OaiError) return `the repository answers ${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}
