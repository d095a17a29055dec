import { all, always, firstRun, fromPage, holding, page, times, verb, when } from "./conditions.ts";
import {
  changed,
  emptyPages,
  endlessEmpty,
  ownToken,
  protocolError,
  sameRecordsForEver,
  sessionToken,
  sizeLie,
  strangeTokens,
  tokenAfterTheEnd,
  tokenBackTo,
  tokensDieAfter,
} from "./list-faults.ts";
import { status } from "./network-faults.ts";
import { dayDatestamps, everySet } from "./record-faults.ts";
import { ALL, either, named, rejected, type Scenario } from "./scenario.ts";
import { generatedRecords, identifierAt } from "./truth.ts";

const LOOP = /loop|circle/;
const POISON = 47;

/** What the repository cannot serialise: any list page with it is HTTP 500; `alone`: GetRecord as well. */
function poison(index: number, alone: boolean) {
  const name = identifierAt(index);
  const faults = [when(holding("ListRecords", name), status(500))];
  return alone ? [...faults, when(holding("GetRecord", name), status(500))] : faults;
}

/** Tokens, sizes, cursors, windows: what a list may say wrongly. */
export const listScenarios: readonly Scenario[] = [
  {
    name: "token expired, once",
    faults: () => [when(all(page(3), times(1)), protocolError("badResumptionToken"))],
    expected: ALL,
  },
  {
    name: "token expired, once, on two pages",
    faults: () => [
      when(all(page(2), times(1)), protocolError("badResumptionToken")),
      when(all(page(4), times(1)), protocolError("badResumptionToken")),
    ],
    expected: ALL,
  },
  {
    name: "tokens dead in the first run",
    faults: () => [when(firstRun, tokensDieAfter(2))],
    expected: ALL,
    runs: 2,
  },
  { name: "tokens die after 3 pages, for ever", faults: () => [tokensDieAfter(3)], expected: ALL },
  { name: "no token ever works", faults: () => [tokensDieAfter(1)], expected: ALL },
  {
    name: "no token ever works, dates ignored",
    faults: () => [tokensDieAfter(1)],
    provider: { ignoresDates: true },
    expected: named(/badResumptionToken|token/i),
    runs: 2,
  },
  { name: "page leads back two pages", faults: () => [when(page(4), tokenBackTo(20))], expected: either(LOOP) },
  { name: "page leads to itself", faults: () => [when(page(3), ownToken)], expected: either(LOOP) },
  { name: "page leads to itself, twice", faults: () => [when(all(page(3), times(2)), ownToken)], expected: ALL },
  {
    name: "last page leads to the first",
    faults: () => [when(({ page: asked, records }) => asked > 1 && records.length < 21, lastTo(0))],
    expected: either(LOOP),
  },
  {
    name: "the first page's records on every page",
    faults: () => [sameRecordsForEver(generatedRecords(20))],
    expected: named(LOOP),
  },
  { name: "one token for every page", faults: () => [sessionToken()], expected: ALL },
  { name: "tokens to be encoded", faults: () => [strangeTokens('ă +/&=%20|"<đ>?#')], expected: ALL },
  { name: "empty last page", faults: () => [tokenAfterTheEnd("empty")], expected: ALL },
  { name: "noRecordsMatch after the last page", faults: () => [tokenAfterTheEnd("noRecordsMatch")], expected: ALL },
  {
    name: "badResumptionToken after the last page",
    faults: () => [tokenAfterTheEnd("badResumptionToken")],
    expected: either(/badResumptionToken|token|beyond/i),
  },
  {
    name: "badResumptionToken after the last page, no sizes",
    faults: () => [tokenAfterTheEnd("badResumptionToken"), sizeLie(() => null)],
    // each window is divided down to the day
    provider: { records: generatedRecords(12), pageSize: 6 },
    expected: either(/badResumptionToken|token|beyond/i),
  },
  {
    name: "tokens die after 1 page, whose length is the size",
    faults: () => [tokensDieAfter(1), changed(({ records }) => ({ completeListSize: records.length }))],
    expected: ALL,
  },
  {
    name: "tokens die after 2 pages, size always 40",
    faults: () => [tokensDieAfter(2), sizeLie(() => 40)],
    expected: either(/promised/),
  },
  {
    name: "no token element at the end",
    faults: () => [changed(({ token }) => ({ token: token || null }))],
    expected: ALL,
  },
  {
    name: "blanks in the last token",
    faults: () => [changed(({ token }) => ({ token: token === "" ? "\n   " : token }))],
    expected: ALL,
  },
  { name: "an empty page in the middle", faults: () => [when(page(3), emptyPages(1))], expected: ALL },
  { name: "three empty pages in the middle", faults: () => [when(page(3), emptyPages(3))], expected: ALL },
  { name: "six empty pages in the middle", faults: () => [when(page(3), emptyPages(6))], expected: either(LOOP) },
  { name: "empty pages without end", faults: () => [endlessEmpty()], expected: either(LOOP) },
  {
    name: "noRecordsMatch on page 3 of more",
    faults: () => [when(page(3), protocolError("noRecordsMatch"))],
    expected: either(/promised|\d+ records/),
  },
  {
    name: "no token on page 3 of more",
    faults: () => [
      when(
        page(3),
        changed(() => ({ token: null })),
      ),
    ],
    expected: either(/promised|\d+ records/),
  },
  {
    name: "empty token on page 3 of more",
    faults: () => [
      when(
        page(3),
        changed(() => ({ token: "" })),
      ),
    ],
    expected: either(/promised|\d+ records/),
  },
  {
    name: "page 3 of more is the last, and says so",
    faults: () => [
      when(
        page(3),
        changed(() => ({ token: "", completeListSize: 60 })),
      ),
    ],
    expected: either(/promised|\d+ records/),
  },
  {
    name: "page 3 of more is the last, and gives no number",
    faults: () => [
      when(
        page(3),
        changed(() => ({ token: null, completeListSize: null })),
      ),
    ],
    expected: either(/promised|\d+ records/),
  },
  {
    name: "badArgument from page 3 on",
    faults: () => [when(fromPage(3), protocolError("badArgument"))],
    expected: either(/badArgument/),
  },
  {
    name: "nothing at all",
    faults: () => [when(verb("ListRecords"), protocolError("noRecordsMatch"))],
    expected: named(/no record/),
  },
  { name: "size too large", faults: () => [sizeLie((size) => size * 10)], expected: named(/promised|\d+ records/) },
  { name: "size too small", faults: () => [sizeLie(() => 10)], expected: ALL },
  { name: "size zero", faults: () => [sizeLie(() => 0)], expected: ALL },
  {
    name: "size only on the first page",
    faults: () => [sizeLie((size, asked) => (asked.page === 1 ? size : null))],
    expected: ALL,
  },
  {
    name: "size that shrinks as the list goes",
    faults: () => [sizeLie((size, { page: at }) => size - (at - 1) * 20)],
    expected: ALL,
  },
  { name: "no sizes", faults: () => [sizeLie(() => null)], expected: ALL },
  { name: "cursor counts pages", faults: () => [changed((_, asked) => ({ cursor: asked.page - 1 }))], expected: ALL },
  {
    name: "cursor always at the end",
    faults: () => [changed(({ completeListSize }) => ({ cursor: completeListSize }))],
    expected: ALL,
  },
  { name: "from and until ignored", faults: () => [], provider: { ignoresDates: true }, expected: ALL },
  { name: "days only", faults: () => [dayDatestamps], provider: { granularity: "day" }, expected: ALL },
  {
    name: "poison record that nobody can get",
    faults: () => poison(POISON, true),
    expected: rejected(identifierAt(POISON)),
  },
  { name: "poison record that GetRecord gives", faults: () => poison(POISON, false), expected: ALL },
  {
    name: "two poison records far apart",
    faults: () => [...poison(4, true), ...poison(88, true)],
    expected: rejected(identifierAt(4), identifierAt(88)),
  },
  {
    name: "poison record where only days are known",
    faults: () => [dayDatestamps, ...poison(POISON, true)],
    provider: { granularity: "day" },
    expected: rejected(identifierAt(POISON)),
  },
  {
    name: "poison record in the first run",
    faults: () => poison(POISON, true).map((fault) => when(firstRun, fault)),
    expected: { kind: "rejected", identifiers: [identifierAt(POISON)] },
  },
  {
    name: "poison record, dates ignored",
    faults: () => poison(POISON, true),
    provider: { ignoresDates: true },
    expected: { kind: "rejected", identifiers: [identifierAt(POISON)] },
  },
  {
    name: "poison record, no ListIdentifiers",
    faults: () => [...poison(POISON, true), when(verb("ListIdentifiers"), status(500))],
    expected: named(/500/),
    runs: 2,
  },
  {
    name: "poison record, dates ignored, ListIdentifiers cut short",
    faults: () => [
      ...poison(POISON, true),
      when(
        ({ verb: asked, page: at }) => asked === "ListIdentifiers" && at === 2,
        changed(() => ({ token: null })),
      ),
    ],
    provider: { ignoresDates: true },
    expected: named(/./),
  },
  {
    name: "poison record, every window said to be empty",
    faults: () => [
      ...poison(POISON, true),
      when(({ params }) => params.has("from") || params.has("until"), protocolError("noRecordsMatch")),
    ],
    expected: named(/./),
  },
  {
    name: "a set whose name must be encoded",
    faults: () => [everySet(["hbo:lid lectoraat;ữ?&x"], ["hbo:lid lectoraat;ữ?&amp;x"])],
    setSpec: "hbo:lid lectoraat;ữ?&x",
    expected: ALL,
  },
  { name: "illegal setSpecs", faults: () => [everySet(["   Sound   ", "??", "a b", ""])], expected: ALL },
  { name: "a set that brings everything", faults: () => [everySet(["khác"])], setSpec: "khác", expected: ALL },
  { framed: true, name: "sound", faults: () => [when(always, {})], expected: ALL },
];

/** The page that would be the last leads on to this offset. */
function lastTo(offset: number) {
  const onward = tokenBackTo(offset);
  return {
    page: (list, asked) => (list.token === "" ? (onward.page?.(list, asked) ?? list) : list),
  } satisfies import("./misbehaving-server.ts").Fault;
}
