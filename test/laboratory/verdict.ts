import type { HarvestResult } from "../../src/jobs/harvest-repository.ts";
import { type Found, isQuarantined, missingFrom } from "./judge.ts";
import type { Expectation } from "./scenario.ts";
import type { TruthRecord } from "./truth.ts";

/** How a trial ended. */
interface Ending {
  readonly found: Found;
  /** Identifiers of the records that are not stored. */
  readonly missing: readonly string[];
  readonly last: HarvestResult;
}

/** What is otherwise than expected, in a sentence; empty where nothing is. */
export function disappointmentsOf(
  expected: Expectation,
  found: Found,
  truth: readonly TruthRecord[],
  results: readonly HarvestResult[],
): readonly string[] {
  const last = results.at(-1);
  if (last === undefined) return ["no run ended"];
  const missing = missingFrom(found, truth).map(({ identifier }) => identifier);
  const { run, outcome } = last;
  return isMet(expected, { found, missing, last })
    ? []
    : [`expected ${expected.kind}; ended ${outcome ?? "open"} with ${missing.length} missing: ${run.failure}`];
}

function isMet(expected: Expectation, ending: Ending): boolean {
  switch (expected.kind) {
    case "all":
      return isAll(ending);
    case "rejected":
      return isRejected(expected.identifiers, ending);
    case "mended or rejected":
      return isAll(ending) || isRejected(expected.identifiers, ending);
    case "named":
      return isNamed(expected.says, ending);
    case "either":
      return isAll(ending) || isNamed(expected.says, ending);
  }
}

function isAll({ missing, last }: Ending): boolean {
  return last.outcome === "complete" && missing.length === 0;
}

function isRejected(identifiers: readonly string[], { found, missing, last }: Ending): boolean {
  return (
    last.outcome === "complete_with_rejects" &&
    missing.toSorted().join("\n") === identifiers.toSorted().join("\n") &&
    identifiers.every((identifier) => isQuarantined(found, identifier))
  );
}

/** The reason counts, and what the run lists as missing. */
function isNamed(says: RegExp, { last: { run, outcome } }: Ending): boolean {
  const told = `${run.failure} ${JSON.stringify(run.missing)}`;
  return outcome !== null && !outcome.startsWith("complete") && says.test(told);
}
