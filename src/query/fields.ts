import type { SUBJECT_SCHEMES } from "../record/vocabulary.ts";
import { readPhrase } from "./phrase.ts";
import type { RecordFacts, TextField } from "./record-facts.ts";
import { readYears } from "./years.ts";

/** Whether a value of a condition is one of the record's. */
export type Test = (facts: RecordFacts) => boolean;

/** What can be asked of a record. */
interface Field {
  /** What a value of it is, with an example. */
  readonly wants: string;
  /** `null` where the text is no value of it. */
  read(value: string): Test | null;
}

const SET_SPEC = /^[A-Za-z0-9_-]+(:[A-Za-z0-9_-]+)*$/;
const OWN = /^query(:|$)/;
/** "61", "610.7", "RA643", "24(Viet)": of any scheme, with or without blanks. */
const CLASS = /^[\p{L}\d][\p{L}\d.:;()/\-+="'\s]*$/u;
const DEWEY = /^\d{1,3}$|^\d{3}\.\d+$/;

/** By the name that stands before the `=`. */
export const FIELDS: Readonly<Record<string, Field>> = {
  set: {
    wants: "the setSpec of a set that is not defined by a query, e.g. thesis:doctoral or prov:79",
    read: (value) => (SET_SPEC.test(value) && !OWN.test(value) ? ({ setSpecs }) => setSpecs.has(value) : null),
  },
  year: { wants: "a year or a range of years, e.g. 2019, 2015.., ..1975 or 2015..2020", read: readYearTest },
  ddc: {
    wants: "a Dewey number or its first digits, e.g. 61 or 610.73",
    read: (value) => (DEWEY.test(value) ? classTest("DDC", value) : null),
  },
  udc: classField("UDC", "the beginning of a UDC number, e.g. 61"),
  lcc: classField("LCC", "the beginning of a number of the Library of Congress, e.g. RA643"),
  bbk: classField("BBK", "the beginning of a BBK number, e.g. 63.3"),
  nlm: classField("NLM", "the beginning of a number of the National Library of Medicine, e.g. WC"),
  title: textField("title"),
  subject: textField("subject"),
  any: textField("any"),
  agent: textField("agent"),
  publisher: textField("publisher"),
};

function readYearTest(value: string): Test | null {
  const range = readYears(value);
  if (range === null) return null;
  return ({ years }) => years !== null && years.first >= range.first && years.last <= range.last;
}

function textField(field: TextField): Field {
  return {
    wants: "one or more words, e.g. sông Mê Kông",
    read: (value) => {
      const phrase = readPhrase(value);
      return phrase === null ? null : (facts) => facts.texts(field).some((text) => text.has(phrase));
    },
  };
}

type Scheme = (typeof SUBJECT_SCHEMES)[number];

function classField(scheme: Scheme, wants: string): Field {
  return { wants, read: (value) => (CLASS.test(value) ? classTest(scheme, value) : null) };
}

function classTest(scheme: Scheme, value: string): Test {
  const beginning = plainClass(value);
  return ({ record }) =>
    record.subjects.some((subject) => subject.scheme === scheme && plainClass(subject.value).startsWith(beginning));
}

function plainClass(value: string): string {
  return value.replace(/\s+/g, "").toUpperCase();
}
