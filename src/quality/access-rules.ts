import type { CommonRecord } from "../record/common-record.ts";
import { coarType, kindOf } from "./kinds.ts";
import type { QualityRule } from "./rule.ts";

const OPEN = "http://purl.org/coar/access_right/c_abf2";
const EMBARGOED = "http://purl.org/coar/access_right/c_f1cf";
/**
 * Types that LA Referencia's central node takes: article, masterThesis, doctoralThesis, report, book, bookPart, dataset;
 * narrower concepts of COAR count as what they are narrower than.
 */
const ACCEPTED_TYPES: ReadonlySet<string> = new Set(
  ["c_6501", "c_2df8fbb1", "c_dcae04bc", "c_beb9", "c_bdcc", "c_db06", "c_93fc", "c_18ws", "c_18gh", "c_186u"]
    .concat("c_2f33", "c_3248")
    .map(coarType),
);

const hasMediaType = ({ mediaType }: CommonRecord["files"][number]) => mediaType !== undefined;

/** Rules on what may be done with the item and where its text is, and what LA Referencia takes. */
export const ACCESS_RULES: readonly QualityRule[] = [
  {
    code: "access-rights",
    bit: 4,
    fields: ["accessRights"],
    severity: "warning",
    // without `raw` it is what the repository declared for all of its records: this one does not say
    met: ({ accessRights }) => accessRights?.raw !== undefined,
    value: ({ accessRights }) => accessRights?.raw ?? null,
    because: ["unmatched-access-rights", "conflicting-access-rights"],
  },
  {
    code: "full-text",
    bit: 12,
    fields: ["files"],
    severity: "warning",
    applies: ({ accessRights, holdings }) => accessRights?.uri === OPEN && holdings.length === 0,
    met: ({ files }) => files.length > 0,
    value: ({ files }) => files[0]?.url ?? null,
    because: ["private-address", "invalid-url"],
  },
  {
    code: "embargo-end",
    bit: 13,
    fields: ["embargoEnd"],
    severity: "warning",
    applies: ({ accessRights }) => accessRights?.uri === EMBARGOED,
    met: ({ embargoEnd }) => embargoEnd !== null,
    value: ({ embargoEnd }) => embargoEnd,
    because: ["unreadable-date"],
  },
  {
    code: "license",
    bit: 14,
    fields: ["license"],
    severity: "info",
    applies: ({ holdings }) => holdings.length === 0,
    met: ({ license }) => license !== null,
    value: ({ license, rightsNotes }) => license?.uri ?? rightsNotes[0] ?? null,
    because: [],
  },
  {
    code: "version",
    bit: 15,
    fields: ["version"],
    severity: "info",
    // only of these does more than one version go about
    applies: (record) => {
      const kind = kindOf(record);
      return kind === "article" || kind === "conference" || kind === "preprint";
    },
    met: ({ version }) => version !== null,
    value: ({ version }) => version?.label ?? null,
    because: [],
  },
  {
    code: "media-type",
    bit: 16,
    fields: ["formats", "files"],
    severity: "info",
    applies: ({ files, accessRights }) => files.length > 0 || accessRights?.uri === OPEN,
    met: ({ formats, files }) => formats.length > 0 || files.some(hasMediaType),
    value: ({ formats, files }) => formats[0] ?? files.find(hasMediaType)?.mediaType ?? null,
    because: [],
  },
  {
    code: "accepted-type",
    bit: 24,
    fields: ["resourceType"],
    severity: "warning",
    met: ({ resourceType }) =>
      resourceType !== null && (resourceType.general === "dataset" || ACCEPTED_TYPES.has(resourceType.uri)),
    value: ({ resourceType }) => resourceType?.raw ?? null,
    because: ["unmatched-type"],
  },
  {
    code: "accepted-access",
    bit: 25,
    fields: ["accessRights"],
    severity: "warning",
    met: ({ accessRights }) => accessRights?.uri === OPEN || accessRights?.uri === EMBARGOED,
    value: ({ accessRights }) => accessRights?.raw ?? accessRights?.label ?? null,
    because: ["unmatched-access-rights", "conflicting-access-rights"],
  },
];
