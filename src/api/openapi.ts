import { STATUS_CODES } from "node:http";
import type Type from "typebox";
import { type Component, refTo } from "./component.ts";
import { PROBLEMS, type ProblemName, problemComponent } from "./problem.ts";
import { commonRecordComponent, recordComponent } from "./record.ts";
import { repositoryComponent } from "./repository.ts";
import type { ApiOptions, ApiRoute } from "./route.ts";
import { runComponent } from "./run.ts";

/** What answers are made of beside what they are themselves. */
const PARTS: readonly Component[] = [
  problemComponent,
  commonRecordComponent,
  recordComponent,
  runComponent,
  repositoryComponent,
];
/** What any route may answer. */
const ALWAYS = [
  "unknown-parameter",
  "bad-parameter",
  "bad-token",
  "too-many-requests",
  "internal-error",
  "unavailable",
] as const satisfies readonly ProblemName[];

const HEADERS = {
  ETag: { description: "What If-None-Match takes.", schema: { type: "string" } },
};
const LINK = { description: 'rel="next": where the list goes on.', schema: { type: "string" } };
const RETRY_AFTER = { description: "Seconds after which to come back.", schema: { type: "integer" } };

/** Describes the routes (OpenAPI 3.1.1); everything that is said of one stands in its definition. */
export function openApiDocument({ name, version, baseUrl }: ApiOptions, routes: readonly ApiRoute[]): object {
  const answers = routes.map(({ answers }): Component => answers);
  const schemas = [...PARTS, ...answers].map(({ name, schema }) => [name, schema]);
  return {
    openapi: "3.1.1",
    info: {
      title: name,
      version,
      summary: "Records, repositories, harvests, sets and statistics. Reading needs no account.",
    },
    servers: [{ url: baseUrl() }],
    security: [{}, { token: [] }],
    paths: Object.fromEntries(routes.map((route) => [route.path, { get: operationOf(route) }])),
    components: {
      schemas: Object.fromEntries(schemas),
      securitySchemes: {
        token: { type: "http", scheme: "bearer", description: "Who has one may ask as often as needed." },
      },
    },
  };
}

function operationOf(route: ApiRoute): object {
  const { operationId, summary, answers, mediaType, problems } = route;
  const paged = "next" in ((answers.schema as Type.TSchema & { properties?: object }).properties ?? {});
  const good = {
    description: "The answer.",
    headers: paged ? { ...HEADERS, Link: LINK } : HEADERS,
    content: { [mediaType]: { schema: refTo(answers) } },
  };
  const possible: readonly ProblemName[] = [...problems, ...ALWAYS];
  const statuses = new Set(possible.map((problem) => PROBLEMS[problem].status));
  const namesOf = (status: number) => possible.filter((problem) => PROBLEMS[problem].status === status);
  return {
    operationId,
    summary,
    parameters: parametersOf(route),
    responses: {
      200: good,
      304: { description: "Nothing has changed since the answer with the ETag of If-None-Match." },
      ...Object.fromEntries([...statuses].map((status) => [status, problemResponse(status, namesOf(status))])),
    },
  };
}

function parametersOf({ path, named, query }: ApiRoute): readonly object[] {
  const [, name] = /\{(\w+)\}/.exec(path) ?? [];
  const inPath =
    name === undefined ? [] : [{ name, in: "path", required: true, description: named, schema: { type: "string" } }];
  const inQuery = Object.entries(query.properties).map(([name, schema]) => {
    const { description, ...rest } = schema as Type.TSchema & { readonly description: string };
    return { name, in: "query", required: query.required?.includes(name) === true, description, schema: rest };
  });
  return [...inPath, ...inQuery];
}

function problemResponse(status: number, names: readonly ProblemName[]): object {
  const comesBack = status === 429 || status === 503;
  return {
    description: `${STATUS_CODES[status]}: ${names.join(", ")}.`,
    ...(comesBack ? { headers: { "Retry-After": RETRY_AFTER } } : {}),
    content: { "application/problem+json": { schema: refTo(problemComponent) } },
  };
}
