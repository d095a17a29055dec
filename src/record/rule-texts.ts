import type { IssueText } from "./issue-texts/text.ts";
import { ACCESS_RULE_TEXTS } from "./rule-texts/access.ts";
import { DESCRIPTION_RULE_TEXTS } from "./rule-texts/description.ts";
import { IDENTIFICATION_RULE_TEXTS } from "./rule-texts/identification.ts";

/** Every rule by which the quality of a record is judged: what it asks for, why, and what to do where it is missed. */
export const RULE_TEXTS = { ...IDENTIFICATION_RULE_TEXTS, ...DESCRIPTION_RULE_TEXTS, ...ACCESS_RULE_TEXTS };

/** Stable, kebab-case, named after what the rule asks for. A new rule gets its texts first. */
export type RuleCode = keyof typeof RULE_TEXTS;

/** The texts of a rule. */
export function ruleTextOf(code: RuleCode): IssueText {
  return RULE_TEXTS[code];
}
