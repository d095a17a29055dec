import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

interface Operation {
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: object }>> }>
  >;
}

/** As much of an OpenAPI document as is looked at. */
export interface OpenApi {
  readonly openapi: string;
  readonly paths: Readonly<Record<string, { readonly get: Operation }>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

/** An answer to be judged. */
export interface Answer {
  /** The path in the document. */
  readonly path: string;
  readonly status: number;
  readonly type: string;
  readonly body: unknown;
}

/**
 * Judges answers by the OpenAPI document, with a JSON Schema validator that shares nothing with what made it. What an
 * answer has and the document does not tell of is a complaint too, but where the document leaves an object open.
 */
export function judgeBy(document: OpenApi): (answer: Answer) => readonly ErrorObject[] {
  // `strict` refuses keywords that are in vain
  const ajv = new Ajv2020({ strict: true, allErrors: true });
  addFormats.default(ajv);
  ajv.addKeyword("components");
  ajv.addSchema({ $id: "openapi.json", components: { schemas: closed(document.components.schemas) } });
  const validators = new Map<string, ValidateFunction>();
  return ({ path, status, type, body }) => {
    const content = document.paths[path]?.get.responses[status]?.content ?? {};
    const schema = content[type.replace(/;.*$/, "")]?.schema as { readonly $ref?: string } | undefined;
    if (schema?.$ref === undefined) throw new Error(`the document tells nothing of ${path} ${status} as ${type}`);
    const validate = validators.get(schema.$ref) ?? ajv.compile({ $ref: `openapi.json${schema.$ref}` });
    validators.set(schema.$ref, validate);
    validate(body);
    return validate.errors ?? [];
  };
}

/** The same where no object may have what is not described, unless it says that it may. */
function closed<Schemas extends object>(schemas: Schemas): Schemas {
  return JSON.parse(
    JSON.stringify(schemas, (_key, value) =>
      value !== null && typeof value === "object" && value.type === "object"
        ? { additionalProperties: false, ...value }
        : value,
    ),
  );
}
