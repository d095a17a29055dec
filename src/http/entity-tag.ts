import { createHash } from "node:crypto";

const ENTITY_TAG = /(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"/g;

/**
 * Whether `If-None-Match` names the answer that there is (RFC 9110 §13.1.2), by weak comparison (§8.8.3.2): then the reader has it
 * already, and 304 says so.
 */
export function namesEntityTag(ifNoneMatch: string | undefined, entityTag: string): boolean {
  if (ifNoneMatch === undefined) return false;
  if (ifNoneMatch.trim() === "*") return true;
  const opaque = (tag: string) => tag.replace(/^W\//, "");
  return [...ifNoneMatch.matchAll(ENTITY_TAG)].some(([tag]) => opaque(tag) === opaque(entityTag));
}

/** 128 bits: nobody gains anything by finding two answers with the same one. */
const TAG_BYTES = 16;

/** A weak entity tag of an answer (RFC 9110 §8.8.3): the bytes that are sent depend on how they are packed. */
export function entityTagOf(body: string): string {
  return `W/"${createHash("sha256").update(body).digest().subarray(0, TAG_BYTES).toString("base64url")}"`;
}
