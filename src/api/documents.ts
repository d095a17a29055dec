import Type from "typebox";
import { commonRecordSchema } from "../record/schema.ts";
import { component } from "./component.ts";
import { excerptOf, isProblemName, PROBLEMS, Problem } from "./problem.ts";
import { defineRoute } from "./route.ts";

const jsonSchema = Type.Object({ $schema: Type.String(), $id: Type.String() }, { additionalProperties: true });

/** The JSON Schema of the common record, for whoever wants to check records or write types. */
export const recordSchemaRoute = defineRoute({
  path: "/schemas/record.json",
  operationId: "getRecordSchema",
  summary: 'The JSON Schema of a common record: what stands in "record".',
  mediaType: "application/schema+json",
  query: Type.Object({}),
  answers: component("JsonSchema", jsonSchema),
  answer: async () => ({
    $schema: "https://json-schema.org/draft/2020-12/schema",
    ...(commonRecordSchema as typeof commonRecordSchema & { readonly $id: string }),
  }),
});

/** What a kind of problem means: its address is the `type` of problems. */
export const problemRoute = defineRoute({
  path: "/problems/{name}",
  operationId: "getProblemType",
  summary: "What a kind of problem means; its address is the type of every problem of the kind.",
  named: "the last part of a problem's type",
  query: Type.Object({}),
  answers: component(
    "ProblemType",
    Type.Object({ type: Type.String({ format: "uri" }), title: Type.String(), status: Type.Integer() }),
  ),
  problems: ["unknown-problem"],
  answer: async ({ baseUrl }, { named }) => {
    if (isProblemName(named)) return { type: `${baseUrl()}/problems/${named}`, ...PROBLEMS[named] };
    throw new Problem(
      "unknown-problem",
      `there is no problem "${excerptOf(named)}": there are ${Object.keys(PROBLEMS).join(", ")}`,
    );
  },
});
