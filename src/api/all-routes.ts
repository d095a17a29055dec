import Type from "typebox";
import { component } from "./component.ts";
import { problemRoute, recordSchemaRoute } from "./documents.ts";
import { issueCountsRoute, issuesRoute } from "./issues.ts";
import { openApiDocument } from "./openapi.ts";
import { changesRoute, recordRoute, recordsRoute } from "./records.ts";
import { repositoriesRoute, repositoryRoute } from "./repositories.ts";
import { type ApiRoute, defineRoute } from "./route.ts";
import { runRoute, runsRoute } from "./runs.ts";
import { setsRoute } from "./sets.ts";
import { statisticsRoute } from "./statistics.ts";
import { useRoute } from "./use.ts";

/** This description of all of them. */
const openApiRoute = defineRoute({
  path: "/openapi.json",
  operationId: "getOpenApi",
  summary: "This document.",
  query: Type.Object({}),
  answers: component("OpenApi", Type.Object({ openapi: Type.String() }, { additionalProperties: true })),
  answer: async (options) => openApiDocument(options, API_ROUTES) as { openapi: string },
});

/** Everything that can be asked, in the order of the OpenAPI document. */
export const API_ROUTES: readonly ApiRoute[] = [
  recordsRoute,
  recordRoute,
  changesRoute,
  repositoriesRoute,
  repositoryRoute,
  runsRoute,
  runRoute,
  issueCountsRoute,
  issuesRoute,
  setsRoute,
  statisticsRoute,
  useRoute,
  openApiRoute,
  recordSchemaRoute,
  problemRoute,
];
