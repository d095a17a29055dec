import type { AgentReading } from "../../../src/crosswalk/agents.ts";
import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { relatorOf } from "../../../src/crosswalk/relators.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { readAgent } from "../../values.ts";
import { type DcValue, type DublinCore, distinct, remarkHidden } from "./dublin-core.ts";

type Contributor = CommonRecord["contributors"][number];
type Creator = CommonRecord["creators"][number];
interface ReadValue {
  readonly value: DcValue;
  readonly reading: AgentReading;
}

/** Authors; who stands in dc:contributor as author ("SVTH: …") is one of them, who stands in dc:creator as advisor is not. */
export function creators(dc: DublinCore, note: Note): readonly Mapped<Creator>[] {
  remark(dc, "creator", note);
  const own = dc.kept(creatorReadings).filter(({ reading }) => reading.role !== "advisor");
  const elsewhere = dc.kept(contributorReadings).filter(({ reading }) => reading.role === "author");
  const all = [...own, ...elsewhere].flatMap(({ value, reading }) => {
    const role = reading.role === null || reading.role === "author" ? {} : { role: relatorOf(reading.role) };
    return reading.agents.map((agent) => mapped({ ...agent, ...role }, value.node));
  });
  return distinct(all, ({ value }) => value.name);
}

/** Everybody else, with a MARC relator code: what words beside the name say, else what the element says, else `ctb`. */
export function contributors(dc: DublinCore, note: Note): readonly Mapped<Contributor>[] {
  remark(dc, "contributor", note);
  const advisors = dc.kept(creatorReadings).filter(({ reading }) => reading.role === "advisor");
  const own = dc.kept(contributorReadings).filter(({ reading }) => reading.role !== "author");
  const all = [...advisors, ...own].flatMap(({ value, reading }) =>
    reading.agents.map((agent) => mapped({ ...agent, role: relatorIn(reading, value) }, value.node)),
  );
  return distinct(all, ({ value }) => `${value.role} ${value.name}`);
}

function relatorIn({ role }: AgentReading, { refinement }: DcValue): string {
  return role === null && refinement !== null ? refinement : relatorOf(role);
}

function creatorReadings(dc: DublinCore): readonly ReadValue[] {
  return readingsOf(dc.values("creator"));
}

function contributorReadings(dc: DublinCore): readonly ReadValue[] {
  return readingsOf(dc.values("contributor"));
}

function readingsOf(values: readonly DcValue[]): readonly ReadValue[] {
  return values.filter(({ text }) => text !== "").map((value) => ({ value, reading: readAgent(value.text) }));
}

function remark(dc: DublinCore, element: "creator" | "contributor", note: Note): void {
  remarkHidden(dc.values(element), note);
  for (const { value, reading } of dc.kept(element === "creator" ? creatorReadings : contributorReadings)) {
    remarkFlags(reading.flags, value, note);
  }
}

/** Remarks on what was found beside a name. */
export function remarkFlags(flags: AgentReading["flags"], { node, text }: DcValue, note: Note): void {
  for (const flag of flags) {
    if (flag === "invalid-orcid") note(flag, { node, value: text });
    else if (flag !== "title-stripped")
      note(flag === "others" ? "others-not-named" : flag, { node, value: text, severity: "info" });
  }
}
