import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { relatorOf } from "../../../src/crosswalk/relators.ts";
import { foldKey } from "../../../src/vietnamese/fold.ts";
import { contributorRoles, readRows } from "../../tables.ts";
import { withoutIsbd } from "./isbd.ts";

/** A code, alone or as the last part of the address of the MARC Code List for Relators. */
const CODE = /^(?:https?:\/\/id\.loc\.gov\/vocabulary\/relators\/)?([a-z]{3})\.?$/i;
/** Whoever made the work: author, creator, dissertant. */
const CREATING: ReadonlySet<string> = new Set(["aut", "cre", "dis"]);

let codes: ReadonlyMap<string, string> | null = null;

/** The relator codes that a name field gives, in its order: `$4` and `$e` (`$j` of meetings); an unknown term is an issue. */
export function relatorsOf(field: MarcSourceField, note: Note): readonly string[] {
  const nodes = field.all(field.tag.endsWith("11") ? "4j" : "4e");
  return nodes.flatMap((node) => {
    const code = relatorIn(node.value);
    if (code === null) note("unmatched-role", { node });
    return code ?? [];
  });
}

/** Whether one of the codes says that the person or body made the work. */
export function isCreating(relators: readonly string[]): boolean {
  return relators.some((code) => CREATING.has(code));
}

/** The relator code of a text: a code, the address of one, or a term in Vietnamese or English; `null` where it is none. */
export function relatorIn(text: string): string | null {
  const code = CODE.exec(text)?.[1]?.toLowerCase();
  if (code !== undefined && terms().has(`code:${code}`)) return code;
  const term = withoutIsbd(text.replace(/[()[\]]/g, ""));
  const role = contributorRoles.find(term)?.role;
  return role === undefined ? (terms().get(foldKey(term)) ?? null) : relatorOf(role);
}

/** `marc-relators.tsv`: the codes by folded term, and every code that exists. */
function terms(): ReadonlyMap<string, string> {
  if (codes !== null) return codes;
  const map = new Map<string, string>();
  for (const { code = "", term = "" } of readRows("marc-relators")) {
    map.set(`code:${code}`, code);
    map.set(foldKey(term), code);
  }
  codes = map;
  return map;
}
