import { ACCESS_RULES } from "./access-rules.ts";
import { DESCRIPTION_RULES } from "./description-rules.ts";
import { IDENTIFICATION_RULES } from "./identification-rules.ts";
import type { QualityRule } from "./rule.ts";

/** Every rule there is. */
export const RULES: readonly QualityRule[] = [...IDENTIFICATION_RULES, ...DESCRIPTION_RULES, ...ACCESS_RULES];
