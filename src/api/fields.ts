import Type from "typebox";

/** Parts of queries and answers that several routes have. */

export const text = Type.String();
export const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A moment, or a datestamp as the feed writes it (OAI-PMH 2.0 §3.3): UTC, to the second. */
export const moment = (description: string) => Type.String({ format: "date-time", description });
export const limit = Type.Integer({
  minimum: 1,
  maximum: 1000,
  default: 100,
  description: "how many to give at most, a whole number from 1 to 1000",
});
export const after = Type.Optional(
  Type.String({ description: 'the place in the list that "next" of the page before has, as it is' }),
);
export const next = orNull(
  Type.String({
    format: "uri",
    description: "Where the list goes on; null on its last page. The Link header says the same.",
  }),
);
