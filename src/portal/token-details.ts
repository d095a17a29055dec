/** What a resumptionToken of the feed stands for; what it does not say, or says unreadably, is `null`. */
export interface TokenDetails {
  readonly verb: string;
  readonly metadataPrefix: string | null;
  readonly set: string | null;
  readonly from: Date | null;
  readonly until: Date | null;
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

/** Tells what a token stands for; `null`: it is none of ours. */
export type ExplainToken = (text: string) => TokenDetails | null;
