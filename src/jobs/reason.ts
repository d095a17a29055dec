import { AnswerFailure, type Diagnosis, ResumptionLoopError, TransientFailure } from "../client/failures.ts";
import { OaiError } from "../oai/errors.ts";
import type { OwnDiagnosis } from "../store/schema.ts";
import { NoCommonFormat } from "./choose-format.ts";
import { ImportFailure } from "./import-failure.ts";
import { NeverHarvested } from "./plan-sweep.ts";

/** Why a run ended as it did, in a word; each has its texts in both languages. */
export type RunDiagnosis = Diagnosis | OwnDiagnosis;

/** Why something failed, in a sentence for the run and its owner. */
export function reasonOf(error: unknown): string {
  if (error instanceof OaiError) return `the repository answers ${error.code}: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** Why something failed, in a word. What is nobody else's fault is ours. */
export function diagnosisOf(error: unknown): RunDiagnosis {
  if (error instanceof TransientFailure || error instanceof AnswerFailure) return error.diagnosis;
  if (error instanceof OaiError) return "oai_error";
  if (error instanceof ResumptionLoopError) return "list_in_circle";
  if (error instanceof NoCommonFormat) return "no_common_format";
  if (error instanceof NeverHarvested) return "never_harvested";
  return error instanceof ImportFailure ? "file_unreadable" : "internal";
}
