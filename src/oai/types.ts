import type { Granularity } from "./datestamp.ts";

/** How a repository treats items that are gone (OAI-PMH 2.0 §2.5.1). */
export type DeletedRecord = "no" | "transient" | "persistent";

/** What Identify tells (OAI-PMH 2.0 §4.2); what is missing or unreadable is `null`, as sent it is elsewhere. */
export interface Identity {
  readonly repositoryName: string | null;
  readonly baseUrl: string | null;
  readonly protocolVersion: string | null;
  readonly adminEmails: readonly string[];
  readonly earliestDatestamp: string | null;
  readonly deletedRecord: DeletedRecord;
  readonly granularity: Granularity;
  /** The repository's own clock when it answered, as it wrote it. */
  readonly responseDate: string | null;
}

/** One entry of ListMetadataFormats (OAI-PMH 2.0 §4.4). */
export interface MetadataFormat {
  readonly metadataPrefix: string;
  readonly schema: string;
  readonly namespace: string;
}

/** One entry of ListSets (OAI-PMH 2.0 §4.6). */
export interface OaiSet {
  readonly setSpec: string;
  readonly setName: string;
  /** Left out: nothing is said beside the name. */
  readonly description?: SetDescription;
}

/** What a set is, for people (OAI-PMH 2.0 §4.6, setDescription). */
export interface SetDescription {
  readonly titles: readonly WrittenText[];
  readonly texts: readonly WrittenText[];
  /** The address from which its records come; `null`: from many, or from none that others can reach. */
  readonly source: string | null;
}

/** A text and the language in which it is written (RFC 5646); `null`: nobody knows, or it is more than one. */
export interface WrittenText {
  readonly language: string | null;
  readonly value: string;
}

/** A record's header (OAI-PMH 2.0 §2.5), as sent. */
export interface Header {
  readonly identifier: string;
  /** As sent; the empty string where the repository left it out. */
  readonly datestamp: string;
  readonly setSpecs: readonly string[];
  readonly deleted: boolean;
}

/** A station of a record before the repository that sends it (OAI-PMH guidelines, provenance), as that one tells it. */
export interface Origin {
  readonly baseUrl: string;
  readonly identifier: string;
  readonly datestamp: string;
  readonly metadataNamespace: string;
  readonly harvestDate: string;
  readonly altered: boolean;
}

/** The resumptionToken element of a page (OAI-PMH 2.0 §3.5); `token` is `null` on the last page. */
export interface Resumption {
  readonly token: string | null;
  readonly completeListSize: number | null;
  readonly cursor: number | null;
}
