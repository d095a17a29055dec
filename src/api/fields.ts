import Type from "typebox";

/** Parts of queries and answers that several routes have. */

export const text = Type.String();
export const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

/** A moment, or a datestamp as the feed writes it (OAI-PMH 2.0 §3.3): UTC, to the second. */
export const moment = (description: string) => Type.String({ format: "date-time", description });
export const count = (description: string) => Type.Integer({ minimum: 0, description });

/** One of a few words. */
export const oneOf = <const Words extends readonly string[]>(words: Words, description: string) =>
  Type.Unsafe<Words[number]>({ type: "string", enum: [...words], description });

/** The same sentence in both languages. */
export const sentences = Type.Object({ vi: text, en: text });

/** What the software of a repository has to do with a problem, in the words of its menus and settings. */
export const hint = orNull(Type.Object({ software: text, text: sentences }));

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
