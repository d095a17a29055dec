import Type from "typebox";
import Value from "typebox/value";
import { RECORD_FIELDS } from "./common-record.ts";
import { ACCESS_RIGHTS } from "./vocabulary.ts";

const text = Type.String({ minLength: 1 });
const optional = Type.Optional;
const language = Type.String({ pattern: "^[a-z]{3}$", description: "a code of ISO 639-3, e.g. vie" });
const resourceType = Type.String({
  pattern: "^http://purl\\.org/coar/resource_type/[A-Za-z0-9_-]+$",
  description: "a URI of COAR Resource Types, e.g. http://purl.org/coar/resource_type/c_46ec",
});
const accessRights = Type.String({
  enum: Object.keys(ACCESS_RIGHTS),
  description: `one of ${Object.keys(ACCESS_RIGHTS).join(", ")}`,
});
const closed = { additionalProperties: false };
const phrases = <Of extends Type.TSchema>(value: Of) => optional(Type.Record(text, value));

/** JSON Schema of what one repository means otherwise than all others (`docs/overrides.md`). */
export const overridesSchema = Type.Object(
  {
    /** What its words mean: the whole text of an element, and the value of the vocabulary. */
    values: optional(
      Type.Object(
        {
          resourceType: phrases(resourceType),
          languages: phrases(language),
          accessRights: phrases(accessRights),
        },
        closed,
      ),
    ),
    /** What holds for records that do not say. */
    defaults: optional(
      Type.Object(
        {
          languages: optional(Type.Array(language, { minItems: 1 })),
          publishers: optional(Type.Array(text, { minItems: 1 })),
          license: optional(Type.String({ pattern: "^https?://", description: "the URI of a licence" })),
        },
        closed,
      ),
    ),
    /** The element that a field is read from first, e.g. `dc.date.issued`, `dc:date`, `260$c`; then the next. */
    preferences: optional(
      Type.Object(
        Object.fromEntries(RECORD_FIELDS.map((field) => [field, optional(Type.Array(text, { minItems: 1 }))])),
        closed,
      ),
    ),
  },
  closed,
);

/** What holds for one repository only. */
export interface Overrides {
  readonly values?: {
    readonly resourceType?: Readonly<Record<string, string>>;
    readonly languages?: Readonly<Record<string, string>>;
    readonly accessRights?: Readonly<Record<string, string>>;
  };
  readonly defaults?: {
    readonly languages?: readonly string[];
    readonly publishers?: readonly string[];
    readonly license?: string;
  };
  readonly preferences?: Readonly<Record<string, readonly string[]>>;
}

/** A vocabulary whose words a repository may use in its own way. */
export type OverriddenVocabulary = keyof NonNullable<Overrides["values"]>;

/**
 * What is wrong with a value that should be overrides: a sentence a place, none where it can be used. The URIs of
 * resource types are checked by their form only; the vocabulary is a table of the mappings.
 */
export function overrideComplaints(value: unknown): readonly string[] {
  return Value.Errors(overridesSchema, value).flatMap(({ keyword, instancePath, message }) => {
    // said once more, and better, of each name by itself
    if (keyword === "additionalProperties") return [];
    const parts = instancePath.split("/").slice(1).map(unescaped);
    const place = parts.length === 0 ? "overrides" : `overrides: ${parts.map(quoted).join(".")}`;
    if (keyword === "boolean") return [`${place} is unknown; known are ${namesAt(parts.slice(0, -1)).join(", ")}`];
    const wanted = schemaAt(parts)?.description;
    return [`${place} ${wanted === undefined ? message : `must be ${wanted}`}`];
  });
}

interface Described {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Described>>;
  readonly patternProperties?: Readonly<Record<string, Described>>;
  readonly items?: Described;
}

function schemaAt(parts: readonly string[]): Described | undefined {
  return parts.reduce<Described | undefined>(
    (schema, part) => schema?.properties?.[part] ?? schema?.items ?? Object.values(schema?.patternProperties ?? {})[0],
    overridesSchema as Described,
  );
}

function namesAt(parts: readonly string[]): readonly string[] {
  return Object.keys(schemaAt(parts)?.properties ?? {});
}

/** A step of a JSON Pointer (RFC 6901 §4). */
function unescaped(step: string): string {
  return step.replaceAll("~1", "/").replaceAll("~0", "~");
}

function quoted(part: string): string {
  return /^\w+$/.test(part) ? part : JSON.stringify(part);
}
