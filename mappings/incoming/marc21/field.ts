import type { MappedField, Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSource } from "../../../src/crosswalk/marc-source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { isPlaceholder } from "./placeholders.ts";

/** How one field of the common record is read from MARC 21. */
export type FieldReader<Name extends keyof CommonRecord> = (
  marc: MarcSource,
  note: Note,
) => MappedField<CommonRecord[Name]>;

/** One value of a plural field. */
export type Item<Name extends keyof CommonRecord> = CommonRecord[Name] extends readonly (infer Value)[] ? Value : never;

/** The nodes that hold a value; what stands in place of one leaves an issue. */
export function withValue(nodes: readonly MarcNode[], note: Note): readonly MarcNode[] {
  return nodes.filter((node) => {
    const empty = isPlaceholder(node.value);
    if (empty) note("placeholder", { severity: "info", node });
    return !empty;
  });
}

/** The properties that have a value: those that are `null`, not given or empty are left out. */
export function present<Properties extends object>(
  properties: Properties,
): { readonly [Name in keyof Properties]?: NonNullable<Properties[Name]> } {
  const known: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (value !== null && value !== undefined && value !== "") known[name] = value;
  }
  return known as { [Name in keyof Properties]?: NonNullable<Properties[Name]> };
}

/** The first of the values in each group of equal ones; `keyOf` says which are equal. */
export function unique<Value>(values: readonly Value[], keyOf: (value: Value) => string): readonly Value[] {
  if (values.length < 2) return values;
  const seen = new Map<string, Value>();
  for (const value of values) {
    const key = keyOf(value);
    if (!seen.has(key)) seen.set(key, value);
  }
  return [...seen.values()];
}
