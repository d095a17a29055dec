import { FIELDS, type Test } from "./fields.ts";
import type { RecordFacts } from "./record-facts.ts";

/** What a record must be, or with `negated` must not be: one of the values is enough. */
export interface Condition {
  readonly field: string;
  readonly negated: boolean;
  readonly values: readonly string[];
  /** The condition as it is written, without what means nothing. */
  readonly text: string;
  /** Whether it holds; what a record does not say is never among the values. */
  holds(facts: RecordFacts): boolean;
}

/** A condition cannot be read; the message says what is wrong, where, and how it is written. */
export class ConditionError extends Error {
  override readonly name = "ConditionError";
}

const FORM = /^\s*([A-Za-z]*)\s*(!?=)(.*)$/su;
const EXAMPLE = 'a field, = or !=, and values with commas between them, e.g. ddc=610,615 or "title=sông Mê Kông"';

/**
 * Reads a condition: `field=value,value` or `field!=value` (docs/provider.md, "Sets of your own"). The notation is that of
 * one argument of a shell: it needs quotes only where a value has blanks, since neither `=`, `!=`, `,`, `:` nor `..` means
 * anything to one, and each condition is an argument of its own, so that nothing has to stand between them. A comma always
 * divides: words are compared without signs, so that no value needs one. Throws `ConditionError`.
 */
export function readCondition(text: string): Condition {
  const [, name, operator, list = ""] = FORM.exec(text) ?? [];
  if (name === undefined || operator === undefined)
    throw new ConditionError(`"${text}" is no condition: write ${EXAMPLE}`);
  const field = Object.hasOwn(FIELDS, name) ? FIELDS[name] : undefined;
  if (field === undefined)
    throw new ConditionError(`"${text}": there is no field "${name}"; there are ${Object.keys(FIELDS).join(", ")}`);
  const values = list.split(",").map((value) => value.trim());
  const tests = values.map((value, index): Test => {
    if (value === "") throw new ConditionError(`"${text}": value ${index + 1} is empty; write ${field.wants}`);
    const test = field.read(value);
    if (test === null) throw new ConditionError(`"${text}": "${value}" is not ${field.wants}`);
    return test;
  });
  const negated = operator === "!=";
  return {
    field: name,
    negated,
    values,
    text: `${name}${operator}${values.join(",")}`,
    holds: (facts) => tests.some((test) => test(facts)) !== negated,
  };
}
