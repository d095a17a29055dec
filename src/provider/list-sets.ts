import { OaiError } from "../oai/errors.ts";
import { listSets as readSets } from "../store/sets.ts";
import type { OaiRequest } from "./arguments.ts";
import type { Answered, ProviderOptions } from "./options.ts";
import { resumptionElement } from "./resumption.ts";
import { describeSets, setElement } from "./set-description.ts";
import { readSetsToken, type SetsToken } from "./token.ts";

/**
 * ListSets (OAI-PMH 2.0 §4.6). Throws `OaiError` `badResumptionToken`, and `noSetHierarchy` while there is no set at all:
 * the schema allows no empty list.
 */
export async function listSets(options: ProviderOptions, { given }: OaiRequest, horizon: Date): Promise<Answered> {
  const token = given.get("resumptionToken");
  const place: SetsToken =
    token === undefined
      ? { verb: "ListSets", horizon, afterSetSpec: "", cursor: 0 }
      : readSetsToken(options.tokenSecret, token, new Date());
  const found = await readSets(options.db, place.afterSetSpec, options.pageSize + 1);
  const sets = found.slice(0, options.pageSize);
  const last = sets.at(-1);
  if (last === undefined) throw new OaiError("noSetHierarchy", "there are no sets yet");
  const cursor = place.cursor + sets.length;
  const next = found.length > sets.length ? { ...place, afterSetSpec: last.setSpec, cursor } : null;
  const elements = (await describeSets(options.db, sets)).map(setElement);
  const resumption = resumptionElement(options, { cursor: place.cursor, completeListSize: null, next });
  // the page before may have come from a server that is further
  const responseDate = place.horizon < horizon ? place.horizon : horizon;
  return { body: [`<ListSets>\n${elements.join("\n")}${resumption}\n</ListSets>`], responseDate };
}
