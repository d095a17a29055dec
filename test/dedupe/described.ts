import type { StoredRecord } from "../../src/record/common-record.ts";

/** A record in a few words: what a cataloguer would write on a card. */
export interface Described {
  readonly title: string;
  readonly subtitle?: string;
  readonly translatedTitle?: string;
  readonly by?: readonly string[];
  readonly body?: string;
  readonly translatedBy?: string;
  readonly year?: string;
  readonly type?: keyof typeof TYPES;
  readonly rawType?: string;
  readonly level?: "bachelor" | "master" | "doctoral";
  readonly grantor?: string;
  readonly publisher?: string;
  readonly extent?: string;
  readonly edition?: string;
  readonly language?: string;
  readonly doi?: string;
  readonly isbn?: string;
  readonly badIsbn?: string;
  readonly handle?: string;
  readonly issue?: readonly [volume: string, issue: string];
  readonly series?: readonly [title: string, number: string];
}

const TYPES = {
  thesis: "c_46ec",
  doctoral: "c_db06",
  master: "c_bdcc",
  bachelor: "c_7a1f",
  book: "c_2f33",
  article: "c_6501",
  conference: "c_5794",
  dataset: "c_ddb1",
  image: "c_c513",
  map: "c_12cd",
} as const;

/** The same as the common record that a crosswalk makes of it. */
export function recordOf(card: Described): StoredRecord {
  const { title, subtitle, translatedTitle, by = [], body, translatedBy, year, type } = card;
  return {
    titles: [
      { value: title, type: "main" },
      ...given(subtitle, (value) => ({ value, type: "subtitle" as const })),
      ...given(translatedTitle, (value) => ({ value, type: "translated" as const })),
    ],
    creators: [
      ...by.map((name) => ({ name, nameType: "personal" as const })),
      ...given(body, (name) => ({ name, nameType: "organizational" as const })),
    ],
    contributors: given(translatedBy, (name) => ({ name, nameType: "personal", role: "trl" })),
    issued: given(year, (value) => ({ value, raw: value, precision: "year" as const }))[0] ?? null,
    resourceType: given(type, (name) => typeOf(name, card.rawType))[0] ?? null,
    ...detailsOf(card),
  };
}

function detailsOf({ level, grantor, publisher, extent, edition, language, issue, series, ...card }: Described) {
  return {
    thesis:
      level === undefined && grantor === undefined
        ? null
        : { ...(level && { level }), ...(grantor && { grantor: { name: grantor } }) },
    publishers: given(publisher, (name) => ({ name })),
    extents: given(extent, (value) => value),
    edition: edition ?? null,
    languages: given(language, (value) => value),
    alternateIdentifiers: [
      ...given(card.doi, (value) => ({ value, scheme: "DOI" as const })),
      ...given(card.isbn, (value) => ({ value, scheme: "ISBN" as const })),
      ...given(card.badIsbn, (value) => ({ value, scheme: "ISBN" as const, invalid: true as const })),
      ...given(card.handle, (value) => ({ value, scheme: "Handle" as const })),
    ],
    host: given(issue, ([volume, number]) => ({ volume, issue: number }))[0] ?? null,
    series: given(series, ([name, number]) => ({ title: name, number })),
  };
}

function typeOf(type: keyof typeof TYPES, raw: string = type) {
  const general = type === "dataset" ? ("dataset" as const) : ("literature" as const);
  return { uri: `http://purl.org/coar/resource_type/${TYPES[type]}`, label: {}, general, raw };
}

function given<Value, Made>(value: Value | undefined, make: (value: Value) => Made): readonly Made[] {
  return value === undefined ? [] : [make(value)];
}
