import type { OutgoingCrosswalk, PublishedRecord } from "../crosswalk/outgoing.ts";
import { formatDatestamp } from "../oai/datestamp.ts";
import { fromStored } from "../record/common-record.ts";
import type { FeedItem } from "../store/oai-list.ts";
import { headerElement } from "./header.ts";
import { provenanceElement } from "./provenance.ts";

/**
 * A record in a format (OAI-PMH 2.0 §2.5), with `about` behind its provenance; of a deleted one its header alone, although the store still knows what it
 * was (§2.5.1).
 */
export function recordElement(item: FeedItem, format: OutgoingCrosswalk, about = ""): string {
  const datestamp = formatDatestamp(item.stamp, "second");
  const header = headerElement(item, datestamp);
  const published = publishedOf(item);
  if (published === null) return `<record>${header}</record>`;
  return `<record>${header}<metadata>${format.write(published)}</metadata>${provenanceElement(item, datestamp)}${about}</record>`;
}

/** The record as crosswalks take it; `null`: it is deleted. */
export function publishedOf(item: FeedItem): PublishedRecord | null {
  if (item.deleted || item.published === null) return null;
  return {
    oaiIdentifier: item.oaiIdentifier,
    datestamp: item.stamp,
    source: {
      repositoryCode: item.repositoryCode,
      repositoryName: item.repositoryName,
      identifier: item.sourceIdentifier,
    },
    record: fromStored(item.published),
  };
}
