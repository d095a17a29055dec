import { cleanText } from "../../../src/vietnamese/clean-text.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { readType } from "../../values.ts";
import { leavesOf, type Statement } from "../oai-dc/qualified-dublin-core.ts";
import { headingOf, relatedTextOf, seriesTextOf, titleOf } from "./composed.ts";

/** About the record and not about the item. */
const ABOUT_THE_RECORD = new Set(["recordInfo"]);
/** What a journal article may say of the journal without a related item. */
const PART = "part";

/** Every text of a MODS record with its name: `mods:note@thesis`, `mods:originInfo/dateIssued`, `mods:host/title`. */
export function statementsOf(mods: XmlElement): readonly Statement[] {
  return mods.elements.filter(({ local }) => !ABOUT_THE_RECORD.has(local)).flatMap(statementsIn);
}

function statementsIn(element: XmlElement): readonly Statement[] {
  switch (element.local) {
    case "titleInfo":
      return [composed(element, titleOf(element), titleKeys(element))];
    case "subject":
      return subjectStatements(element);
    case "relatedItem":
      return relatedStatements(element);
    case PART:
      return partStatements(element);
    case "originInfo":
      return originStatements(element);
    case "language":
      // the language of a summary or of subtitles is not that of the item
      if (element.attribute("objectPart") === null)
        return leavesOf(element).map((leaf) => statement(leaf, keysOf(leaf, element)));
      return leavesOf(element).map((leaf) => statement(leaf, ["mods:language/part"]));
    case "genre":
      // a word that is no type of document says what the item is about or like
      return [statement(element, [isType(element) ? "mods:genre" : "mods:genre@keyword"])];
    case "accessCondition":
      return [statement(element, keysOf(element, element)), ...linkedLicence(element)];
    case "location":
      return leavesOf(element).map((leaf) =>
        statement(leaf, leaf.local === "url" ? locationKeys(leaf) : keysOf(leaf, element)),
      );
    default:
      return leavesOf(element).map((leaf) => statement(leaf, keysOf(leaf, element)));
  }
}

function titleKeys(element: XmlElement): readonly string[] {
  const inner = element.child("title")?.attribute("type") ?? "";
  const type = element.attribute("type") ?? inner;
  return type === "" ? ["mods:titleInfo"] : [`mods:titleInfo@${type}`, "mods:titleInfo@alternative"];
}

/** The heading as one subject, its scheme by `authority`; places and periods of their own once more as coverage. */
function subjectStatements(element: XmlElement): readonly Statement[] {
  const authority = (element.attribute("authority") ?? element.elements[0]?.attribute("authority") ?? "").toLowerCase();
  const uri = element.attribute("valueURI") ?? element.elements[0]?.attribute("valueURI") ?? null;
  const keys = authority === "" ? ["mods:subject"] : [`mods:subject@${authority}`, "mods:subject@local"];
  const heading = composed(element, headingOf(element), keys);
  const [first] = element.elements;
  const places = element.elements.flatMap((part) => {
    if (part.local === "cartographics") {
      return part.childrenNamed("coordinates").map((leaf) => statement(leaf, ["mods:subject/coordinates"]));
    }
    const isFirst = part === first && ["geographic", "hierarchicalGeographic", "temporal"].includes(part.local);
    return isFirst ? [composed(part, partText(part), [`mods:subject/${part.local}`])] : [];
  });
  return heading.node.text === "" ? places : [uri === null ? heading : { ...heading, uri }, ...places];
}

function partText(part: XmlElement): string {
  return part.elements.length === 0 ? part.text : headingOf(part);
}

