import { createHash } from "node:crypto";
import { OaiError } from "../oai/errors.ts";
import type { Resumption } from "../oai/types.ts";
import { ResumptionLoopError } from "./failures.ts";

/** Arguments of the first request of a list; the following ones carry the token alone (OAI-PMH 2.0 §3.5). */
export interface ListArguments {
  readonly metadataPrefix: string;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly set?: string | null;
}

/** One page of a list. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  readonly resumption: Resumption;
  readonly bytes: number;
}

/** Asks for one page. */
export type AskForPage<Item> = (args: ListArguments | { readonly resumptionToken: string }) => Promise<ListPage<Item>>;

/** A repeated page may be a repository's hiccup; three in a row that bring nothing new are a circle. */
const PAGES_WITHOUT_PROGRESS = 3;
/** Empty pages lead on where their tokens do: a repository that hides records may have many in a row, but not for ever. */
const EMPTY_PAGES = 200;
const NO_PAGE = { items: [], resumption: { token: null, completeListSize: null, cursor: null }, bytes: 0 };

/**
 * Goes through a list page by page, the next request following when the reader wants the next page. `first` may be a
 * token: an interrupted list goes on where it stood. An empty answer (`noRecordsMatch`) is an empty list.
 * `keyOf` tells items apart. Throws `OaiError`, `ResumptionLoopError` and what `ask` throws.
 */
export async function* listPages<Item>(
  ask: AskForPage<Item>,
  first: ListArguments | { readonly resumptionToken: string },
  keyOf: (item: Item) => string,
): AsyncGenerator<ListPage<Item>, void> {
  const progress = new Progress();
  let next: ListArguments | { readonly resumptionToken: string } | null = first;
  while (next !== null) {
    const page: ListPage<Item> = await askOrNothing(ask, next);
    const { token } = page.resumption;
    const pages = progress.pagesWithout(page.items.map(keyOf), token);
    if (token !== null && pages !== null) throw new ResumptionLoopError(token, pages);
    yield page;
    next = token === null ? null : { resumptionToken: token };
  }
}

/** Notices when a list goes round: a repeated token alone is no proof, pages that bring nothing new are. */
class Progress {
  readonly #pages = new Set<string>();
  readonly #tokens = new Set<string>();
  #repeated = 0;
  #empty = 0;

  /** How many pages in a row have brought nothing new, where that is too many; `null` where it is not. */
  pagesWithout(keys: readonly string[], token: string | null): number | null {
    const leadsOn = token === null || !this.#tokens.has(token);
    if (token !== null) this.#tokens.add(token);
    if (keys.length === 0 && leadsOn) {
      this.#empty += 1;
      return this.#empty >= EMPTY_PAGES ? this.#empty : null;
    }
    const digest = createHash("sha1").update(keys.join("\n")).digest("base64");
    this.#empty = 0;
    this.#repeated = this.#pages.has(digest) ? this.#repeated + 1 : 0;
    this.#pages.add(digest);
    return this.#repeated >= PAGES_WITHOUT_PROGRESS ? this.#repeated : null;
  }
}

/** noRecordsMatch is an empty list, not a failure; some repositories say it instead of an empty last page. */
async function askOrNothing<Item>(
  ask: AskForPage<Item>,
  args: Parameters<AskForPage<Item>>[0],
): Promise<ListPage<Item>> {
  try {
    return await ask(args);
  } catch (error) {
    if (error instanceof OaiError && error.code === "noRecordsMatch") return NO_PAGE;
    throw error;
  }
}

/** Asks for the next page while the reader is busy with the one in hand: one page ahead, never more. */
export async function* oneAhead<Page>(pages: AsyncGenerator<Page, void>): AsyncGenerator<Page, void> {
  let next = pages.next();
  // A failure that comes while the reader is busy is met at the next turn of the loop, not as an unhandled rejection.
  next.catch(() => {});
  try {
    for (let result = await next; !result.done; result = await next) {
      next = pages.next();
      next.catch(() => {});
      yield result.value;
    }
  } finally {
    await next.catch(() => {});
    await pages.return();
  }
}
