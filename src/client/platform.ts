import type { Header } from "../oai/types.ts";
import type { IssueCode } from "../record/issue-texts.ts";
import type { RuleCode } from "../record/rule-texts.ts";
import type { XmlElement } from "../xml/element.ts";
import type { Advice } from "./advice.ts";
import type { Diagnosis } from "./failures.ts";
import type { ProbeRemark } from "./probe-remark.ts";

/** What a repository shows of the software behind it. */
export interface PlatformSigns {
  readonly baseUrl: string;
  /** The `description` elements of Identify (OAI-PMH 2.0 §4.2). */
  readonly descriptions: readonly XmlElement[];
  readonly repositoryName?: string | null;
  /** Some headers of its lists, where any were asked for: identifiers and setSpecs have shapes. */
  readonly headers?: readonly Pick<Header, "identifier" | "setSpecs">[];
}

/** What a harvest does because of a quirk. */
export type QuirkEffect =
  /** Whether datestamps can be used is found out repository by repository; nothing is taken from Identify alone. */
  | "probe-decides"
  /** A first harvest is cut into windows of dates, so that no list becomes long. */
  | "short-windows"
  /** What is gone is found by comparing complete lists. */
  | "sweep"
  /** Sets are not asked for one by one. */
  | "no-sets"
  /** Its identifiers may be those of another repository: they prove nothing outside this one. */
  | "local-identifiers"
  /** Another of its addresses brings the same records: one of them is to be registered. */
  | "twins"
  /** An upgrade may change base URL and identifiers: the same items are to be recognised. */
  | "moves";

/** One way in which a software differs from what the protocol says or a harvester expects. */
export interface Quirk {
  readonly what: string;
  readonly effect: QuirkEffect;
  /** Where it was seen: an issue, a line of its source, a recorded answer. */
  readonly evidence: string;
}

/** What a hint answers: why an answer did not come, what the probe remarked, a remark on records, or a rule that they miss. */
export type Problem = Diagnosis | ProbeRemark | IssueCode | RuleCode;

/** What is true of one repository software, whoever runs it. */
export interface Platform {
  readonly id: string;
  readonly name: string;
  /** Tells whether the signs are those of this software. */
  readonly matches: (signs: PlatformSigns) => boolean;
  /** Usual paths of its base URL, the likeliest first; `*` stands for the part of a pasted address in that place. */
  readonly paths: readonly string[];
  /** Namespaces of formats in the order of preference; those not named follow in the usual order. */
  readonly formats: readonly string[];
  /** Where its metadata wants another crosswalk than the format's own: namespace → name below `mappings/incoming`. */
  readonly crosswalks: Readonly<Record<string, string>>;
  readonly quirks: readonly Quirk[];
  /** What its administrator can do, in the words of its own menus and settings; the general texts speak for all software. */
  readonly hints: Readonly<Partial<Record<Problem, Advice>>>;
}
