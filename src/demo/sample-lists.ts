import { type ItemRange, type OrderedItems, writeHeader, writeRecord } from "./ordered-items.ts";
import type { SampleRepository } from "./sample-repository.ts";
import { SampleError } from "./sample-request.ts";
import { type ListPosition, readToken, writeToken } from "./sample-token.ts";
import { writeElement } from "./sample-xml.ts";

/** One page of ListRecords or ListIdentifiers. */
export function listPage(
  repository: SampleRepository,
  items: OrderedItems,
  given: ReadonlyMap<string, string>,
): string {
  const position = readPosition(repository, given);
  const range = items.select(position);
  const begin = range.first + position.cursor;
  if (begin >= range.end) throw emptyPage(position);
  const end = Math.min(begin + repository.pageSize, range.end);
  const page = range.items.slice(begin, end);
  const entries = page.map((item) =>
    given.get("verb") === "ListIdentifiers" ? `${writeHeader(item)}\n` : writeRecord(item, position.metadataPrefix),
  );
  return entries.join("") + resumption(position, range, end);
}

function readPosition(repository: SampleRepository, given: ReadonlyMap<string, string>): ListPosition {
  const token = given.get("resumptionToken");
  const position = token === undefined ? firstPosition(given) : readToken(token);
  const known = repository.formats.some((format) => format.prefix === position?.metadataPrefix);
  if (token !== undefined && (position === null || !known)) throw badToken();
  if (position === null || !known) {
    throw new SampleError("cannotDisseminateFormat", `Not offered here: ${given.get("metadataPrefix")}`);
  }
  if (position.set !== null && repository.sets.length === 0) {
    throw new SampleError("noSetHierarchy", "This repository has no sets");
  }
  return position;
}

function firstPosition(given: ReadonlyMap<string, string>): ListPosition {
  return {
    metadataPrefix: given.get("metadataPrefix") ?? "",
    set: given.get("set") ?? null,
    from: given.get("from") ?? null,
    until: given.get("until") ?? null,
    cursor: 0,
  };
}

function emptyPage(position: ListPosition): SampleError {
  return position.cursor > 0 ? badToken() : new SampleError("noRecordsMatch", "No item matches the arguments");
}

function badToken(): SampleError {
  return new SampleError("badResumptionToken", "This resumptionToken is not, or no longer, valid");
}

/** Nothing for a list of one page; an empty element closes a list of several (OAI-PMH 2.0, 3.5). */
function resumption(position: ListPosition, range: ItemRange, end: number): string {
  const complete = end === range.end;
  if (complete && position.cursor === 0) return "";
  const token = complete ? "" : writeToken({ ...position, cursor: end - range.first });
  const completeListSize = String(range.end - range.first);
  return writeElement("resumptionToken", token, { completeListSize, cursor: String(position.cursor) });
}
