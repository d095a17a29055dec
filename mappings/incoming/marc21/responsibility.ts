import type { Agent } from "../../../src/crosswalk/agents.ts";
import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSource } from "../../../src/crosswalk/marc-source.ts";
import { relatorOf } from "../../../src/crosswalk/relators.ts";
import { readAgent } from "../../values.ts";
import { withoutIsbd } from "./isbd.ts";

/** A person of the statement of responsibility. */
export interface ResponsibleAgent {
  readonly agent: Agent;
  readonly relators: readonly string[];
  readonly from: readonly MarcNode[];
}

const MAX_LENGTH = 200;

/**
 * The persons of 245 $c, for records that have no name field at all: "Nguyễn Văn A (ch.b.), Trần Thị B". Only what is
 * certainly a Vietnamese name is taken, because the statement is prose; each leaves an issue.
 */
export function responsibleAgents(marc: MarcSource, note: Note): readonly ResponsibleAgent[] {
  const node = marc.fields("245")[0]?.first("c") ?? null;
  if (node === null || node.value.length > MAX_LENGTH) return [];
  const found = withoutIsbd(node.value)
    .split(/[;,]\s*/)
    .flatMap((part) => {
      const { agents, role } = readAgent(withoutIsbd(part));
      const persons = agents.filter(({ nameType }) => nameType === "personal");
      const relators = role === null ? [] : [relatorOf(role)];
      return persons.map((agent) => ({ agent, relators, from: [node] }));
    });
  if (found.length > 0) note("name-from-responsibility", { severity: "info", node });
  return found;
}
