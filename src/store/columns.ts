/** Object identifiers of PostgreSQL's types (pg_type.dat), which stand in the head of an array. */
const BYTEA = 17;
const TEXT = 25;
const JSONB = 3802;
const HEAD_BYTES = 20;
const NULL_LENGTH = -1;
/** What a value of jsonb begins with (jsonb_recv). */
const JSONB_VERSION = 1;

/**
 * A column of many rows as one parameter: PostgreSQL's binary form of an array (array_recv), which it reads without looking
 * at every character as it does in the text form, and which `pg` sends as it is. For `unnest(${textColumn(…)}::text[])`.
 */
export function textColumn(values: readonly (string | null)[]): Buffer {
  return strings(TEXT, values, 0);
}

/** The same of JSON texts, for `jsonb[]`. */
export function jsonColumn(values: readonly (string | null)[]): Buffer {
  return strings(JSONB, values, 1);
}

/** The same of bytes, for `bytea[]`. */
export function bytesColumn(values: readonly (Uint8Array | null)[]): Buffer {
  const size = values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), HEAD_BYTES);
  const column = head(BYTEA, values, size);
  let at = HEAD_BYTES;
  for (const value of values) {
    at = column.writeInt32BE(value?.length ?? NULL_LENGTH, at);
    if (value === null) continue;
    column.set(value, at);
    at += value.length;
  }
  return column;
}

function strings(type: number, values: readonly (string | null)[], prefix: 0 | 1): Buffer {
  const lengths = values.map((value) => (value === null ? NULL_LENGTH : prefix + Buffer.byteLength(value)));
  const size = lengths.reduce((sum, length) => sum + 4 + Math.max(0, length), HEAD_BYTES);
  const column = head(type, values, size);
  let at = HEAD_BYTES;
  for (const [index, value] of values.entries()) {
    at = column.writeInt32BE(lengths[index] ?? NULL_LENGTH, at);
    if (value === null) continue;
    if (prefix === 1) at = column.writeUInt8(JSONB_VERSION, at);
    at += column.write(value, at);
  }
  return column;
}

/** Dimensions, whether there are nulls, type, length, number of the first element; an empty array has no dimension. */
function head(type: number, values: readonly unknown[], size: number): Buffer {
  const column = Buffer.allocUnsafe(size);
  column.writeInt32BE(1, 0);
  column.writeInt32BE(values.includes(null) ? 1 : 0, 4);
  column.writeInt32BE(type, 8);
  column.writeInt32BE(values.length, 12);
  column.writeInt32BE(1, 16);
  return column;
}

/** PostgreSQL's text form of an array of texts, for arrays within a column. */
export function arrayLiteral(values: readonly string[]): string {
  return `{${values.map((value) => `"${value.replace(/["\\]/g, "\\$&")}"`).join(",")}}`;
}
