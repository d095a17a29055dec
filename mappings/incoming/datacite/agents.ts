import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { Mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { readRows } from "../../tables.ts";
import type { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";
import { contributorsOf, creatorsOf, type StructuredName } from "../oai-dc/structured-agents.ts";

let contributorTypes: ReadonlyMap<string, string> | null = null;

/** DataCite §creator. */
export function creators(source: QualifiedDublinCore, note: Note): readonly Mapped<CommonRecord["creators"][number]>[] {
  return creatorsOf(source.kept(creatorNames), note);
}

/** DataCite §contributor; the type by `tables/datacite-contributor-types.tsv`. */
export function contributors(
  source: QualifiedDublinCore,
  note: Note,
): readonly Mapped<CommonRecord["contributors"][number]>[] {
  return contributorsOf(source.kept(contributorNames), note);
}

function creatorNames(source: QualifiedDublinCore): readonly StructuredName[] {
  return namesIn(source, "creators", "creator");
}

function contributorNames(source: QualifiedDublinCore): readonly StructuredName[] {
  return namesIn(source, "contributors", "contributor");
}

function namesIn(
  source: QualifiedDublinCore,
  group: string,
  local: "creator" | "contributor",
): readonly StructuredName[] {
  const elements = source.root.childrenNamed(group).flatMap((each) => each.childrenNamed(local));
  return elements.flatMap((element) => structured(source, element, local));
}

function structured(
  source: QualifiedDublinCore,
  element: XmlElement,
  local: "creator" | "contributor",
): readonly StructuredName[] {
  const nameElement = element.child(`${local}Name`);
  const [family, given] = [element.child("familyName"), element.child("givenName")];
  const parts = family === null || given === null ? null : { family: source.read(family), given: source.read(given) };
  const identifiers = element.childrenNamed("nameIdentifier").map((each) => ({
    scheme: each.attribute("nameIdentifierScheme") ?? each.attribute("schemeURI") ?? "",
    value: source.read(each),
  }));
  const affiliations = element
    .childrenNamed("affiliation")
    .map((each) => ({ value: source.read(each), ror: rorOf(each) }));
  source.drop(element);
  if (nameElement === null) return [];
  const name = source.read(nameElement);
  if (name.text === "") return [];
  const whole = parts !== null && parts.family.text !== "" && parts.given.text !== "" ? parts : null;
  return [
    {
      name,
      parts: whole,
      nameType: typeOf(nameElement),
      identifiers: identifiers.filter(({ value }) => value.text !== ""),
      affiliations: affiliations.filter(({ value }) => value.text !== ""),
      relators: local === "creator" ? [] : relatorsOf(element),
      creator: local === "creator",
    },
  ];
}

function typeOf(name: XmlElement): StructuredName["nameType"] {
  const type = name.attribute("nameType")?.toLowerCase();
  return type === "personal" || type === "organizational" ? type : null;
}

/** `ctb` says no more than that there is no role, and words beside the name may say one. */
function relatorsOf(contributor: XmlElement): readonly string[] {
  contributorTypes ??= new Map(
    readRows("datacite-contributor-types").map(({ type = "", relator = "" }) => [type, relator]),
  );
  const relator = contributorTypes.get(contributor.attribute("contributorType") ?? "");
  return relator === undefined || relator === "ctb" ? [] : [relator];
}

/** The ROR of an affiliation, as its identifier or in its place. */
function rorOf(affiliation: XmlElement): string | null {
  const id = affiliation.attribute("affiliationIdentifier")?.trim() ?? "";
  const isRor = /ror/i.test(`${affiliation.attribute("affiliationIdentifierScheme") ?? ""} ${id}`);
  if (!isRor || id === "") return null;
  return id.startsWith("http") ? id : `https://ror.org/${id}`;
}
