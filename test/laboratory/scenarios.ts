import { combinations } from "./combinations.ts";
import { documentScenarios } from "./document-scenarios.ts";
import { listScenarios } from "./list-scenarios.ts";
import { networkScenarios } from "./network-scenarios.ts";
import { recordScenarios } from "./record-scenarios.ts";
import type { Scenario } from "./scenario.ts";

/** Every way to misbehave that is known, alone and together. */
export const scenarios: readonly Scenario[] = [
  ...networkScenarios,
  ...listScenarios,
  ...documentScenarios,
  ...recordScenarios,
  ...combinations,
];
