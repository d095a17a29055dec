import type { RuleCode } from "../record/rule-texts.ts";
import type { QualityRule } from "./rule.ts";
import { RULES } from "./rules.ts";

/**
 * Mandatory, mandatory if applicable, recommended: the words of the OpenAIRE guidelines. What is optional is no rule: nothing
 * is missed where it is absent.
 */
export type Level = "M" | "MA" | "R";
export type ProfileName = keyof typeof LEVELS;

/** A rule as a profile wants it. */
export interface ProfileRule {
  readonly rule: QualityRule;
  readonly level: Level;
  readonly weight: number;
}

/** What somebody expects of a record. */
export interface Profile {
  readonly name: ProfileName;
  readonly rules: readonly ProfileRule[];
}

/** What a level weighs in the score. */
export const WEIGHTS: Readonly<Record<Level, number>> = { M: 5, MA: 3, R: 1 };

/** The fields that OpenAIRE v4 and the national profile want alike (docs/quality.md). */
const COMMON = {
  "main-title": "M",
  identifier: "M",
  "publication-date": "M",
  "resource-type": "M",
  "access-rights": "M",
  creator: "MA",
  contributor: "MA",
  publisher: "MA",
  language: "MA",
  abstract: "MA",
  subject: "MA",
  "full-text": "MA",
  "embargo-end": "MA",
  license: "R",
  version: "R",
  "media-type": "R",
  "host-publication": "R",
  "standard-number": "R",
} as const satisfies Levels;

type Levels = Readonly<Partial<Record<RuleCode, Level>>>;

const LEVELS = {
  /** The common record of the country's libraries: its column of obligations, its thesis block, its checks of values. */
  national: {
    ...COMMON,
    "landing-page": "MA",
    "valid-numbers": "MA",
    "sound-text": "MA",
    "thesis-level": "MA",
    "thesis-grantor": "MA",
    "thesis-discipline": "MA",
  },
  /** OpenAIRE Guidelines for Literature Repositories v4, application profile; it has neither thesis nor landing page. */
  openaire4: COMMON,
  /**
   * The validator of LA Referencia's central node, "Validador Nodo Central / OpenAire 3.0" (github.com/lareferencia/
   * lareferencia-platform, validators/validator-1-2-with-vocabulary-rules.json, 2026-10-10): its mandatory rules are M, its
   * others R, but for the end of an embargo, which it calls MA.
   */
  lareferencia: {
    "main-title": "M",
    creator: "M",
    "publication-date": "M",
    "landing-page": "M",
    "accepted-type": "M",
    "accepted-access": "M",
    "embargo-end": "MA",
    contributor: "R",
    subject: "R",
    abstract: "R",
    language: "R",
    relation: "R",
    "media-type": "R",
    version: "R",
  },
} as const satisfies Readonly<Record<string, Levels>>;

/** Every profile by its name. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = {
  national: profileOf("national"),
  openaire4: profileOf("openaire4"),
  lareferencia: profileOf("lareferencia"),
};

/** The profile of that name, or `undefined`. */
export function profileNamed(name: string): Profile | undefined {
  return Object.hasOwn(PROFILES, name) ? PROFILES[name as ProfileName] : undefined;
}

function profileOf(name: ProfileName): Profile {
  const levels: Levels = LEVELS[name];
  const rules = RULES.flatMap((rule) => {
    const level = levels[rule.code];
    return level === undefined ? [] : [{ rule, level, weight: WEIGHTS[level] }];
  });
  return { name, rules };
}