/** The host part by part, a series in one line, any other item by what names it. */
function relatedStatements(item: XmlElement): readonly Statement[] {
  const type = item.attribute("type") ?? "";
  if (type === "series") return [composed(item, seriesTextOf(item), ["mods:relatedItem@series"])];
  if (type !== "host" || item.elements.length === 0) {
    return [composed(item, relatedTextOf(item), [`mods:relatedItem@${type}`, "mods:relatedItem"])];
  }
  const titles = item.childrenNamed("titleInfo").map((each) => composed(each, titleOf(each), ["mods:host/title"]));
  const numbers = item
    .childrenNamed("identifier")
    .filter((each) => /^is[sb]n$/i.test(each.attribute("type") ?? "") || /urn:is[sb]n:/i.test(each.text))
    .map((each) =>
      statement(each, [`mods:host/${/isbn/i.test(`${each.attribute("type")} ${each.text}`) ? "isbn" : "issn"}`]),
    );
  const dates = item.childrenNamed("originInfo").flatMap(originStatements).filter(isDate);
  // what else is said of the host (its names, its own host) is not about the item
  const rest = composed(item, "", ["mods:host"]);
  return [rest, ...titles, ...numbers, ...item.childrenNamed(PART).flatMap(partStatements), ...dates];
}

function isDate({ keys }: Statement): boolean {
  return keys[0] === "mods:originInfo/dateIssued";
}

/** MODS 3.x §part: volume and issue in details, pages in an extent. */
function partStatements(part: XmlElement): readonly Statement[] {
  const details = part.childrenNamed("detail").flatMap((detail) =>
    ["number", "caption"]
      .flatMap((local) => detail.childrenNamed(local))
      .slice(0, 1)
      .map((leaf) => statement(leaf, [`mods:part/detail@${detail.attribute("type") ?? ""}`])),
  );
  const extents = part
    .childrenNamed("extent")
    .flatMap((extent) => extent.elements.map((leaf) => statement(leaf, [`mods:part/extent/${leaf.local}`])));
  const dates = part.childrenNamed("date").map((leaf) => statement(leaf, ["mods:part/date"]));
  return [...details, ...extents, ...dates];
}

/** Dates with `point` are the two ends of one. */
function originStatements(origin: XmlElement): readonly Statement[] {
  return leavesOf(origin).flatMap((leaf) => {
    const point = leaf.attribute("point");
    if (point === "end" && twinOf(leaf, "start") !== null) return [];
    const end = point === "start" ? twinOf(leaf, "end") : null;
    const keys = keysOf(leaf, origin);
    return [end === null ? statement(leaf, keys) : composed(leaf, `${leaf.text.trim()}/${end.text.trim()}`, keys)];
  });
}

function twinOf(date: XmlElement, point: string): XmlElement | null {
  const twins = date.parent?.childrenNamed(date.local) ?? [];
  return twins.find((twin) => twin.attribute("point") === point && twin.text.trim() !== "") ?? null;
}

function locationKeys(url: XmlElement): readonly string[] {
  const access = url.attribute("access") ?? "";
  return [`mods:location/url@${access}`, "mods:location/url"];
}

/** The address of a licence stands in `xlink:href`. */
function linkedLicence(element: XmlElement): readonly Statement[] {
  const href = element.attribute("href");
  if (href === null || element.text.includes(href)) return [];
  return [{ keys: ["mods:accessCondition"], element, node: { text: href, path: `${element.path}/@href` }, lang: null }];
}

/** The name of a leaf from the top-level element down: `mods:language/languageTerm@code`, then without its type. */
function keysOf(leaf: XmlElement, top: XmlElement): readonly string[] {
  const name = nameBelow(leaf, top);
  const type = leaf.attribute("type") ?? leaf.attribute("authority");
  return type === null || type === "" ? [`mods:${name}`] : [`mods:${name}@${type}`, `mods:${name}`];
}

function nameBelow(leaf: XmlElement, top: XmlElement): string {
  return leaf === top || leaf.parent === null ? leaf.local : `${nameBelow(leaf.parent, top)}/${leaf.local}`;
}

function isType(element: XmlElement): boolean {
  const text = cleanText(element.text);
  return /^info:eu-repo\//i.test(text) || readType(text) !== null;
}

function statement(element: XmlElement, keys: readonly string[]): Statement {
  return { keys, element, node: element, lang: element.attribute("lang") };
}

/** A text that is put together from what stands in an element. */
function composed(element: XmlElement, text: string, keys: readonly string[]): Statement {
  return { keys, element, node: { text, path: element.path }, lang: element.attribute("lang") };
}
