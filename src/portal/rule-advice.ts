import type { QualityRule } from "../quality/rule.ts";
import { hintOn, type SoftwareHint } from "./run-advice.ts";

/** What the software behind a repository knows of a rule that records miss, or of the remarks that tell why; or `null`. */
export function hintOnRule({ code, because }: QualityRule, platformId: string | null): SoftwareHint | null {
  for (const problem of [code, ...because]) {
    const hint = hintOn(problem, platformId);
    if (hint !== null) return hint;
  }
  return null;
}
