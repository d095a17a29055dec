import { readStatedIdentifier } from "../../../src/crosswalk/stated-identifiers.ts";
import { cleanText } from "../../../src/vietnamese/clean-text.ts";
import type { XmlElement } from "../../../src/xml/element.ts";

/** A title as ISBD prints it: "The <nonSort> title : subtitle. Part number, part name" (MODS 3.x §titleInfo). */
export function titleOf(titleInfo: XmlElement): string {
  const [nonSort, title, subTitle, number, name] = ["nonSort", "title", "subTitle", "partNumber", "partName"].map(
    (part) => textIn(titleInfo, part),
  );
  // an article with an apostrophe stands close to its word
  const between = nonSort === undefined || nonSort === "" || /['’-]$/.test(nonSort) ? "" : " ";
  const proper = `${nonSort ?? ""}${between}${title ?? ""}`;
  const whole = [proper, subTitle].filter(isFilled).join(" : ");
  const part = [number, name].filter(isFilled).join(", ");
  return [whole, part].filter(isFilled).join(/[.?!…]$/.test(whole) ? " " : ". ");
}

/** A subject with its subdivisions as LCSH writes them: "Việt Nam--Lịch sử--Thế kỷ 20". */
export function headingOf(subject: XmlElement): string {
  return subject.elements.map(partOfHeading).filter(isFilled).join("--");
}

function partOfHeading(part: XmlElement): string {
  switch (part.local) {
    case "titleInfo":
      return titleOf(part);
    case "name":
      return nameOf(part);
    case "hierarchicalGeographic":
      return part.elements
        .map(({ text }) => cleanText(text))
        .filter(isFilled)
        .join("--");
    case "geographicCode":
    case "cartographics":
      return "";
    default:
      return cleanText(part.text);
  }
}

/** "Nguyễn, Trãi, 1380-1442": family and given name, or the parts that are not divided, then the rest. */
export function nameOf(name: XmlElement): string {
  const parts = name.childrenNamed("namePart");
  const typed = (type: string) =>
    parts.filter((part) => part.attribute("type") === type).map(({ text }) => cleanText(text));
  const plain = parts.filter((part) => (part.attribute("type") ?? "") === "").map(({ text }) => cleanText(text));
  const names = [...typed("family"), ...typed("given")];
  return [...(names.length > 0 ? names : [plain.join(" ")]), ...typed("date")].filter(isFilled).join(", ");
}

/** What names another item: its best identifier, else its address, else its title. */
export function relatedTextOf(item: XmlElement): string {
  const numbers = item.childrenNamed("identifier").map((element) => {
    const text = cleanText(element.text);
    return {
      text,
      scheme: element.attribute("type") ?? "",
      read: readStatedIdentifier(text, element.attribute("type") ?? ""),
    };
  });
  const number = numbers.find(
    ({ read }) => read.invalid !== true && read.scheme !== "local" && read.scheme !== "other",
  );
  if (number !== undefined)
    return /^(?:issn|isbn)$/i.test(number.scheme) ? `${number.scheme} ${number.text}` : number.text;
  const titleInfo = item.child("titleInfo");
  const title = titleInfo === null ? "" : titleOf(titleInfo);
  const url = cleanText(item.child("location")?.child("url")?.text ?? "");
  return (
    [url, title, numbers[0]?.text ?? "", item.elements.length === 0 ? cleanText(item.text) : ""].find(isFilled) ?? ""
  );
}

/** "Title;number", as series stand in one line. */
export function seriesTextOf(item: XmlElement): string {
  const titleInfo = item.child("titleInfo");
  if (titleInfo === null) return cleanText(item.text);
  const title = [textIn(titleInfo, "nonSort"), textIn(titleInfo, "title")].filter(isFilled).join(" ");
  const number = textIn(titleInfo, "partNumber") || numberIn(item.child("part"));
  return number === "" || title === "" ? title : `${title.replace(/\s*;\s*$/, "")};${number}`;
}

function numberIn(part: XmlElement | null): string {
  return cleanText(part?.child("detail")?.child("number")?.text ?? "");
}

function textIn(element: XmlElement, local: string): string {
  return element
    .childrenNamed(local)
    .map(({ text }) => cleanText(text))
    .filter(isFilled)
    .join(" ");
}

function isFilled(text: string | undefined): boolean {
  return text !== undefined && text !== "";
}
