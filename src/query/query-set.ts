import type { CommonRecord } from "../record/common-record.ts";
import { type Condition, ConditionError, readCondition } from "./condition.ts";
import { RecordFacts } from "./record-facts.ts";

/** A set as an operator has defined it. */
export interface QuerySetDefinition {
  /** `query:<name>` */
  readonly setSpec: string;
  /** All of them must hold. */
  readonly conditions: readonly string[];
}

/** The same, ready to be asked which records are in it. */
export interface QuerySet extends QuerySetDefinition {
  readonly tests: readonly Condition[];
}

const NAME = /^[a-z0-9-]{1,60}$/;
const PREFIX = "query:";
/** These look at a word or two of a record; the others read its texts. */
const QUICK = new Set(["set", "year", "ddc", "udc", "lcc", "bbk", "nlm"]);

/** Changes when the same condition holds for other records: stored records then carry other rules, and are mapped again. */
export const QUERY_SETS_VERSION = 1;

/** The setSpec of the set of that name, or `null` where it cannot be a name. */
export function querySetSpec(name: string): string | null {
  return NAME.test(name) ? `${PREFIX}${name}` : null;
}

/** Whether a set is defined by an operator. */
export function isQuerySetSpec(setSpec: string): boolean {
  return setSpec.startsWith(PREFIX);
}

/** Makes a definition ready. Throws `ConditionError`, which names the condition, where one cannot be read. */
export function readQuerySet({ setSpec, conditions }: QuerySetDefinition): QuerySet {
  if (conditions.length === 0) throw new ConditionError(`${setSpec} has no condition: it would be the whole feed`);
  const read = conditions.map(readCondition);
  const [quick, slow] = [read.filter(({ field }) => QUICK.has(field)), read.filter(({ field }) => !QUICK.has(field))];
  return { setSpec, conditions: read.map(({ text }) => text), tests: [...quick, ...slow] };
}

/** Those of the sets that a record is in; `setSpecs` are the sets that it is in by what it is. */
export function querySetsOf(
  sets: readonly QuerySet[],
  record: CommonRecord,
  setSpecs: readonly string[],
): readonly string[] {
  if (sets.length === 0) return [];
  const facts = new RecordFacts(record, setSpecs);
  return sets.flatMap(({ setSpec, tests }) => (tests.every((test) => test.holds(facts)) ? [setSpec] : []));
}
