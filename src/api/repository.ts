import Type from "typebox";
import { formatDatestamp } from "../oai/datestamp.ts";
import type { RepositoryDetails } from "../portal/repository-status.ts";
import { hintOn, remarkAdvice } from "../portal/run-advice.ts";
import type { NextRun, RepositoryStatus } from "../portal/status.ts";
import { component, refTo } from "./component.ts";
import { count, hint, moment, oneOf, orNull, sentences, text } from "./fields.ts";
import { qualitySchema, shownQuality } from "./quality.ts";
import { runComponent, shownRun } from "./run.ts";

/** Where a repository stands. */
export const STATES = ["draft", "live", "paused", "retired"] as const;

const summary = {
  code: text,
  name: text,
  baseUrl: Type.String({ description: "Where its own feed is." }),
  state: oneOf(STATES, "Only live ones are harvested; records of retired ones are tombstones."),
  records: Type.Object({ live: count("In our feed."), deleted: count("Tombstones in our feed.") }),
  lastRun: orNull(refTo(runComponent)),
  nextHarvest: Type.Object({
    when: oneOf(["planned", "due", "by-hand", "never"], "due: now; by-hand: when a person says so."),
    at: orNull(moment("When it is planned.")),
  }),
};

/** A line of the list of repositories. */
export const repositoryComponent = component("Repository", Type.Object(summary));

/** All that is told of one repository. */
export const repositoryDetailsComponent = component(
  "RepositoryDetails",
  Type.Object({
    ...summary,
    platform: orNull(Type.String({ description: "Its software, as far as it tells." })),
    remarks: Type.Array(Type.Object({ code: text, advice: orNull(sentences), hint }), {
      description: "What we found when we looked at how it answers.",
    }),
    proposedDeletions: count("Records that leave the feed when a person approves it."),
    quality: qualitySchema,
  }),
);

/** A repository as the list shows it. */
export function shownRepository(status: RepositoryStatus): Type.Static<typeof repositoryComponent.schema> {
  const { code, name, baseUrl, state, live, deleted, lastRun, nextRun } = status;
  return {
    code,
    name,
    baseUrl,
    state,
    records: { live, deleted },
    lastRun: lastRun === null ? null : shownRun(lastRun, code),
    nextHarvest: shownNext(nextRun),
  };
}

/** A repository as it is shown by itself. */
export function shownDetails(details: RepositoryDetails): Type.Static<typeof repositoryDetailsComponent.schema> {
  const { platform, remarks } = details;
  return {
    ...shownRepository(details),
    platform,
    remarks: remarks.map((code) => ({ code, advice: remarkAdvice(code), hint: hintOn(code, platform) })),
    proposedDeletions: details.proposed,
    quality: shownQuality(details.quality),
  };
}

function shownNext(next: NextRun) {
  if (next instanceof Date) return { when: "planned" as const, at: formatDatestamp(next, "second") };
  return { when: ({ due: "due", byHand: "by-hand", none: "never" } as const)[next], at: null };
}
