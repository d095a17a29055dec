import type { MarcDataField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { field, note } from "./fields.ts";

const OPEN_ACCESS = "http://purl.org/coar/access_right/c_abf2";
/** What Vietnamese libraries write into 502 $b. */
const DEGREES: Readonly<Record<string, string>> = { bachelor: "Đại học", master: "Thạc sĩ", doctoral: "Tiến sĩ" };
const NOTE_TAGS = {
  abstract: ["520", "3 "],
  toc: ["505", "0 "],
  note: ["500", "  "],
} as const;

/** 500 to 540: notes, thesis, contents, access, abstract, audience, funding, licence. */
export function noteFields(record: CommonRecord): readonly MarcDataField[] {
  return [
    ...record.sourceNotes.flatMap((text) => note("500", "  ", text)),
    ...(record.version === null ? [] : note("500", "  ", `Phiên bản: ${record.version.label}`)),
    ...thesisFields(record),
    ...record.descriptions.flatMap(({ type, value }) =>
      type === "thesisNote" ? [] : note(NOTE_TAGS[type][0], NOTE_TAGS[type][1], value),
    ),
    ...accessFields(record),
    ...record.audience.flatMap((text) => note("521", "  ", text)),
    ...record.funding.flatMap(({ funderName, awardTitle, awardNumber }) =>
      field("536", "  ", [
        ["a", [funderName, awardTitle].filter((text) => text !== undefined).join(": ")],
        ["c", awardNumber],
      ]),
    ),
    ...field("540", "  ", [
      ["a", record.license?.label],
      ["u", record.license?.uri],
    ]),
    ...record.rightsNotes.flatMap((text) => note("540", "  ", text)),
  ];
}

/** 502 with its parts where they are known; the source's own note then stays as a general one, and is 502 $a otherwise. */
function thesisFields(record: CommonRecord): readonly MarcDataField[] {
  const { thesis, issued } = record;
  const written = record.descriptions.filter(({ type }) => type === "thesisNote").map(({ value }) => value);
  if (thesis === null) return written.flatMap((text) => note("502", "  ", text));
  const { degreeName, level, grantor, department, discipline, defenceDate } = thesis;
  const code = discipline?.code === undefined ? "" : ` (${discipline.code})`;
  return [
    ...field("502", "  ", [
      ["b", degreeName ?? (level === undefined ? null : DEGREES[level])],
      ["c", grantor?.name],
      ["d", /^\d{4}/.exec(defenceDate ?? issued?.value ?? "")?.[0]],
      ["g", discipline === undefined ? null : `Chuyên ngành: ${discipline.label}${code}`],
      ["g", department],
    ]),
    ...written.flatMap((text) => note("500", "  ", text)),
  ];
}

/** 506: first indicator 0 = no restrictions; $f with the term of the STAR list; $g the day on which an embargo ends. */
function accessFields({ accessRights, embargoEnd }: CommonRecord): readonly MarcDataField[] {
  if (accessRights === null) return [];
  const isOpen = accessRights.uri === OPEN_ACCESS;
  return field("506", isOpen ? "0 " : "1 ", [
    ["a", accessRights.label],
    ["f", isOpen ? "Unrestricted online access" : null],
    ["2", isOpen ? "star" : null],
    ["g", embargoEnd?.replaceAll("-", "")],
    ["u", accessRights.uri],
  ]);
}
