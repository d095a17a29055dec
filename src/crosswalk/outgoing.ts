import type { CommonRecord } from "../record/common-record.ts";

/** A record as the provider and the exports hand it to an outgoing crosswalk: the record and its envelope. */
export interface PublishedRecord {
  /** The identifier under which we serve it. */
  readonly oaiIdentifier: string;
  /** When its published form last changed. */
  readonly datestamp: Date;
  readonly source: {
    readonly repositoryCode: string;
    readonly repositoryName: string;
    /** The identifier under which the repository serves it. */
    readonly identifier: string;
  };
  readonly record: CommonRecord;
}

/** A format we serve: what ListMetadataFormats says of it, and how a record is written in it. */
export interface OutgoingCrosswalk {
  readonly metadataPrefix: string;
  readonly schema: string;
  readonly namespace: string;
  /** Fields without which a record cannot be written in this format: it is not available in it then. None by default. */
  readonly requires?: readonly (keyof CommonRecord)[];
  /** The XML that stands inside `<metadata>`: one element with every namespace it uses declared on it. */
  readonly write: (published: PublishedRecord) => string;
}
