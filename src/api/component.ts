import Type from "typebox";

/** A schema that the OpenAPI document keeps under a name. */
export interface Component<Schema extends Type.TSchema = Type.TSchema> {
  readonly name: string;
  readonly schema: Schema;
}

/** Gives a schema a name. */
export function component<const Schema extends Type.TSchema>(name: string, schema: Schema): Component<Schema> {
  return { name, schema };
}

/** Stands for a component in the schema of another one (OpenAPI 3.1 §4.8.23). */
export function refTo<Schema extends Type.TSchema>({ name }: Component<Schema>) {
  return Type.Unsafe<Type.Static<Schema>>({ $ref: `#/components/schemas/${name}` });
}
