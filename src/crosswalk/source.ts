/** A place in a source record that a value can come from: an element, a control field, a subfield. */
export interface SourceNode {
  /** The text as it stands there, entities replaced, otherwise untouched. */
  readonly text: string;
  /** Where it stands, as a person writes it: `/oai_dc:dc/dc:title[2]`, `245[1]$a`. */
  readonly path: string;
}

/** A source record opened for mapping. It knows what was asked of it, so that nothing is lost unseen. */
export interface Source {
  /** The nodes that hold text and that nobody has read so far. */
  unread(): readonly SourceNode[];
}

/** A source that works out once what several fields need of it. */
export abstract class KeepingSource implements Source {
  readonly #kept = new Map<unknown, unknown>();

  abstract unread(): readonly SourceNode[];

  /** The result of `work` on this record, worked out when it is first asked for; never `undefined`. */
  kept<Result extends NonNullable<unknown> | null>(work: (source: this) => Result): Result {
    const before = this.#kept.get(work) as Result | undefined;
    if (before !== undefined) return before;
    const result = work(this);
    this.#kept.set(work, result);
    return result;
  }
}

/** A value of our record together with the nodes it was made from. */
export interface Mapped<Value> {
  readonly value: Value;
  readonly from: readonly SourceNode[];
}

/** What a field's function gives, whichever field it is. */
export type FieldResult = Mapped<unknown> | readonly Mapped<unknown>[] | null;

/** Whether a field may have several values. */
export function isList(result: FieldResult): result is readonly Mapped<unknown>[] {
  return Array.isArray(result);
}

/** The values of a field, whichever field it is: one, several or none. */
export function valuesOf(result: FieldResult): readonly Mapped<unknown>[] {
  if (result === null) return [];
  return isList(result) ? result : [result];
}

/** Joins a value to the nodes it was made from. */
export function mapped<Value>(value: Value, ...from: readonly SourceNode[]): Mapped<Value> {
  return { value, from };
}
