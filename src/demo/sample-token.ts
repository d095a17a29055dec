/** Where a list stands. Kept whole inside the resumptionToken, so that the server remembers nothing. */
export interface ListPosition {
  readonly metadataPrefix: string;
  readonly set: string | null;
  readonly from: string | null;
  readonly until: string | null;
  readonly cursor: number;
}

/** `prefix|set|from|until|cursor` in base64url; no part can hold the bar. */
export function writeToken(position: ListPosition): string {
  const { metadataPrefix, set, from, until, cursor } = position;
  return Buffer.from([metadataPrefix, set ?? "", from ?? "", until ?? "", cursor].join("|")).toString("base64url");
}

/** The position a token stands for, or null when we never wrote such a token. */
export function readToken(token: string): ListPosition | null {
  const parts = Buffer.from(token, "base64url").toString("utf8").split("|");
  const [metadataPrefix = "", set = "", from = "", until = "", cursor = ""] = parts;
  if (parts.length !== 5 || !/^[1-9]\d*$/.test(cursor)) return null;
  return {
    metadataPrefix,
    set: set || null,
    from: from || null,
    until: until || null,
    cursor: Number(cursor),
  };
}
