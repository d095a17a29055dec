import { OaiError } from "../oai/errors.ts";
import { reachHorizon } from "../store/catch-up.ts";
import { countFeed, type FeedItem, type ListFilter, listFeed } from "../store/oai-list.ts";
import { findSetId } from "../store/sets.ts";
import { type OaiRequest, required } from "./arguments.ts";
import { readDateRange } from "./datestamps.ts";
import { formatNamed } from "./formats.ts";
import type { ProviderOptions } from "./options.ts";
import type { PageEnd } from "./resumption.ts";
import { type ListToken, readListToken } from "./token.ts";

/** Beyond this many, counting would cost more than the page. */
const MOST_COUNTED = 10_000;

/** A page of ListRecords or ListIdentifiers. */
export interface ListedPage {
  readonly items: readonly FeedItem[];
  readonly metadataPrefix: string;
  readonly setSpec: string | null;
  readonly end: PageEnd;
  readonly responseDate: Date;
}

/** A list and the place where its next page begins; `after` is `null` at its beginning. */
type Place = Omit<ListToken, "after"> & { readonly after: ListToken["after"] | null };

/**
 * Reads the page that is asked for (OAI-PMH 2.0 §4.3, §4.5). `horizon` is the moment up to which the feed is complete
 * now, read before anything else.
 *
 * A list ends at the horizon of its first page, whenever the others are asked for, and that horizon is the
 * `responseDate` of all its pages. Nothing is ever stored at or before a horizon that was told, so the list can only lose
 * records, namely those that change while it is read: their new stamps lie behind the horizon, where a harvest `from` the
 * `responseDate` of any of these pages finds them. Where everything that was left has moved like that, the list goes on
 * to the present horizon and tells that one: it has then given everything up to there.
 *
 * A list that another server began may end at a horizon that this one, on a replica, has not reached: it is waited for.
 *
 * Throws `OaiError`: `badResumptionToken`, `cannotDisseminateFormat`, `noRecordsMatch` and, for what is missing,
 * `badArgument`. Throws `FeedBehind`.
 */
export async function readListPage(
  options: ProviderOptions,
  request: OaiRequest,
  verb: ListToken["verb"],
  horizon: Date,
): Promise<ListedPage> {
  const place = placeOf(options, request, verb, horizon);
  const reached = place.horizon > horizon ? await reachHorizon(options.db, place.horizon) : horizon;
  const setId = await setIdOf(options, place.set);
  const page = await readFrom(options, place, setId);
  if (page !== null) return page;
  const extended = place.after === null ? null : { ...place, horizon: reached, completeListSize: null };
  const rest = extended === null ? null : await readFrom(options, extended, setId);
  if (rest === null) throw new OaiError("noRecordsMatch", "no records match");
  return rest;
}

function placeOf(options: ProviderOptions, request: OaiRequest, verb: ListToken["verb"], horizon: Date): Place {
  const { given } = request;
  const token = given.get("resumptionToken");
  if (token !== undefined) {
    const place = readListToken(options.tokenSecret, token, verb, new Date());
    if (options.formats.some(({ metadataPrefix }) => metadataPrefix === place.metadataPrefix)) return place;
    throw new OaiError("badResumptionToken", `the format ${place.metadataPrefix} is no longer given`);
  }
  const { metadataPrefix } = formatNamed(options, required(request, "metadataPrefix"));
  const range = readDateRange(given.get("from") ?? null, given.get("until") ?? null);
  const set = given.get("set") ?? null;
  return { verb, metadataPrefix, set, ...range, horizon, after: null, cursor: 0, completeListSize: null };
}

async function setIdOf({ db }: ProviderOptions, setSpec: string | null): Promise<number | null> {
  if (setSpec === null) return null;
  const setId = await findSetId(db, setSpec);
  if (setId === null) throw new OaiError("noRecordsMatch", `there is no set ${setSpec}; ListSets tells which`);
  return setId;
}

/** The page at `place`, or `null` where nothing is left of the list. */
async function readFrom(options: ProviderOptions, place: Place, setId: number | null): Promise<ListedPage | null> {
  const { db, pageSize } = options;
  const { after, cursor, horizon, metadataPrefix } = place;
  const { requires = [] } = formatNamed(options, metadataPrefix);
  const filter = { setId, from: place.from, until: place.until, horizon, requires };
  const withMetadata = place.verb === "ListRecords";
  // one more than is shown tells whether another page follows
  const found = await listFeed(db, filter, { after, limit: pageSize + 1, withMetadata });
  const items = found.slice(0, pageSize);
  const last = items.at(-1);
  if (last === undefined) return null;
  const moreToCome = found.length > pageSize;
  const counted = after === null && moreToCome ? await exactSize(options, filter) : place.completeListSize;
  const position = { stamp: last.stamp, recordId: last.recordId };
  const next = { ...place, after: position, cursor: cursor + items.length, completeListSize: counted };
  return {
    items,
    metadataPrefix,
    setSpec: place.set,
    end: { cursor, completeListSize: counted, next: moreToCome ? next : null },
    responseDate: horizon,
  };
}

async function exactSize({ db }: ProviderOptions, filter: ListFilter): Promise<number | null> {
  const size = await countFeed(db, filter, MOST_COUNTED);
  return size > MOST_COUNTED ? null : size;
}
