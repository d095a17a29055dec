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

/** One page of a list, or a part of one. */
export interface ListPage<Item> {
  readonly items: readonly Item[];
  /** Of a part nothing is known yet: it comes with the last one. */
  readonly resumption: Resumption;
  readonly bytes: number;
  /** What had to be mended of the answer, outside of its items. */
  readonly repairs?: readonly string[];
  /** The page is long and the rest of it still arriving: the next one brings more of the same page. */
  readonly part?: true;
}

type PageArguments = ListArguments | { readonly resumptionToken: string };

/** Asks for one page. */
export type AskForPage<Item> = (args: PageArguments) => Promise<ListPage<Item>>;

/** Asks for one page and brings it in parts as it arrives, the last of which is not marked as one. */
export type AskForParts<Item> = (args: PageArguments) => AsyncGenerator<ListPage<Item>, void>;

/** A repeated page may be a repository's hiccup; three in a row that bring nothing new are a circle. */
const PAGES_WITHOUT_PROGRESS = 3;
/** Empty pages lead on where their tokens do: a repository that hides records may have many in a row, but not for ever. */
const EMPTY_PAGES = 200;
export const NO_RESUMPTION: Resumption = { token: null, completeListSize: null, cursor: null };
const NO_PAGE = { items: [], resumption: NO_RESUMPTION, bytes: 0 };

/**
 * Goes through a list page by page, the next request following when the reader wants the next page. `first` may be a
 * token: an interrupted list goes on where it stood. An empty answer (`noRecordsMatch`) is an empty list.
 * `keyOf` tells items apart. Throws `OaiError`, `ResumptionLoopError` and what `ask` throws.
 */
export async function* listPages<Item>(
  ask: AskForPage<Item>,
  first: PageArguments,
  keyOf: (item: Item) => string,
): AsyncGenerator<ListPage<Item>, void> {
  const inOne: AskForParts<Item> = async function* (args) {
    yield await ask(args);
  };
  yield* listParts(inOne, first, keyOf);
}

/** As `listPages`, where a page may come in parts. Whether the list goes round is judged by whole pages. */
export async function* listParts<Item>(
  ask: AskForParts<Item>,
  first: PageArguments,
  keyOf: (item: Item) => string,
): AsyncGenerator<ListPage<Item>, void> {
  const progress = new Progress();
  let next: PageArguments | null = first;
  while (next !== null) {
    let token: string | null = null;
    for await (const page of askOrNothing(ask, next)) {
      progress.add(page.items.map(keyOf));
      if (page.part !== true) {
        token = page.resumption.token;
        const pages = progress.pagesWithout(token);
        if (token !== null && pages !== null) throw new ResumptionLoopError(token, pages);
      }
      yield page;
    }
    next = token === null ? null : { resumptionToken: token };
  }
}

/** Notices when a list goes round: a repeated token alone is no proof, pages that bring nothing new are. */
class Progress {
  readonly #pages = new Set<string>();
  readonly #tokens = new Set<string>();
  #repeated = 0;
  #empty = 0;
  #items = 0;
  #digest = createHash("sha1");

  /** What the page in hand has brought, or a part of it. */
  add(keys: readonly string[]): void {
    this.#items += keys.length;
    for (const key of keys) this.#digest.update(`${key}\n`);
  }

  /**
   * The page in hand is at its end and leads to `token`. Returns how many pages in a row have brought nothing new, where
   * that is too many; `null` where it is not.
   */
  pagesWithout(token: string | null): number | null {
    const empty = this.#items === 0;
    const digest = this.#digest.digest("base64");
    this.#items = 0;
    this.#digest = createHash("sha1");
    // not the token itself: it is a slice, and would keep the end of every page in memory
    const next = token === null ? null : createHash("sha1").update(token).digest("base64");
    const leadsOn = next === null || !this.#tokens.has(next);
    if (next !== null) this.#tokens.add(next);
    if (empty && leadsOn) {
      this.#empty += 1;
      return this.#empty >= EMPTY_PAGES ? this.#empty : null;
    }
    this.#empty = 0;
    this.#repeated = this.#pages.has(digest) ? this.#repeated + 1 : 0;
    this.#pages.add(digest);
    return this.#repeated >= PAGES_WITHOUT_PROGRESS ? this.#repeated : null;
  }
}

/** noRecordsMatch is an empty list, not a failure; some repositories say it instead of an empty last page. */
async function* askOrNothing<Item>(ask: AskForParts<Item>, args: PageArguments): AsyncGenerator<ListPage<Item>, void> {
  try {
    yield* ask(args);
  } catch (error) {
    if (!(error instanceof OaiError) || error.code !== "noRecordsMatch") throw error;
    yield NO_PAGE;
  }
}

/** Asks for the next page, or part, while the reader is busy with the one in hand: one ahead, never more. */
export async function* oneAhead<Page>(pages: AsyncGenerator<Page, void>): AsyncGenerator<Page, void> {
  let next = pages.next();
  // A failure that comes while the reader is busy is met at the next turn of the loop, not as an unhandled rejection.
  next.catch(() => {});
  try {
    for (;;) {
      // not the loop's own variable: V8 keeps those of the first turn and of the last one, and each holds a page
      const result = await next;
      if (result.done === true) return;
      next = pages.next();
      next.catch(() => {});
      yield result.value;
    }
  } finally {
    await next.catch(() => {});
    await pages.return();
  }
}
