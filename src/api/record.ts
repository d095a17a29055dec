import Type from "typebox";
import { formatDatestamp } from "../oai/datestamp.ts";
import { type CommonRecord, fromStored } from "../record/common-record.ts";
import { commonRecordSchema } from "../record/schema.ts";
import type { FeedItem } from "../store/oai-list.ts";
import { component } from "./component.ts";
import { moment, orNull, text } from "./fields.ts";

const { $id: _, ...fields } = commonRecordSchema as typeof commonRecordSchema & { readonly $id: string };
/** The common record without the name that its schema has of its own: inside of another document that would begin a new one. */
export const commonRecordComponent = component("CommonRecord", fields as typeof commonRecordSchema);

/** A record of the feed. */
export const recordComponent = component(
  "Record",
  Type.Object({
    identifier: Type.String({ description: "Ours, never reused." }),
    datestamp: moment("When the published form last changed."),
    deleted: Type.Boolean({ description: "A tombstone: the record has left the feed." }),
    sets: Type.Array(text, { description: "Names (setSpec) of the sets that it is in." }),
    repository: Type.String({ description: "Code of the repository that it comes from." }),
    source: Type.Object(
      { identifier: text, datestamp: text, metadataNamespace: text },
      {
        description: "How its repository calls it, when it says that it changed (as sent), and the format it came in.",
      },
    ),
    record: orNull(Type.Unsafe<CommonRecord>({ $ref: "#/components/schemas/CommonRecord" })),
  }),
);

/** A record as the API shows it; of a deleted one nothing but its envelope, although the store still knows what it was. */
export function shownRecord(item: FeedItem): Type.Static<typeof recordComponent.schema> {
  return {
    identifier: item.oaiIdentifier,
    datestamp: formatDatestamp(item.stamp, "second"),
    deleted: item.deleted,
    sets: [...item.setSpecs],
    repository: item.repositoryCode,
    source: {
      identifier: item.sourceIdentifier,
      datestamp: item.sourceDatestamp,
      metadataNamespace: item.metadataNamespace,
    },
    record: item.deleted || item.published === null ? null : fromStored(item.published),
  };
}
