import { grantsDegrees } from "../../../src/crosswalk/organizations.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { DublinCore } from "./dublin-core.ts";
import { thesisEvidence } from "./types.ts";

type Thesis = NonNullable<CommonRecord["thesis"]>;

/** The degree of a thesis: level from type, note, code of programme or title; who granted it is the publisher. */
export function thesis(dc: DublinCore): Mapped<Thesis> | null {
  const evidence = dc.kept(thesisEvidence);
  if (evidence === null) return null;
  const { level, note, from } = evidence;
  const grantor = dc.values("publisher").find(({ text }) => grantsDegrees(text));
  const said = note?.thesis ?? null;
  const value: { -readonly [Part in keyof Thesis]: Thesis[Part] } = {};
  if (level !== null) value.level = level;
  if (said?.degreeName != null) value.degreeName = said.degreeName;
  if (said?.discipline != null) value.discipline = said.discipline;
  if (grantor !== undefined) value.grantor = { name: grantor.text };
  const found = [...from, note?.value, grantor].filter((each) => each != null);
  return Object.keys(value).length === 0 ? null : mapped(value, ...new Set(found.map(({ node }) => node)));
}
