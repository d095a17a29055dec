import Type from "typebox";
import { DATE_TYPES, IDENTIFIER_SCHEMES, SUBJECT_SCHEMES, THESIS_LEVELS } from "./vocabulary.ts";

const text = Type.String({ minLength: 1 });
const list = <Item extends Type.TSchema>(item: Item) => Type.Array(item);
const optional = Type.Optional;
const orNull = <Item extends Type.TSchema>(item: Item) => Type.Union([item, Type.Null()]);
const oneOf = <const Values extends readonly string[]>(values: Values) =>
  Type.Unsafe<Values[number]>({ type: "string", enum: [...values] });

const identifier = Type.Object({
  value: text,
  scheme: oneOf(IDENTIFIER_SCHEMES),
  /** Kept although its check digit or syntax is wrong. */
  invalid: optional(Type.Literal(true)),
});
const place = Type.Object({ name: text, ror: optional(text) });
const agentFields = {
  /** As found, titles of rank stripped; never inverted or split where nothing divides it. */
  name: text,
  nameType: oneOf(["personal", "organizational", "unknown"]),
  family: optional(text),
  given: optional(text),
  identifiers: optional(list(Type.Object({ scheme: oneOf(["ORCID", "ISNI", "VIAF", "other"]), value: text }))),
  affiliations: optional(list(place)),
};
const label = Type.Object({ vi: optional(text), en: optional(text) });

/** JSON Schema of the common record; the TypeScript type is derived from it, so the two cannot disagree. */
export const commonRecordSchema = Type.Object(
  {
    identifier: orNull(identifier),
    alternateIdentifiers: list(identifier),
    landingPage: orNull(text),
    titles: list(
      Type.Object({
        value: text,
        lang: optional(text),
        type: oneOf(["main", "alternative", "translated", "subtitle"]),
      }),
    ),
    creators: list(Type.Object({ ...agentFields, role: optional(text) })),
    /** `role` is a MARC relator code: `ths` advisor, `edt`, `trl`, `ctb` … */
    contributors: list(Type.Object({ ...agentFields, role: text })),
    publishers: list(Type.Object({ name: text, place: optional(text), ror: optional(text) })),
    /** `value` is EDTF level 0 or 1. */
    issued: orNull(
      Type.Object({
        value: text,
        raw: text,
        precision: oneOf(["day", "month", "year", "decade", "century", "interval"]),
      }),
    ),
    dates: list(Type.Object({ type: oneOf(DATE_TYPES), value: text, raw: text })),
    /** `uri` is a COAR resource type; `raw` what the source said. */
    resourceType: orNull(
      Type.Object({ uri: text, label, general: oneOf(["literature", "dataset", "software", "other"]), raw: text }),
    ),
    /** ISO 639-3; `und` is never written, a language that is not known is absent. */
    languages: list(text),
    descriptions: list(
      Type.Object({ value: text, lang: optional(text), type: oneOf(["abstract", "toc", "note", "thesisNote"]) }),
    ),
    subjects: list(
      Type.Object({ value: text, lang: optional(text), scheme: oneOf(SUBJECT_SCHEMES), uri: optional(text) }),
    ),
    /** `uri` is a COAR access right; `raw` is absent where the repository's declared default was taken. */
    accessRights: orNull(Type.Object({ uri: text, label: text, raw: optional(text) })),
    embargoEnd: orNull(text),
    license: orNull(Type.Object({ uri: text, label: optional(text) })),
    rightsNotes: list(text),
    version: orNull(Type.Object({ uri: optional(text), label: text })),
    files: list(
      Type.Object({
        url: text,
        mediaType: optional(text),
        sizeBytes: optional(Type.Integer({ minimum: 0 })),
        label: optional(text),
        checksum: optional(text),
      }),
    ),
    formats: list(text),
    extents: list(text),
    /** `type` is a DataCite relationType. */
    relations: list(
      Type.Object({ type: text, target: Type.Object({ value: text, scheme: optional(text) }), label: optional(text) }),
    ),
    host: orNull(
      Type.Object({
        title: optional(text),
        issn: optional(text),
        isbn: optional(text),
        volume: optional(text),
        issue: optional(text),
        startPage: optional(text),
        endPage: optional(text),
        /** As found, where the parts above could not be told apart. */
        note: optional(text),
      }),
    ),
    series: list(Type.Object({ title: text, number: optional(text), issn: optional(text) })),
    coverage: list(Type.Object({ kind: oneOf(["spatial", "temporal"]), value: text, uri: optional(text) })),
    funding: list(
      Type.Object({
        funderName: optional(text),
        funderId: optional(text),
        awardNumber: optional(text),
        awardTitle: optional(text),
      }),
    ),
    thesis: orNull(
      Type.Object({
        degreeName: optional(text),
        level: optional(oneOf(THESIS_LEVELS)),
        discipline: optional(Type.Object({ label: text, code: optional(text) })),
        grantor: optional(place),
        department: optional(text),
        defenceDate: optional(text),
        defencePlace: optional(text),
      }),
    ),
    audience: list(text),
    edition: orNull(text),
    holdings: list(Type.Object({ institution: optional(text), callNumber: optional(text), location: optional(text) })),
    sourceNotes: list(text),
  },
  { $id: "https://lienthong.vn/schema/common-record.json", additionalProperties: false },
);
