import { cleanText } from "../../../src/vietnamese/clean-text.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { readType } from "../../values.ts";
import { leavesOf, type Statement } from "../oai-dc/qualified-dublin-core.ts";

/** Groups that hold nothing but repeated elements of one kind. */
const GROUPS = new Set(
  "titles subjects dates alternateIdentifiers relatedIdentifiers sizes formats rightsList descriptions geoLocations geoLocation relatedItems".split(
    " ",
  ),
);
/** The attribute that says what a value is. */
const TYPED: Readonly<Record<string, string>> = {
  title: "titleType",
  date: "dateType",
  description: "descriptionType",
};
/** Attributes whose words come in open lists: they are handed on as they are. */
const STATED: Readonly<Record<string, string>> = {
  identifier: "identifierType",
  alternateIdentifier: "alternateIdentifierType",
  relatedIdentifier: "relationType",
};
const SCHEMES: readonly (readonly [words: RegExp, key: string])[] = [
  [/\bddc\b|dewey/i, "ddc"],
  [/\budc\b/i, "udc"],
  [/\blcsh\b|library of congress subject/i, "lcsh"],
  [/\blcc\b|library of congress class/i, "lcc"],
  [/\bmesh\b/i, "mesh"],
];
const PUBLISHED_IN = /^(?:IsPublishedIn|IsPartOf)$/i;

/** Every text of a DataCite or OpenAIRE record with its name: `datacite:date@Issued`, `datacite:host/volume`. */
export function statementsOf(root: XmlElement): readonly Statement[] {
  const all = root.elements.flatMap(statementsIn);
  // the year of publication stands in for a date of publication that is not given
  const isYear = ({ element }: Statement) => element.local === "publicationYear";
  return [...all.filter((each) => !isYear(each)), ...all.filter(isYear)];
}

function statementsIn(element: XmlElement): readonly Statement[] {
  const { local } = element;
  if (GROUPS.has(local)) return element.elements.flatMap(statementsIn);
  switch (local) {
    case "resourceType":
      return [typeStatement(element)];
    case "rights":
    case "licenseCondition":
      return rightsStatements(element);
    case "subject":
      return [subjectStatement(element)];
    case "geoLocationPoint":
    case "geoLocationBox":
      return [composed(element, limitsOf(element), `datacite:${local}`)];
    case "geoLocationPolygon":
      return [composed(element, "", "datacite:geoLocationPolygon")];
    case "relatedItem":
      return relatedItemStatements(element);
    default:
      return leavesOf(element).map(leafStatement);
  }
}

function leafStatement(leaf: XmlElement): Statement {
  const { local } = leaf;
  const key = /^(?:citation|file)/.test(local) ? `oaire:${local}` : `datacite:${local}`;
  const type = leaf.attribute(TYPED[local] ?? "");
  const refinement = leaf.attribute(STATED[local] ?? "")?.trim() ?? "";
  return {
    keys: type === null ? [key] : [`${key}@${type.trim()}`, ...(local === "date" ? [] : [key])],
    element: leaf,
    node: leaf,
    lang: leaf.attribute("lang"),
    ...(refinement === "" ? {} : { refinement }),
  };
}

/** OpenAIRE's `uri`, else the words, else DataCite's general type: the first that a vocabulary knows. */
function typeStatement(element: XmlElement): Statement {
  const uri = attributeNode(element, "uri");
  const general = attributeNode(element, "resourceTypeGeneral");
  const own = { text: element.text, path: element.path };
  const known = [uri, own, general].find((node) => node !== null && readType(cleanText(node.text)) !== null);
  const filled = [own, general, uri].find((node) => node !== null && node.text.trim() !== "");
  return { keys: ["datacite:resourceType"], element, node: known ?? filled ?? own, lang: null };
}

/** The address of the right or licence, and its words. */
function rightsStatements(element: XmlElement): readonly Statement[] {
  const key = element.local === "licenseCondition" ? "oaire:licenseCondition" : "datacite:rights";
  const address = attributeNode(element, "rightsURI") ?? attributeNode(element, "uri");
  const words: Statement = { keys: [key], element, node: element, lang: element.attribute("lang") };
  return address === null ? [words] : [{ ...words, node: address }, words];
}

function subjectStatement(element: XmlElement): Statement {
  const scheme = element.attribute("subjectScheme")?.trim() ?? "";
  const known = SCHEMES.find(([words]) => words.test(scheme))?.[1] ?? "other";
  const uri = element.attribute("valueURI")?.trim() ?? "";
  return {
    keys: scheme === "" ? ["datacite:subject"] : [`datacite:subject@${known}`],
    element,
    node: element,
    lang: element.attribute("lang"),
    ...(uri === "" ? {} : { uri }),
  };
}

/** DataCite 4.4 §relatedItem: what the item was published in, part by part; any other item by its identifier or title. */
function relatedItemStatements(item: XmlElement): readonly Statement[] {
  const relation = item.attribute("relationType") ?? "";
  const number = item.child("relatedItemIdentifier");
  const title = item.child("titles")?.child("title") ?? null;
  if (!PUBLISHED_IN.test(relation)) {
    const text = [number, title].map((element) => cleanText(element?.text ?? "")).find((each) => each !== "") ?? "";
    return [{ ...composed(item, text, "datacite:relatedItem"), ...(relation === "" ? {} : { refinement: relation }) }];
  }
  const type = number?.attribute("relatedItemIdentifierType")?.toLowerCase() ?? "";
  const parts = ["volume", "issue", "firstPage", "lastPage"].flatMap((part) => item.childrenNamed(part));
  return [
    composed(item, "", "datacite:host"),
    ...(title === null ? [] : [named(title, "datacite:host/title")]),
    ...(number === null ? [] : [named(number, `datacite:host/${/isbn/.test(type) ? "isbn" : "issn"}`)]).filter(() =>
      /^(?:e|l)?issn$|^isbn$/.test(type),
    ),
    ...parts.map((part) => named(part, `datacite:host/${part.local}`)),
  ];
}

/** Point and box as DCMI writes them: "east=106.7; north=10.8". */
function limitsOf(element: XmlElement): string {
  const parts: readonly (readonly [local: string, name: string])[] = [
    ["pointLongitude", "east"],
    ["pointLatitude", "north"],
    ["westBoundLongitude", "westlimit"],
    ["southBoundLatitude", "southlimit"],
    ["eastBoundLongitude", "eastlimit"],
    ["northBoundLatitude", "northlimit"],
  ];
  if (element.elements.length === 0) return element.text;
  const limits = parts.flatMap(([local, name]) => {
    const text = element.child(local)?.text.trim() ?? "";
    return text === "" ? [] : [`${name}=${text}`];
  });
  return limits.join("; ");
}

function attributeNode(element: XmlElement, name: string): Statement["node"] | null {
  const text = element.attribute(name)?.trim() ?? "";
  return text === "" ? null : { text, path: `${element.path}/@${name}` };
}

function named(element: XmlElement, key: string): Statement {
  return { keys: [key], element, node: element, lang: element.attribute("lang") };
}

function composed(element: XmlElement, text: string, key: string): Statement {
  return { keys: [key], element, node: { text, path: element.path }, lang: null };
}
