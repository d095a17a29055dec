/** The words of `contributor-roles.tsv` as codes of the MARC Code List for Relators. */
const RELATORS: Readonly<Record<string, string>> = {
  advisor: "ths",
  author: "aut",
  compiler: "com",
  contributor: "ctb",
  editor: "edt",
  illustrator: "ill",
  "project-leader": "pdr",
  // "phản biện" reads a thesis before its defence: MARC calls that an opponent
  reviewer: "opn",
  // "hiệu đính" corrects somebody else's text
  reviser: "crr",
  translator: "trl",
  "writer-of-introduction": "win",
};

/** The relator code of a role word; a role that has none is a contributor's. */
export function relatorOf(role: string | null): string {
  return (role === null ? undefined : RELATORS[role]) ?? "ctb";
}
