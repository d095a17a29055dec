import { createHash } from "node:crypto";
import { Problem } from "./problem.ts";

/** Nobody gains anything by finding two places with the same check; a typing error passes once in 2^48 times. */
const CHECK_BYTES = 6;

/**
 * Writes the place at which a list goes on, for whoever reads it to bring back as it is. `list` tells which list it is: its
 * path and its filters. The place is not signed, since it opens nothing: every place of a list may be read by anybody. So it
 * needs no secret, is good on every server and does not expire; its check refuses one that was cut off, or that is brought
 * to another list, where records would be missed without a word.
 */
export function writePlace(list: string, place: readonly (string | number)[]): string {
  const line = place.join(" ");
  return Buffer.concat([checkOf(list, line), Buffer.from(line)]).toString("base64url");
}

/**
 * Reads the place that `writePlace` wrote for this list; its parts, one space between them, are the groups of `form`. Throws
 * `Problem` `bad-place`.
 */
export function readPlace(list: string, given: string, form: RegExp): readonly string[] {
  const line = Buffer.from(given, "base64url").subarray(CHECK_BYTES).toString();
  const [, ...place] = form.exec(line) ?? [];
  // written again, because base64url can be written in more than one way
  if (place.length > 0 && writePlace(list, place) === given) return place;
  throw new Problem(
    "bad-place",
    `"after" is none that this list gave: follow "next" of the page before as it is, with the same filters, or leave "after" out to begin anew`,
  );
}

function checkOf(list: string, line: string): Buffer {
  return createHash("sha256")
    .update(JSON.stringify([list, line]))
    .digest()
    .subarray(0, CHECK_BYTES);
}
