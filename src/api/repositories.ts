import Type from "typebox";
import { readDetails } from "../portal/repository-status.ts";
import { statusOf } from "../portal/status.ts";
import { listRepositories } from "../store/repositories.ts";
import { listLatestRuns } from "../store/runs.ts";
import { component, refTo } from "./component.ts";
import { oneOf } from "./fields.ts";
import { CODE, namedRepository } from "./named-repository.ts";
import {
  repositoryComponent,
  repositoryDetailsComponent,
  STATES,
  shownDetails,
  shownRepository,
} from "./repository.ts";
import { defineRoute } from "./route.ts";

/** All repositories. */
export const repositoriesRoute = defineRoute({
  path: "/repositories",
  operationId: "listRepositories",
  summary:
    "The repositories by their codes, all at once: there are some hundred at most. Records are counted once a minute.",
  query: Type.Object({ state: Type.Optional(oneOf(STATES, `one of ${STATES.join(", ")}`)) }),
  answers: component("RepositoryList", Type.Object({ repositories: Type.Array(refTo(repositoryComponent)) })),
  answer: async ({ db, counts }, { query }) => {
    const [repositories, runs, { value }] = await Promise.all([
      listRepositories(db, { retired: true }),
      listLatestRuns(db),
      counts.records(),
    ]);
    const runOf = new Map(runs.map((run) => [run.repository_id, run]));
    const countOf = new Map(value.map((count) => [count.repositoryId, count]));
    const now = new Date();
    const shown = repositories
      .filter(({ state }) => query.state === undefined || state === query.state)
      .map((each) =>
        statusOf(each, runOf.get(each.repository_id) ?? null, countOf.get(each.repository_id) ?? null, now),
      );
    return { repositories: shown.map(shownRepository) };
  },
});

/** One repository. */
export const repositoryRoute = defineRoute({
  path: "/repositories/{code}",
  operationId: "getRepository",
  summary: "A repository by its code: how it fares, and how good its records are.",
  named: CODE,
  query: Type.Object({}),
  answers: repositoryDetailsComponent,
  problems: ["unknown-repository"],
  answer: async ({ db, counts }, { named }) => {
    const repository = await namedRepository(db, named);
    const counted = { ...counts, records: (await counts.records()).value };
    return shownDetails(await readDetails(db, repository, new Date(), counted));
  },
});
