import { hash } from "node:crypto";
import type { StoredRecord } from "./common-record.ts";

/** SHA-256 of what a repository sent, 32 bytes: the same bytes, the same digest. */
export function rawDigest(raw: string): Buffer {
  return hash("sha256", raw, "buffer");
}

/** SHA-256 of a record's published form, 32 bytes, independent of the order in which objects were built. */
export function contentDigest(record: StoredRecord): Buffer {
  return hash("sha256", JSON.stringify(inOrder(record)), "buffer");
}

/** The value with the members of every object in the order of their names. */
export function inOrder(value: unknown): unknown {
  if (value === null || typeof value !== "object") return value;
  if (Array.isArray(value)) return value.map(inOrder);
  const object = value as Readonly<Record<string, unknown>>;
  const ordered: Record<string, unknown> = {};
  for (const key of Object.keys(object).sort()) ordered[key] = inOrder(object[key]);
  return ordered;
}
