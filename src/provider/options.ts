import type { OutgoingCrosswalk } from "../crosswalk/outgoing.ts";
import type { Db } from "../store/database.ts";
import type { HorizonReader } from "../store/recent-horizon.ts";

/** What the provider needs to know of the world. */
export interface ProviderOptions {
  readonly db: Db;
  /** Up to which moment the feed in `db` is complete. */
  readonly horizon: HorizonReader;
  /** The address under which others reach us, as Identify tells it: never taken from a request. */
  readonly baseUrl: string;
  /** Domain of the identifiers we give. */
  readonly domain: string;
  readonly repositoryName: string;
  readonly adminEmails: readonly string[];
  /** Items on a page of a list. */
  readonly pageSize: number;
  /** Signs resumption tokens; the same in every process that serves this feed. */
  readonly tokenSecret: string;
  readonly formats: readonly OutgoingCrosswalk[];
  readonly productVersion: string;
  /** Address of the licence of our metadata; `null` or left out: nothing is said about it. */
  readonly metadataRights?: string | null;
}

/** What a verb answers: the element that is named like it, in pieces, and the moment for which it speaks. */
export interface Answered {
  readonly body: readonly string[];
  readonly responseDate: Date;
  /** Where records or their headers were asked for. */
  readonly delivered?: Delivered;
}

/** Which records an answer delivers, for whoever counts. */
export interface Delivered {
  readonly metadataPrefix: string;
  /** `null`: of the whole feed. */
  readonly setSpec: string | null;
  /** Records with their metadata: headers alone are none. */
  readonly records: number;
  /** The list of records ends here. */
  readonly lastPage: boolean;
}
