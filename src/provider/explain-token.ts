import { type ListToken, openToken, type SetsToken, TOKEN_LIFETIME_MS } from "./token.ts";

/** What a resumptionToken stands for. Dates and numbers that cannot be read are `null`: one that we did not sign may hold anything. */
export interface TokenExplanation {
  readonly verb: ListToken["verb"] | SetsToken["verb"];
  /** `null` for the list of sets, which has no format. */
  readonly metadataPrefix: string | null;
  /** `null`: the whole feed. */
  readonly set: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
  /** The last item that was given: its stamp and our number of it, or a setSpec. */
  readonly after: { readonly stamp: Date | null; readonly recordId: number | null } | string;
  /** How many items were given so far. */
  readonly cursor: number | null;
  readonly completeListSize: number | null;
  /** The `responseDate` of its pages. */
  readonly horizon: Date | null;
  readonly issued: Date;
  readonly expires: Date;
  /** Why the feed does not take it. */
  readonly objection: "foreign" | "expired" | null;
}

/** Explains a token to a person, whoever signed it and whenever; `null`: it is no token of this program. */
export function explainToken(secret: string, text: string, now: Date): TokenExplanation | null {
  const opened = openToken(secret, text.trim());
  if (opened === null) return null;
  const { ours, issued, token } = opened;
  const expires = new Date(issued.getTime() + TOKEN_LIFETIME_MS);
  const fresh = expires < now ? "expired" : null;
  return {
    ...(token.verb === "ListSets" ? placeAmongSets(token) : placeInList(token)),
    cursor: readable(token.cursor),
    horizon: moment(token.horizon),
    issued,
    expires,
    objection: ours ? fresh : "foreign",
  };
}

function placeAmongSets({ verb, afterSetSpec: after }: SetsToken) {
  return { verb, metadataPrefix: null, set: null, from: null, until: null, after, completeListSize: null };
}

function placeInList({ verb, metadataPrefix, set, from, until, after, completeListSize }: ListToken) {
  return {
    verb,
    metadataPrefix,
    set,
    from: moment(from),
    until: moment(until),
    after: { stamp: moment(after.stamp), recordId: readable(after.recordId) },
    completeListSize: readable(completeListSize),
  };
}

function moment(instant: Date | null): Date | null {
  return instant === null || Number.isNaN(instant.getTime()) ? null : instant;
}

function readable(count: number | null): number | null {
  return Number.isSafeInteger(count) ? count : null;
}
