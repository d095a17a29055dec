import type { OutgoingCrosswalk } from "../crosswalk/outgoing.ts";
import { formatDatestamp } from "../oai/datestamp.ts";
import { fromStored } from "../record/common-record.ts";
import type { FeedItem } from "../store/oai-list.ts";
import { headerElement } from "./header.ts";
import { provenanceElement } from "./provenance.ts";

/**
 * A record in a format (OAI-PMH 2.0 §2.5); of a deleted one its header alone, although the store still knows what it
 * was (§2.5.1).
 */
export function recordElement(item: FeedItem, format: OutgoingCrosswalk): string {
  const datestamp = formatDatestamp(item.stamp, "second");
  const header = headerElement(item, datestamp);
  if (item.deleted || item.published === null) return `<record>${header}</record>`;
  const metadata = format.write({
    oaiIdentifier: item.oaiIdentifier,
    datestamp: item.stamp,
    source: {
      repositoryCode: item.repositoryCode,
      repositoryName: item.repositoryName,
      identifier: item.sourceIdentifier,
    },
    record: fromStored(item.published),
  });
  return `<record>${header}<metadata>${metadata}</metadata>${provenanceElement(item, datestamp)}</record>`;
}
