import { parseDate } from "../../../src/crosswalk/dates.ts";
import { grantsDegrees } from "../../../src/crosswalk/organizations.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { DcValue, DublinCore } from "./dublin-core.ts";
import { thesisEvidence } from "./types.ts";

type Thesis = NonNullable<CommonRecord["thesis"]>;

/** The degree of a thesis: what elements of its own say, else level and discipline of type, note or title, and the publisher. */
export function thesis(dc: DublinCore): Mapped<Thesis> | null {
  const evidence = dc.kept(thesisEvidence);
  if (evidence === null) return null;
  const { level, note, from } = evidence;
  const said = note?.thesis ?? null;
  const stated = (part: string) =>
    dc.values("thesis").find(({ refinement, text }) => refinement === part && text !== "");
  const [name, discipline, department] = [stated("degreeName"), stated("discipline"), stated("department")];
  const grantor = stated("grantor") ?? dc.values("publisher").find(({ text }) => grantsDegrees(text));
  const defence = dc.values("date").find(({ refinement }) => refinement === "defended");
  const defenceDate = parseDate(defence?.text ?? "")?.value;
  const degreeName = name?.text ?? said?.degreeName;
  const value: { -readonly [Part in keyof Thesis]: Thesis[Part] } = {};
  if (level !== null) value.level = level;
  if (degreeName != null) value.degreeName = degreeName;
  if (discipline !== undefined) value.discipline = { label: discipline.text };
  else if (said?.discipline != null) value.discipline = said.discipline;
  if (grantor !== undefined) value.grantor = { name: grantor.text };
  if (department !== undefined) value.department = department.text;
  if (defenceDate !== undefined) value.defenceDate = defenceDate;
  const found = [...from, note?.value, name, discipline, grantor, department, defence].filter((each) => each != null);
  return Object.keys(value).length === 0 ? null : mapped(value, ...nodesOf(found));
}

function nodesOf(values: readonly DcValue[]): readonly DcValue["node"][] {
  return [...new Set(values.map(({ node }) => node))];
}
