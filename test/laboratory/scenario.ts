import type { HttpOptions } from "../../src/client/http.ts";
import type { Fault } from "./misbehaving-server.ts";
import type { Provider } from "./provider.ts";

/** What the design promises for a scenario, once its harvests are over. */
export type Expectation =
  /** The last run is complete and every record is stored. */
  | { readonly kind: "all" }
  /** Complete with rejects: exactly these identifiers in quarantine, all others stored. "": one without identifier. */
  | { readonly kind: "rejected"; readonly identifiers: readonly string[] }
  /** Either of the two: the record is mended, or it is rejected. */
  | { readonly kind: "mended or rejected"; readonly identifiers: readonly string[] }
  /** Not complete, and the run says why in these words. */
  | { readonly kind: "named"; readonly says: RegExp }
  /** As `all`, or as `named`: both are right. */
  | { readonly kind: "either"; readonly says: RegExp };

/** A repository that misbehaves, and what must come of harvesting it. */
export interface Scenario {
  readonly name: string;
  /** Made anew for each repository: faults may remember what they did. */
  readonly faults: () => readonly Fault[];
  readonly expected: Expectation;
  /** Harvests in a row at most; they end with the first complete one. 1 where not given. */
  readonly runs?: number;
  readonly provider?: Partial<Provider>;
  readonly http?: Partial<HttpOptions>;
  /** The set that is harvested. */
  readonly setSpec?: string;
  /** Where to ask instead of the server's own address. */
  readonly baseUrl?: (own: string) => string;
  /** A server that takes connections and says nothing stands in for the repository. */
  readonly silent?: boolean;
  /** It matters how bodies travel: to be tried plain and compressed, with a length and in chunks. */
  readonly framed?: boolean;
}

export const ALL: Expectation = { kind: "all" };

export function rejected(...identifiers: readonly string[]): Expectation {
  return { kind: "rejected", identifiers };
}

export function mendedOrRejected(...identifiers: readonly string[]): Expectation {
  return { kind: "mended or rejected", identifiers };
}

export function named(says: RegExp): Expectation {
  return { kind: "named", says };
}

export function either(says: RegExp): Expectation {
  return { kind: "either", says };
}
