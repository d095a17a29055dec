import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { Mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { isCreating, relatorIn } from "../marc21/relators.ts";
import { cleanValue, type DcValue } from "../oai-dc/dublin-core.ts";
import type { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";
import { contributorsOf, creatorsOf, type StructuredName } from "../oai-dc/structured-agents.ts";
import { nameOf } from "./composed.ts";

/** MODS 3.x §name, `type`. */
const TYPES: Readonly<Record<string, StructuredName["nameType"]>> = {
  personal: "personal",
  corporate: "organizational",
  conference: "organizational",
  family: "personal",
};

export function creators(mods: QualifiedDublinCore, note: Note): readonly Mapped<CommonRecord["creators"][number]>[] {
  const names = mods.kept(readNames);
  for (const role of mods.kept(unknownRoles)) note("unmatched-role", { node: role.node, value: role.text });
  return creatorsOf(names, note);
}

export function contributors(
  mods: QualifiedDublinCore,
  note: Note,
): readonly Mapped<CommonRecord["contributors"][number]>[] {
  return contributorsOf(mods.kept(readNames), note);
}

/**
 * The names of the record. A name without a role made the work, unless another one is marked as the primary name or has the
 * role of an author: then it is an added entry, as in records that come from MARC.
 */
function readNames(mods: QualifiedDublinCore): readonly StructuredName[] {
  const names = mods.root.childrenNamed("name").filter((name) => nameOf(name) !== "");
  const read = names.map((element) => ({
    element,
    relators: rolesOf(element, mods).flatMap(({ code }) => code ?? []),
  }));
  const isMarked = read.some(({ element, relators }) => isPrimary(element) || isCreating(relators));
  return read.map(({ element, relators }) => ({
    ...structured(element, mods),
    relators,
    creator: isCreating(relators) || (relators.length === 0 && (isPrimary(element) || !isMarked)),
  }));
}

function isPrimary(name: XmlElement): boolean {
  return name.attribute("usage") === "primary";
}

function structured(element: XmlElement, mods: QualifiedDublinCore): Omit<StructuredName, "relators" | "creator"> {
  const partNamed = (type: string) => element.childrenNamed("namePart").find((part) => part.attribute("type") === type);
  const [family, given] = [partNamed("family"), partNamed("given")];
  const isDivided = (family?.text.trim() ?? "") !== "" && (given?.text.trim() ?? "") !== "";
  const parts =
    isDivided && family !== undefined && given !== undefined
      ? { family: mods.read(family), given: mods.read(given) }
      : null;
  const identifiers = element.childrenNamed("nameIdentifier").map((each) => ({
    scheme: `${each.attribute("type") ?? ""} ${each.attribute("typeURI") ?? ""}`,
    value: mods.read(each),
  }));
  const affiliations = element.childrenNamed("affiliation").map((each) => ({ value: mods.read(each), ror: null }));
  mods.drop(element);
  return {
    name: nameValue(element),
    parts,
    nameType: TYPES[element.attribute("type") ?? ""] ?? null,
    identifiers: identifiers.filter(({ value }) => value.text !== ""),
    affiliations: affiliations.filter(({ value }) => value.text !== ""),
  };
}

/** Name without its dates, which belong to a heading and not to a name. */
function nameValue(element: XmlElement): DcValue {
  const dates = element.childrenNamed("namePart").filter((part) => part.attribute("type") === "date");
  const whole = nameOf(element);
  const text = dates.reduce((name, date) => name.replace(`, ${date.text.trim()}`, ""), whole);
  return cleanValue({ text, path: element.path }, element.attribute("lang"), null);
}

/** The body that granted the degree, where a name has that role (`dgg`). */
export function degreeGrantor(mods: QualifiedDublinCore): StructuredName | null {
  return mods.kept(readNames).find(({ relators }) => relators.includes("dgg")) ?? null;
}

interface Role {
  readonly code: string | null;
  readonly value: DcValue;
}

/** A role is written as code, as text, or both: what is known of it counts. */
function rolesOf(name: XmlElement, mods: QualifiedDublinCore): readonly Role[] {
  return name.childrenNamed("role").flatMap((role) => {
    const terms = role.elements.length === 0 ? [role] : role.childrenNamed("roleTerm");
    const read = terms.map((term) => ({ code: relatorIn(mods.read(term).text), value: mods.read(term) }));
    const known = read.find(({ code }) => code !== null) ?? read.find(({ value }) => value.text !== "");
    return known ?? [];
  });
}

function unknownRoles(mods: QualifiedDublinCore): readonly DcValue[] {
  const roles = mods.root.childrenNamed("name").flatMap((name) => rolesOf(name, mods));
  return roles.filter(({ code }) => code === null).map(({ value }) => value);
}
