import { createHash } from "node:crypto";
import type { StoredRecord } from "./common-record.ts";

/** SHA-256 of what a repository sent, 32 bytes: the same bytes, the same digest. */
export function rawDigest(raw: string): Buffer {
  return createHash("sha256").update(raw).digest();
}

/** SHA-256 of a record's published form, 32 bytes, independent of the order in which objects were built. */
export function contentDigest(record: StoredRecord): Buffer {
  return createHash("sha256").update(canonical(record)).digest();
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const object = value as Readonly<Record<string, unknown>>;
  const members: string[] = [];
  for (const key of Object.keys(object).sort()) {
    if (object[key] !== undefined) members.push(`${JSON.stringify(key)}:${canonical(object[key])}`);
  }
  return `{${members.join(",")}}`;
}
