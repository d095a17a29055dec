import Type from "typebox";
import { findFeedItem, WHENEVER_STAMPED } from "../store/oai-list.ts";
import { component, refTo } from "./component.ts";
import { readDate, readRange } from "./dates.ts";
import { after, limit, moment, next } from "./fields.ts";
import { excerptOf, Problem } from "./problem.ts";
import { recordComponent, shownRecord } from "./record.ts";
import { readRecordPage } from "./record-list.ts";
import { defineRoute, nextAddress } from "./route.ts";

const { Optional: optional } = Type;
const set = optional(Type.String({ description: "the setSpec of a set, as /sets lists them" }));
const DATE = "2026-05-01 or 2026-05-01T00:00:00Z, in UTC";
const from = optional(Type.String({ description: `the moment at which or after which records changed: ${DATE}` }));
const until = optional(Type.String({ description: `the moment at which or before which records changed: ${DATE}` }));
const since = Type.String({ description: `the "horizon" of your last answer, or another moment: ${DATE}` });
const LIST_PROBLEMS = ["bad-date", "bad-place", "unknown-set"] as const;

/** Everything that our identifiers are made of (`aggregatorIdentifier`); the store refuses some of what is not. */
const IDENTIFIER = /^oai:[!-~]+$/;

/** One record. */
export const recordRoute = defineRoute({
  path: "/records/{identifier}",
  operationId: "getRecord",
  summary: "A record by its identifier. Of a deleted one its tombstone is given.",
  named: "our identifier, oai:<domain>:<code>/<local part>, percent-encoded",
  query: Type.Object({}),
  answers: recordComponent,
  problems: ["unknown-record"],
  recordsIn: () => 1,
  answer: async ({ db }, { named }) => {
    const item = IDENTIFIER.test(named) ? await findFeedItem(db, named, WHENEVER_STAMPED) : null;
    if (item !== null) return shownRecord(item);
    throw new Problem(
      "unknown-record",
      `there is no record "${excerptOf(named)}": give the identifier that we serve it under, percent-encoded (encodeURIComponent)`,
    );
  },
});

/** The records of the feed. */
export const recordsRoute = defineRoute({
  path: "/records",
  operationId: "listRecords",
  summary: "The records of the feed, those first that changed longest ago, tombstones included.",
  query: Type.Object({ set, from, until, limit, after }),
  answers: component(
    "RecordPage",
    Type.Object({
      records: Type.Array(refTo(recordComponent)),
      horizon: moment("The list is complete up to this moment, on all of its pages."),
      next,
    }),
  ),
  problems: LIST_PROBLEMS,
  recordsIn: ({ records }) => records.length,
  answer: async (options, { query }) => {
    const { set, limit, after } = query;
    const wanted = { ...readRange(query.from, query.until), set, limit, after };
    const { records, horizon, place } = await readRecordPage(options, "/records", wanted);
    return { records, horizon, next: nextAddress(options, "/records", query, place) };
  },
});

/** What is new since the last time. */
export const changesRoute = defineRoute({
  path: "/changes",
  operationId: "listChanges",
  summary:
    'What changed since a moment, tombstones included. Read it to its last page, then use its "horizon" as your next "since": nothing is lost.',
  query: Type.Object({ since, set, limit, after }),
  answers: component(
    "ChangePage",
    Type.Object({
      changes: Type.Array(refTo(recordComponent)),
      horizon: moment('Your next "since", once you have read the last page; the same on all of them.'),
      next,
    }),
  ),
  problems: LIST_PROBLEMS,
  recordsIn: ({ changes }) => changes.length,
  answer: async (options, { query }) => {
    const { instant: from } = readDate("since", query.since);
    const { set, limit, after } = query;
    const wanted = { from, until: null, set, limit, after };
    const { records, horizon, place } = await readRecordPage(options, "/changes", wanted);
    return { changes: records, horizon, next: nextAddress(options, "/changes", query, place) };
  },
});
