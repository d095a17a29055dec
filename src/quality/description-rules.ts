import type { CommonRecord } from "../record/common-record.ts";
import { kindOf } from "./kinds.ts";
import type { QualityRule, Remark } from "./rule.ts";

/** Kinds of items that come with an abstract; `null`: the type is not known. */
const ABSTRACTED: ReadonlySet<string | null> = new Set([
  "thesis",
  "article",
  "conference",
  "preprint",
  "report",
  "dataset",
  null,
]);
/** Kinds of items that stand in a larger one. */
const CONTAINED: ReadonlySet<string | null> = new Set(["article", "conference", "part"]);

const isThesis = (record: CommonRecord) => kindOf(record) === "thesis";
const isAbstract = ({ type }: CommonRecord["descriptions"][number]) => type === "abstract";

/** Rules on who made the item, what it is about, and theses. Where the type is not known, what most items have applies. */
export const DESCRIPTION_RULES: readonly QualityRule[] = [
  {
    code: "creator",
    bit: 5,
    fields: ["creators"],
    severity: "warning",
    // serials and collections have no author, and some works name none
    applies: (record, remarks) => {
      const kind = kindOf(record);
      return kind !== "serial" && kind !== "collection" && !remarked(remarks, "no-name");
    },
    met: ({ creators }) => creators.length > 0,
    value: ({ creators }) => creators[0]?.name ?? null,
    because: ["no-name"],
  },
  {
    code: "contributor",
    bit: 6,
    fields: ["contributors"],
    severity: "warning",
    applies: isThesis,
    met: ({ contributors }) => contributors.length > 0,
    value: ({ contributors }) => contributors[0]?.name ?? null,
    because: ["unmatched-role"],
  },
  {
    code: "publisher",
    bit: 7,
    fields: ["publishers"],
    severity: "warning",
    // of a thesis the institution that granted the degree is enough
    applies: (record) => kindOf(record) !== "manuscript" && record.thesis?.grantor === undefined,
    met: ({ publishers }) => publishers.length > 0,
    value: ({ publishers }) => publishers[0]?.name ?? null,
    because: [],
  },
  {
    code: "language",
    bit: 8,
    fields: ["languages"],
    severity: "warning",
    applies: ({ resourceType }) => resourceType === null || resourceType.general === "literature",
    // one that was guessed from the letters of the title is not said by the record
    met: ({ languages }, remarks) => languages.length > 0 && !remarked(remarks, "language-guessed"),
    value: ({ languages }) => languages[0] ?? null,
    because: ["unmatched-language", "language-guessed"],
  },
  {
    code: "abstract",
    bit: 9,
    fields: ["descriptions"],
    severity: "warning",
    applies: (record) => ABSTRACTED.has(kindOf(record)),
    met: ({ descriptions }) => descriptions.some(isAbstract),
    value: ({ descriptions }) => (descriptions.find(isAbstract) ?? descriptions[0])?.value ?? null,
    because: ["placeholder"],
  },
  {
    code: "subject",
    bit: 10,
    fields: ["subjects"],
    severity: "warning",
    met: ({ subjects }) => subjects.length > 0,
    value: ({ subjects }) => subjects[0]?.value ?? null,
    because: ["invalid-classification", "placeholder"],
  },
  {
    code: "host-publication",
    bit: 17,
    fields: ["host"],
    severity: "info",
    applies: (record) => CONTAINED.has(kindOf(record)),
    met: ({ host }) => host !== null,
    value: ({ host }) => host?.title ?? host?.note ?? null,
    because: [],
  },
  {
    code: "relation",
    bit: 26,
    fields: ["relations"],
    severity: "info",
    met: ({ relations }) => relations.length > 0,
    value: ({ relations }) => relations[0]?.target.value ?? null,
    because: [],
  },
  {
    code: "sound-text",
    bit: 20,
    fields: ["titles", "creators", "contributors", "publishers", "descriptions", "subjects"],
    severity: "warning",
    applies: ({ titles }) => titles.length > 0,
    met: (_, remarks) => !remarked(remarks, "lossy-question-marks") && !remarked(remarks, "double-conversion"),
    value: ({ titles }) => titles[0]?.value ?? null,
    because: ["lossy-question-marks", "double-conversion"],
  },
  {
    code: "thesis-level",
    bit: 21,
    fields: ["thesis"],
    severity: "warning",
    applies: isThesis,
    met: ({ thesis }) => thesis?.level !== undefined,
    value: ({ thesis, resourceType }) => thesis?.level ?? resourceType?.raw ?? null,
    because: [],
  },
  {
    code: "thesis-grantor",
    bit: 22,
    fields: ["thesis"],
    severity: "warning",
    applies: isThesis,
    met: ({ thesis }) => thesis?.grantor !== undefined,
    value: ({ thesis }) => thesis?.grantor?.name ?? null,
    because: [],
  },
  {
    code: "thesis-discipline",
    bit: 23,
    fields: ["thesis"],
    severity: "warning",
    applies: isThesis,
    met: ({ thesis }) => thesis?.discipline !== undefined,
    value: ({ thesis }) => thesis?.discipline?.label ?? null,
    because: [],
  },
];

/** Asked several times for every record that is stored, so it makes nothing. */
function remarked(remarks: readonly Remark[], code: string): boolean {
  for (const remark of remarks) if (remark.code === code) return true;
  return false;
}
