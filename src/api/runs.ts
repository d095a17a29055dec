import Type from "typebox";
import { getRepository } from "../store/repositories.ts";
import { findRunOfAny, listRuns } from "../store/runs.ts";
import { component, refTo } from "./component.ts";
import { after, limit, next } from "./fields.ts";
import { CODE, namedRepository } from "./named-repository.ts";
import { readPlace, writePlace } from "./place.ts";
import { excerptOf, Problem } from "./problem.ts";
import { defineRoute, nextAddress } from "./route.ts";
import { runComponent, shownRun } from "./run.ts";

/** The numbers that JavaScript knows exactly, and more of them than there will ever be runs. */
const RUN_ID = /^([1-9]\d{0,14})$/;

/** The runs of a repository. */
export const runsRoute = defineRoute({
  path: "/repositories/{code}/runs",
  operationId: "listRuns",
  summary: "The harvests, sweeps and imports of a repository, latest first.",
  named: CODE,
  query: Type.Object({ limit, after }),
  answers: component("RunPage", Type.Object({ runs: Type.Array(refTo(runComponent)), next })),
  problems: ["unknown-repository", "bad-place"],
  answer: async (options, { query, named }) => {
    const { repository_id, code } = await namedRepository(options.db, named);
    const path = `/repositories/${code}/runs`;
    const before = query.after === undefined ? null : Number(readPlace(path, query.after, RUN_ID)[0]);
    const found = await listRuns(options.db, repository_id, query.limit + 1, before);
    const runs = found.slice(0, query.limit);
    const last = runs.at(-1);
    const place = found.length > runs.length && last !== undefined ? writePlace(path, [last.run_id]) : null;
    return { runs: runs.map((run) => shownRun(run, code)), next: nextAddress(options, path, query, place) };
  },
});

/** One run. */
export const runRoute = defineRoute({
  path: "/runs/{id}",
  operationId: "getRun",
  summary: "A run by its number.",
  named: "the number of a run, as /repositories/{code}/runs lists them",
  query: Type.Object({}),
  answers: runComponent,
  problems: ["unknown-run"],
  answer: async ({ db }, { named }) => {
    const run = RUN_ID.test(named) ? await findRunOfAny(db, Number(named)) : null;
    if (run === null)
      throw new Problem("unknown-run", `there is no run ${excerptOf(named)}: its history may have been shortened`);
    return shownRun(run, (await getRepository(db, run.repository_id)).code);
  },
});
