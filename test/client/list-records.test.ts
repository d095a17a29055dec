import { expect, test } from "vitest";
import { ResumptionLoopError } from "../../src/client/failures.ts";
import { type AskForPage, type AskForParts, listPages, listParts, oneAhead } from "../../src/client/list-records.ts";
import { OaiError } from "../../src/oai/errors.ts";
import { collect } from "../support/collect.ts";

const FIRST = { metadataPrefix: "oai_dc" };

function page(items: readonly string[], token: string | null) {
  return { items, resumption: { token, completeListSize: null, cursor: null }, bytes: 0 };
}

/** A repository whose answer to each token is written down; the first request is the empty token. */
function repository(pages: Readonly<Record<string, ReturnType<typeof page>>>): {
  readonly ask: AskForPage<string>;
  readonly asked: string[];
} {
  const asked: string[] = [];
  const ask: AskForPage<string> = async (args) => {
    const token = "resumptionToken" in args ? args.resumptionToken : "";
    asked.push(token);
    const found = pages[token];
    if (found === undefined) throw new OaiError("noRecordsMatch", "nothing there");
    return found;
  };
  return { ask, asked };
}

async function itemsOf(ask: AskForPage<string>): Promise<string[]> {
  return (await collect(listPages(ask, FIRST, (item) => item))).flatMap(({ items }) => items);
}

test("a list is read to its end", async () => {
  const { ask } = repository({ "": page(["a", "b"], "1"), "1": page(["c"], "2"), "2": page(["d"], null) });
  expect(await itemsOf(ask)).toEqual(["a", "b", "c", "d"]);
});

test("noRecordsMatch is an empty list, on the first page and on a later one", async () => {
  expect(await itemsOf(repository({}).ask)).toEqual([]);
  expect(await itemsOf(repository({ "": page(["a"], "gone") }).ask)).toEqual(["a"]);
});

test("every other error of the protocol reaches the reader", async () => {
  const ask: AskForPage<string> = async () => {
    throw new OaiError("badResumptionToken", "expired");
  };
  await expect(itemsOf(ask)).rejects.toThrow("expired");
});

test("an empty page with a token does not end the list", async () => {
  const { ask } = repository({ "": page(["a"], "1"), "1": page([], "2"), "2": page(["b"], null) });
  expect(await itemsOf(ask)).toEqual(["a", "b"]);
});

test("a repository that uses one token for all pages is read to its end", async () => {
  const pages = [page(["a"], "same"), page(["b"], "same"), page(["c"], "same"), page(["d"], "same"), page(["e"], null)];
  const ask: AskForPage<string> = async () => pages.shift() ?? page([], null);
  expect(await itemsOf(ask)).toEqual(["a", "b", "c", "d", "e"]);
});

test("a list that goes in a circle is left after three pages that bring nothing new", async () => {
  const { ask, asked } = repository({ "": page(["a"], "1"), "1": page(["b"], "1") });
  await expect(itemsOf(ask)).rejects.toThrow(ResumptionLoopError);
  expect(asked).toEqual(["", "1", "1", "1", "1"]);
});

test("ten empty pages in a row do not end a list whose tokens lead on", async () => {
  const empty = Array.from({ length: 10 }, (_, at) => [String(at + 1), page([], String(at + 2))] as const);
  const { ask } = repository({ "": page(["a"], "1"), ...Object.fromEntries(empty), "11": page(["b"], null) });
  expect(await itemsOf(ask)).toEqual(["a", "b"]);
});

test("empty pages for ever are a circle too, with one token or with always another", async () => {
  const same: AskForPage<string> = async () => page([], "same");
  await expect(itemsOf(same)).rejects.toThrow(ResumptionLoopError);
  let token = 0;
  const others: AskForPage<string> = async () => page([], String(token++));
  await expect(itemsOf(others)).rejects.toThrow(ResumptionLoopError);
});

/** A repository whose pages come in parts: every page is written as the items of its parts. */
function inParts(...pages: readonly (readonly (readonly string[])[])[]): AskForParts<string> {
  let asked = 0;
  return async function* () {
    const parts = pages[asked % pages.length] ?? [];
    asked += 1;
    for (const items of parts.slice(0, -1)) yield { ...page(items, null), part: true as const };
    yield page(parts.at(-1) ?? [], asked < 20 ? `token ${asked}` : null);
  };
}

test("pages that come in parts are no circle where whole pages differ", async () => {
  const pages = Array.from({ length: 20 }, (_, at) => [["a", "b"], [`c${at}`]]);
  const list = await collect(listParts(inParts(...pages), FIRST, (item) => item));
  expect(list).toHaveLength(40);
});

test("pages that come in parts are a circle where whole pages come again", async () => {
  const seen: string[] = [];
  const reading = (async () => {
    for await (const { items } of listParts(inParts([["a"], ["b"]], [["a"], ["c"]]), FIRST, (item) => item))
      seen.push(...items);
  })();
  await expect(reading).rejects.toThrow(ResumptionLoopError);
  // two pages that are new and two that are not; of the third one that is not, the part before its end
  expect(seen).toEqual(["a", "b", "a", "c", "a", "b", "a", "c", "a"]);
});

test("a page in parts of which the last one is empty is not an empty page", async () => {
  const pages = Array.from({ length: 20 }, (_, at) => [[`a${at}`], []]);
  expect(await collect(listParts(inParts(...pages), FIRST, (item) => item))).toHaveLength(40);
});

test("the next page is asked for when the reader wants it, not before", async () => {
  const { ask, asked } = repository({ "": page(["a"], "1"), "1": page(["b"], null) });
  for await (const _ of listPages(ask, FIRST, (item) => item)) break;
  expect(asked).toEqual([""]);
});

test("oneAhead asks for one page more than the reader holds, never for two", async () => {
  const { ask, asked } = repository({
    "": page(["a"], "1"),
    "1": page(["b"], "2"),
    "2": page(["c"], "3"),
    "3": page(["d"], null),
  });
  const askedWhileReading: number[] = [];
  for await (const _ of oneAhead(listPages(ask, FIRST, (item) => item))) {
    await new Promise((resolve) => setImmediate(resolve));
    askedWhileReading.push(asked.length);
  }
  expect(askedWhileReading).toEqual([2, 3, 4, 4]);
});

test("oneAhead hands over a failure at its place, after the pages before it", async () => {
  const { ask } = repository({ "": page(["a"], "1"), "1": page(["b"], "2") });
  const failing: AskForPage<string> = async (args) => {
    if ("resumptionToken" in args && args.resumptionToken === "2") throw new Error("cut off");
    return await ask(args);
  };
  const seen: string[] = [];
  const reading = (async () => {
    for await (const { items } of oneAhead(listPages(failing, FIRST, (item) => item))) seen.push(...items);
  })();
  await expect(reading).rejects.toThrow("cut off");
  expect(seen).toEqual(["a", "b"]);
});
