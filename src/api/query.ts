import type Type from "typebox";
import { excerptOf, Problem } from "./problem.ts";

/** What is looked at in the schema of a parameter; all of it is text or a whole number. */
interface Parameter {
  readonly type: "string" | "integer";
  /** What to give, as a sentence goes on after "give". */
  readonly description: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: number;
  readonly enum?: readonly string[];
  readonly pattern?: string;
}

/**
 * Reads what stands behind the question mark of an address as the schema of a route says. Bytes that are no UTF-8 become U+FFFD.
 * Throws `Problem` `unknown-parameter` and `bad-parameter`.
 */
export function readQuery<Query extends Type.TObject>(schema: Query, search: string): Type.Static<Query> {
  const parameters = schema.properties as unknown as Readonly<Record<string, Parameter>>;
  const read: Record<string, string | number> = {};
  for (const [name, given] of new URLSearchParams(search)) {
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    if (parameter === undefined) throw unknownParameter(name, Object.keys(parameters));
    if (Object.hasOwn(read, name)) throw new Problem("bad-parameter", `"${name}" was given twice: give it once`);
    read[name] = readValue(name, given, parameter);
  }
  for (const [name, parameter] of Object.entries(parameters)) {
    if (read[name] !== undefined) continue;
    if (parameter.default !== undefined) read[name] = parameter.default;
    else if (schema.required?.includes(name))
      throw new Problem("bad-parameter", `"${name}" is missing: give ${parameter.description}`);
  }
  return read as Type.Static<Query>;
}

function readValue(name: string, given: string, parameter: Parameter): string | number {
  const value = parameter.type === "integer" ? wholeNumber(given) : given;
  if (typeof value === "number" ? isWithin(value, parameter) : hasForm(value, parameter)) return value;
  throw new Problem("bad-parameter", `"${name}" was "${excerptOf(given)}": give ${parameter.description}`);
}

function isWithin(value: number, { minimum = 0, maximum = Number.POSITIVE_INFINITY }: Parameter): boolean {
  return value >= minimum && value <= maximum;
}

function hasForm(value: string, { enum: words, pattern }: Parameter): boolean {
  return words?.includes(value) !== false && (pattern === undefined || new RegExp(pattern).test(value));
}

/** NaN where the text is none: nothing fits then. */
function wholeNumber(text: string): number {
  return /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
}

function unknownParameter(name: string, known: readonly string[]): Problem {
  const there = known.length === 0 ? "this address takes none" : `there are ${known.join(", ")}`;
  return new Problem("unknown-parameter", `there is no parameter "${excerptOf(name)}" here: ${there}`);
}
