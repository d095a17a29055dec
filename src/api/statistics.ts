import Type from "typebox";
import { formatDatestamp } from "../oai/datestamp.ts";
import { PROFILES } from "../quality/profiles.ts";
import { summarize } from "../quality/summary.ts";
import { listRepositories } from "../store/repositories.ts";
import { listLatestRuns } from "../store/runs.ts";
import { component } from "./component.ts";
import { count, moment, orNull } from "./fields.ts";
import { qualitySchema, shownQuality } from "./quality.ts";
import { STATES } from "./repository.ts";
import { defineRoute } from "./route.ts";

/** How much there is. */
export const statisticsRoute = defineRoute({
  path: "/statistics",
  operationId: "getStatistics",
  summary: "How many repositories and records there are, and how good the records are. Counted once a minute.",
  query: Type.Object({}),
  answers: component(
    "Statistics",
    Type.Object({
      countedAt: moment("When the records were counted."),
      lastUpdate: orNull(moment("When the latest harvest ended.")),
      records: Type.Object({ live: count("In the feed."), deleted: count("Tombstones in the feed.") }),
      repositories: Type.Object({
        draft: count("Not harvested yet."),
        live: count("Harvested."),
        paused: count("Not harvested for the time being."),
        retired: count("Not harvested any more."),
      }),
      quality: qualitySchema,
    }),
  ),
  answer: async ({ db, counts }) => {
    const [{ value: counted, at }, groups, repositories, runs] = await Promise.all([
      counts.records(),
      counts.quality(),
      listRepositories(db, { retired: true }),
      listLatestRuns(db),
    ]);
    const ends = runs.flatMap(({ finished_at }) => (finished_at === null ? [] : [finished_at.getTime()]));
    const inState = (state: string) => repositories.filter((repository) => repository.state === state).length;
    return {
      countedAt: formatDatestamp(at, "second"),
      lastUpdate: ends.length === 0 ? null : formatDatestamp(new Date(Math.max(...ends)), "second"),
      records: {
        live: counted.reduce((sum, { live }) => sum + live, 0),
        deleted: counted.reduce((sum, { deleted }) => sum + deleted, 0),
      },
      repositories: inEach(STATES, inState),
      quality: shownQuality(summarize(PROFILES.national, groups)),
    };
  },
});

function inEach<const Name extends string>(
  names: readonly Name[],
  count: (name: Name) => number,
): Record<Name, number> {
  return Object.fromEntries(names.map((name) => [name, count(name)])) as Record<Name, number>;
}
