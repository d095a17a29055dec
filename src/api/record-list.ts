import type Type from "typebox";
import { formatDatestamp } from "../oai/datestamp.ts";
import { isSetSpec } from "../oai/set-spec.ts";
import { reachHorizon } from "../store/catch-up.ts";
import type { Db } from "../store/database.ts";
import { type ListPosition, listFeed } from "../store/oai-list.ts";
import { findSetId } from "../store/sets.ts";
import type { DateRange } from "./dates.ts";
import { readPlace, writePlace } from "./place.ts";
import { excerptOf, Problem } from "./problem.ts";
import { type recordComponent, shownRecord } from "./record.ts";
import type { ApiOptions } from "./route.ts";

/** Which records are asked for. */
export interface RecordListQuery extends DateRange {
  readonly set: string | undefined;
  readonly limit: number;
  readonly after: string | undefined;
}

/** A page of records, oldest first, tombstones included. */
export interface RecordPage {
  readonly records: Type.Static<typeof recordComponent.schema>[];
  /** The feed is complete up to here, and the list ends here. */
  readonly horizon: string;
  /** Where the list goes on, or `null`. */
  readonly place: string | null;
}

/** The clocks of two servers differ by less. */
const CLOCKS_APART_MS = 60_000;
/** Horizon, stamp and number of the last record. */
const FORM = /^(\d{1,15}) (\d{1,15}) (\d{1,15})$/;

/**
 * Reads a page as the feed does (`src/provider/list-page.ts`): all pages end at the horizon of the first. Nothing is ever
 * stored at or before a horizon that was told, so a list can only lose records, namely those that change while it is
 * read; they come with the next list that begins at the horizon. A list that another server began may end at a horizon that
 * this one, on a replica, has not reached: it is waited for. Throws `Problem` and `FeedBehind`.
 */
export async function readRecordPage(
  { db, horizon: readHorizon }: ApiOptions,
  path: string,
  query: RecordListQuery,
): Promise<RecordPage> {
  const { from, until, limit, set } = query;
  const list = JSON.stringify([path, set, from, until]);
  // before anything else, so that an empty page, too, tells a moment from which nothing is lost
  const present = await readHorizon();
  const { horizon, after } =
    query.after === undefined ? { horizon: present, after: null } : readRecordPlace(list, query.after);
  if (horizon > present) await reachHorizon(db, horizon);
  const setId = set === undefined ? null : await setIdOf(db, set);
  // one more than is shown tells whether another page follows
  const found = await listFeed(db, { setId, from, until, horizon }, { after, limit: limit + 1, withMetadata: true });
  const items = found.slice(0, limit);
  const last = items.at(-1);
  const place = found.length > limit && last !== undefined ? writeRecordPlace(list, horizon, last) : null;
  return { records: items.map(shownRecord), horizon: formatDatestamp(horizon, "second"), place };
}

function writeRecordPlace(list: string, horizon: Date, last: ListPosition): string {
  return writePlace(list, [horizon.getTime(), last.stamp.getTime(), last.recordId]);
}

/** No server tells a horizon that is ahead of the clock: a place that says otherwise is made up and would lose records. */
function readRecordPlace(list: string, given: string): { horizon: Date; after: ListPosition } {
  const [horizon = 0, stamp = 0, recordId = 0] = readPlace(list, given, FORM).map(Number);
  if (horizon <= Date.now() + CLOCKS_APART_MS && stamp <= horizon)
    return { horizon: new Date(horizon), after: { stamp: new Date(stamp), recordId } };
  throw new Problem("bad-place", `"after" names a place where no list of ours has been: leave it out to begin anew`);
}

async function setIdOf(db: Db, setSpec: string): Promise<number> {
  const setId = isSetSpec(setSpec) ? await findSetId(db, setSpec) : null;
  if (setId !== null) return setId;
  throw new Problem("unknown-set", `there is no set "${excerptOf(setSpec)}": /sets lists those that there are`);
}
