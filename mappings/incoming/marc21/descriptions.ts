import type { MarcNode, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { type FieldReader, type Item, unique, withValue } from "./field.ts";

type Description = Item<"descriptions">;

/**
 * Notes for readers. Not among them: what other fields of the record hold (502 506 510 521 522 524 530 534 536 540 542), and
 * what libraries write for themselves (`bookkeeping.ts`).
 */
const NOTES =
  "362 500 501 504 507 508 511 513 514 515 516 518 525 533 538 544 545 546 547 550 552 555 556 562 565 567 580 581 585 586 590".split(
    " ",
  );
/** Control subfields and those that hold addresses or institutions to which a note applies. */
const NOT_TEXT = "0125678uw";
/** LoC MARC 21 520, first indicator: blank "Summary", 3 "Abstract", 8 no label; the others are no abstracts. */
const ABSTRACT = /^[ 38]$/;

/** 520 is the abstract, 505 the table of contents, 502 the note about the thesis, the other 5XX are notes. */
export const descriptions: FieldReader<"descriptions"> = (marc, note) => {
  const found = marc.fields("502", "505", "520", ...NOTES).flatMap((field) => {
    const parallel = marc.linkedTo(field);
    return [field, ...parallel].flatMap((each) => {
      const nodes = withValue(each.allBut(NOT_TEXT), note);
      each.drop(NOT_TEXT);
      return nodes.length === 0 ? [] : [described(typeOf(field), nodes)];
    });
  });
  return unique(found, ({ value }) => value.value);
};

function described(type: Description["type"], nodes: readonly MarcNode[]): Mapped<Description> {
  return mapped({ value: nodes.map(({ value }) => value).join(" "), type }, ...nodes);
}

function typeOf({ tag, indicator1 }: MarcSourceField): Description["type"] {
  if (tag === "502") return "thesisNote";
  if (tag === "505") return "toc";
  return tag === "520" && ABSTRACT.test(indicator1) ? "abstract" : "note";
}

/** LoC MARC 21 521 and 385 $a. */
export const audience: FieldReader<"audience"> = (marc, note) =>
  marc.fields("521", "385").flatMap((field) => withValue(field.all("a"), note).map((node) => mapped(node.value, node)));

/** LoC MARC 21 524, the preferred citation, and 534, the original that was reproduced. */
export const sourceNotes: FieldReader<"sourceNotes"> = (marc, note) =>
  marc.fields("524", "534").flatMap((field) => {
    const nodes = withValue(field.allBut(NOT_TEXT), note);
    return nodes.length === 0 ? [] : [mapped(nodes.map(({ value }) => value).join(" "), ...nodes)];
  });
