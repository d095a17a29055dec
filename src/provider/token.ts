import { createHmac, timingSafeEqual } from "node:crypto";
import { OaiError } from "../oai/errors.ts";
import type { Verb } from "../oai/verbs.ts";
import type { ListPosition } from "../store/oai-list.ts";

/** Where a list of records or headers goes on: everything the next page needs, so that no server has to remember it. */
export interface ListToken {
  readonly verb: "ListIdentifiers" | "ListRecords";
  readonly metadataPrefix: string;
  readonly set: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
  /** The list ends here, and this is the `responseDate` of its pages. */
  readonly horizon: Date;
  /** The last item that was given. */
  readonly after: ListPosition;
  /** How many items were given so far. */
  readonly cursor: number;
  /** `null` where only an estimate could be given. */
  readonly completeListSize: number | null;
}

/** Where the list of sets goes on. */
export interface SetsToken {
  readonly verb: "ListSets";
  readonly horizon: Date;
  readonly afterSetSpec: string;
  readonly cursor: number;
}

/** How long a token is good for, counted from the answer that gave it. */
export const TOKEN_LIFETIME_MS = 24 * 60 * 60 * 1000;

/** Changes whenever the fields of a token do: one that an older program gave is refused, never misread. */
const VERSION = "1";
/** Stands for "there is none": no field that is there is empty. */
const NONE = "";
/** 128 bits of the HMAC (RFC 2104 §5): half the length, and still nobody guesses it. */
const MAC_BYTES = 16;

/**
 * Writes a token of URL-safe characters: a readable line in base64url, a full stop, its HMAC-SHA256. `issued` is the
 * moment from which its lifetime counts.
 */
export function writeToken(secret: string, token: ListToken | SetsToken, issued: Date): string {
  const fields = token.verb === "ListSets" ? setsFields(token) : listFields(token);
  const line = [VERSION, token.verb, seconds(issued), ...fields].join(" ");
  const payload = Buffer.from(line, "utf8").toString("base64url");
  return `${payload}.${mac(secret, payload).toString("base64url")}`;
}

/**
 * Reads a token of a list of records or headers. Throws `OaiError` `badResumptionToken` where it is not ours, was
 * tampered with, has expired at `now` or belongs to another verb (OAI-PMH 2.0 §3.5).
 */
export function readListToken(secret: string, text: string, verb: ListToken["verb"], now: Date): ListToken {
  const [prefix = "", set, from, until, horizon, stamp, recordId, cursor, size] = readFields(secret, text, verb, now);
  return {
    verb,
    metadataPrefix: prefix,
    set: set === undefined || set === NONE ? null : set,
    from: optionalDate(from),
    until: optionalDate(until),
    horizon: date(horizon),
    after: { stamp: date(stamp), recordId: Number(recordId) },
    cursor: Number(cursor),
    completeListSize: size === NONE ? null : Number(size),
  };
}

/** Reads a token of the list of sets. Throws `OaiError` `badResumptionToken` as `readListToken` does. */
export function readSetsToken(secret: string, text: string, now: Date): SetsToken {
  const [horizon, afterSetSpec = "", cursor] = readFields(secret, text, "ListSets", now);
  return { verb: "ListSets", horizon: date(horizon), afterSetSpec, cursor: Number(cursor) };
}

function listFields(token: ListToken): readonly string[] {
  return [
    token.metadataPrefix,
    token.set ?? NONE,
    token.from === null ? NONE : seconds(token.from),
    token.until === null ? NONE : seconds(token.until),
    seconds(token.horizon),
    seconds(token.after.stamp),
    String(token.after.recordId),
    String(token.cursor),
    token.completeListSize === null ? NONE : String(token.completeListSize),
  ];
}

function setsFields(token: SetsToken): readonly string[] {
  return [seconds(token.horizon), token.afterSetSpec, String(token.cursor)];
}

/** The fields behind version, verb and moment of issue, once all three are what they must be. */
function readFields(secret: string, text: string, verb: Verb, now: Date): readonly string[] {
  const [payload = "", signature = "", ...rest] = text.split(".");
  const expected = mac(secret, payload);
  const given = Buffer.from(signature, "base64url");
  // base64url can be written in more than one way; only the way we write it is ours
  const canonical = given.toString("base64url") === signature && rest.length === 0;
  if (!canonical || given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new OaiError("badResumptionToken", "this resumptionToken was not given by this repository");
  const [version, tokenVerb, issued, ...fields] = Buffer.from(payload, "base64url").toString("utf8").split(" ");
  if (version !== VERSION) throw new OaiError("badResumptionToken", "this resumptionToken is of an older version");
  if (tokenVerb !== verb) throw new OaiError("badResumptionToken", `this resumptionToken does not belong to ${verb}`);
  if (date(issued).getTime() + TOKEN_LIFETIME_MS < now.getTime())
    throw new OaiError("badResumptionToken", "this resumptionToken has expired");
  return fields;
}

function mac(secret: string, payload: string): Buffer {
  return createHmac("sha256", secret).update(payload).digest().subarray(0, MAC_BYTES);
}

function seconds(moment: Date): string {
  return String(Math.floor(moment.getTime() / 1000));
}

function date(text: string | undefined): Date {
  return new Date(Number(text) * 1000);
}

function optionalDate(text: string | undefined): Date | null {
  return text === undefined || text === NONE ? null : date(text);
}
