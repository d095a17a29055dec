import type { OutgoingCrosswalk, PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import { writeMarcXml } from "../../../src/marc/marcxml.ts";
import type { MarcField, MarcRecord } from "../../../src/marc/record.ts";
import { descriptionFields, hostFields } from "./description.ts";
import { field } from "./fields.ts";
import { fixedFields, leaderOf } from "./fixed-fields.ts";
import { linkFields, relationFields } from "./links.ts";
import { nameFields } from "./names.ts";
import { noteFields } from "./notes.ts";
import { numberFields } from "./numbers.ts";
import { subjectFields } from "./subjects.ts";

const NAMESPACE = "http://www.loc.gov/MARC21/slim";
const SCHEMA = "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd";
const RECORD = "<record";
const INSTANCE = ` xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"`;
const SCHEMA_LOCATION = `${INSTANCE} xsi:schemaLocation="${NAMESPACE} ${SCHEMA}"`;

/** MARC 21 as MARCXML, made so that a Vietnamese library system can take it in as it is; see README.md. */
export const marc21Out: OutgoingCrosswalk = {
  metadataPrefix: "marc21",
  schema: SCHEMA,
  namespace: NAMESPACE,
  write: (published) => RECORD + SCHEMA_LOCATION + writeMarcXml(marcOf(published)).slice(RECORD.length),
};

/** The MARC 21 record of a published record, fields in the order of their tags, long notes cut to what ISO 2709 can carry. */
export function marcOf(published: PublishedRecord): MarcRecord {
  const { record } = published;
  const links = linkFields(record);
  // there is an address at which the work, or its front door, can be reached
  const isOnline = links.length > 0;
  const fields: MarcField[] = [
    ...numberFields(published),
    ...nameFields(record),
    ...descriptionFields(record, isOnline),
    ...noteFields(record),
    ...subjectFields(record),
    ...hostFields(record),
    ...relationFields(record),
    ...record.holdings.flatMap(({ institution, location, callNumber }) =>
      field("852", "  ", [
        ["a", institution],
        ["b", location],
        ["h", callNumber],
      ]),
    ),
    ...links,
  ];
  fields.sort((one, other) => (one.tag < other.tag ? -1 : one.tag > other.tag ? 1 : 0));
  return { leader: leaderOf(record), fields: [...fixedFields(published, isOnline), ...fields] };
}
