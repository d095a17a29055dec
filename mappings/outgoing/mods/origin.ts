import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type Attributes, each, parentElement, textElement } from "../element.ts";
import { kindOf } from "../marc21/kind.ts";

type OtherDate = CommonRecord["dates"][number];

/** YYYY, YYYY-MM or YYYY-MM-DD: the dates of W3CDTF that EDTF writes in the same way. */
const W3CDTF = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?$/;
/** Dates that have an element of their own in MODS. */
const DATE_ELEMENTS: Readonly<Record<string, string>> = {
  created: "dateCreated",
  copyrighted: "copyrightDate",
  updated: "dateModified",
};
const ISSUANCE: Readonly<Record<string, string>> = { s: "continuing", c: "monographic" };

/** Places and publishers, dates, edition, and whether the work is finished or goes on. */
export function originInfo(record: CommonRecord): string {
  const { publishers, issued, edition, embargoEnd, thesis, resourceType } = record;
  const others: readonly Pick<OtherDate, "type" | "value">[] = [
    ...record.dates,
    ...(embargoEnd === null ? [] : [{ type: "embargoEnd", value: embargoEnd } as const]),
    ...(thesis?.defenceDate === undefined ? [] : [{ type: "defended", value: thesis.defenceDate } as const]),
  ];
  const level = resourceType === null ? null : kindOf(resourceType.uri).level;
  const content =
    each(publishers, publisher) +
    (issued === null ? "" : dated("dateIssued", issued.value, { keyDate: "yes" })) +
    [...new Set(others.map(otherDate))].join("") +
    textElement("edition", edition) +
    textElement("issuance", level === null ? null : (ISSUANCE[level] ?? "monographic"));
  return parentElement("originInfo", content);
}

function publisher({ name, place }: CommonRecord["publishers"][number]): string {
  return parentElement("place", textElement("placeTerm", place, { type: "text" })) + textElement("publisher", name);
}

function otherDate({ type, value }: Pick<OtherDate, "type" | "value">): string {
  const element = DATE_ELEMENTS[type];
  return element === undefined ? dated("dateOther", value, { type }) : dated(element, value);
}

function dated(element: string, value: string, attributes: Attributes = {}): string {
  return textElement(element, value, { ...attributes, encoding: W3CDTF.test(value) ? "w3cdtf" : "edtf" });
}
