import type { XmlElement } from "../xml/element.ts";
import type { MarcField, MarcRecord } from "./record.ts";

/** Attributes of `<oai_marc>` with their places in the leader, for records that have no leader of their own. */
const LEADER_PLACES: readonly (readonly [attribute: string, position: number])[] = [
  ["status", 5],
  ["type", 6],
  ["level", 7],
  ["ctlType", 8],
  ["charEnc", 9],
  ["encLvl", 17],
  ["catForm", 18],
  ["lrRqrd", 19],
];
const EMPTY_LEADER = "00000     2200000   4500";

/**
 * Reads `<oai_marc>` (schema of 2001, before MARCXML): `fixfield` and `varfield` in place of control and data fields, the leader
 * as a `fixfield` named LDR or as attributes. Fixed fields may stand in quotation marks, blanks as `^` or `-`. Never throws.
 */
export function readOaiMarc(element: XmlElement): MarcRecord {
  const fields: MarcField[] = [];
  let leader = leaderOf(element);
  for (const child of element.elements) {
    const tag = child.attribute("id")?.trim() ?? "";
    if (child.local === "fixfield") {
      const value = unquoted(child.text);
      if (/^(?:LDR|000)$/i.test(tag)) leader = value.replaceAll("^", " ").replaceAll("-", " ");
      else fields.push({ tag, value: tag === "008" ? value.replaceAll("^", " ") : value });
    } else if (child.local === "varfield") {
      fields.push({
        tag,
        indicator1: child.attribute("i1") || " ",
        indicator2: child.attribute("i2") || " ",
        subfields: child
          .childrenNamed("subfield")
          .map((subfield) => ({ code: subfield.attribute("label") ?? "", value: subfield.text })),
      });
    }
  }
  return { leader, fields };
}

function leaderOf(element: XmlElement): string {
  const places = new Map(LEADER_PLACES.map(([attribute, position]) => [position, element.attribute(attribute) || " "]));
  return [...EMPTY_LEADER].map((character, position) => places.get(position)?.slice(0, 1) ?? character).join("");
}

function unquoted(text: string): string {
  return /^\s*"([\s\S]*)"\s*$/.exec(text)?.[1] ?? text;
}
