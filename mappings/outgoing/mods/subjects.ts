import type { CommonRecord } from "../../../src/record/common-record.ts";
import { each, parentElement, textElement } from "../element.ts";
import { languageCodes } from "../languages.ts";
import { isClassNumber, partsOfHeading } from "../record-text.ts";
import { webAddress } from "../web-address.ts";

type Subject = CommonRecord["subjects"][number];

/** Codes of LoC's "Classification Scheme Source Codes". */
const CLASSIFICATIONS: Readonly<Record<string, string>> = {
  DDC: "ddc",
  UDC: "udc",
  LCC: "lcc",
  NLM: "nlm",
  BBK: "rubbk",
};
/** Codes of LoC's "Subject Heading and Term Source Codes". */
const THESAURI: Readonly<Record<string, string>> = { LCSH: "lcsh", MeSH: "mesh", local: "local" };

/** Headings and keywords as topics, places, periods, then class numbers. */
export function subjects(record: CommonRecord): string {
  const isClass = (subject: Subject) => CLASSIFICATIONS[subject.scheme] !== undefined || isClassNumber(subject);
  return (
    each(
      record.subjects.filter((subject) => !isClass(subject)),
      topic,
    ) +
    each(record.coverage, ({ kind, value, uri }) =>
      parentElement("subject", textElement(kind === "spatial" ? "geographic" : "temporal", value), {
        valueURI: webAddress(uri),
      }),
    ) +
    each(record.subjects.filter(isClass), ({ scheme, value }) =>
      textElement("classification", value, { authority: CLASSIFICATIONS[scheme] }),
    )
  );
}

/** "Lamps--Italy--Rome": a heading and its subdivisions, of which only the text is known. */
function topic({ value, scheme, lang, uri }: Subject): string {
  const parts = scheme === "keyword" ? [value] : partsOfHeading(value);
  return parentElement(
    "subject",
    each(parts, (part) => textElement("topic", part)),
    {
      authority: THESAURI[scheme],
      valueURI: webAddress(uri),
      "xml:lang": lang === undefined ? null : languageCodes(lang).bcp47,
    },
  );
}
