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
  return listToken(verb, readFields(secret, text, verb, now));
}

/** Reads a token of the list of sets. Throws `OaiError` `badResumptionToken` as `readListToken` does. */
export function readSetsToken(secret: string, text: string, now: Date): SetsToken {
  return setsToken(readFields(secret, text, "ListSets", now));
}

/** A token as it is, good or not. */
export interface OpenedToken {
  /** Signed with this secret, and not changed since. */
  readonly ours: boolean;
  readonly issued: Date;
  readonly token: ListToken | SetsToken;
}

/** Opens a token whoever signed it and whenever, for a person who wants to know what is in it; `null`: it is no token of this program. */
export function openToken(secret: string, text: string): OpenedToken | null {
  const { ours, version, verb, issued, fields } = takeApart(secret, text);
  if (version !== VERSION || Number.isNaN(issued.getTime())) return null;
  if (verb === "ListSets") return { ours, issued, token: setsToken(fields) };
  if (verb === "ListRecords" || verb === "ListIdentifiers") return { ours, issued, token: listToken(verb, fields) };
  return null;
}

function listToken(verb: ListToken["verb"], fields: readonly string[]): ListToken {
  const [prefix = "", set, from, until, horizon, stamp, recordId, cursor, size] = fields;
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

function setsToken([horizon, afterSetSpec = "", cursor]: readonly string[]): SetsToken {
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
function readFields(secret: string, text: string, expectedVerb: Verb, now: Date): readonly string[] {
  const { ours, version, verb, issued, fields } = takeApart(secret, text);
  if (!ours) throw new OaiError("badResumptionToken", "this resumptionToken was not given by this repository");
  if (version !== VERSION) throw new OaiError("badResumptionToken", "this resumptionToken is of an older version");
  if (verb !== expectedVerb)
    throw new OaiError("badResumptionToken", `this resumptionToken does not belong to ${expectedVerb}`);
  if (issued.getTime() + TOKEN_LIFETIME_MS < now.getTime())
    throw new OaiError("badResumptionToken", "this resumptionToken has expired");
  return fields;
}

function takeApart(secret: string, text: string) {
  const [payload = "", signature = "", ...rest] = text.split(".");
  const expected = mac(secret, payload);
  const given = Buffer.from(signature, "base64url");
  // base64url can be written in more than one way; only the way we write it is ours
  const canonical = given.toString("base64url") === signature && rest.length === 0;
  const ours = canonical && given.length === expected.length && timingSafeEqual(given, expected);
  const [version, verb, issued, ...fields] = Buffer.from(payload, "base64url").toString("utf8").split(" ");
  return { ours, version, verb, issued: date(issued), fields };
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
