import { all, page, times, when } from "./conditions.ts";
import { inEnvelope, instead, junkBefore, MAINTENANCE, PHP_WARNING, truncated } from "./document-faults.ts";
import { emptyPages, protocolError, sizeLie, strangeTokens, tokenAfterTheEnd } from "./list-faults.ts";
import type { Fault } from "./misbehaving-server.ts";
import { closeMidBody, cutGzip, resetAfterHeaders, resetMidBody, status, unframedHalf } from "./network-faults.ts";
import { datestamp, deletedWithMetadata, identifier, inTitle, repeated } from "./record-faults.ts";
import { ALL, type Scenario } from "./scenario.ts";

/** Faults that a harvest gets over, wherever they show: put together, all records must still come. */
const PASSING: Readonly<Record<string, (at: number) => Fault>> = {
  "cut mid-body": (at) => once(at, closeMidBody),
  "reset mid-body": (at) => once(at, resetMidBody),
  "reset after headers": (at) => once(at, resetAfterHeaders),
  "half unframed": (at) => once(at, unframedHalf),
  "gzip cut": (at) => once(at, cutGzip),
  "500": (at) => once(at, status(500)),
  "429": (at) => once(at, status(429)),
  maintenance: (at) => once(at, instead(MAINTENANCE)),
  truncated: (at) => once(at, truncated),
  "token expired": (at) => once(at, protocolError("badResumptionToken")),
  "empty page": (at) => when(page(at), emptyPages(1)),
};
const STRANGE = "strange tokens";
const LASTING: Readonly<Record<string, () => Fault>> = {
  "PHP warning": () => junkBefore(PHP_WARNING),
  [STRANGE]: () => ({}),
  "size too small": () => sizeLie(() => 1),
  "token after the end": () => tokenAfterTheEnd("empty"),
  "backspace in a title": () => inTitle(63, "Quản lý\b đất", "Quản lý đất"),
  "windows-1258 in a title": () => inTitle(22, "Ti\udcea\udcecng Vi\udcea\udcf2t", "Tiếng Việt"),
  "year for a datestamp": () => datestamp(31, "2015"),
  "deleted with metadata": () => deletedWithMetadata(12),
  "identifier with blanks": () => identifier(8, "oai:kho:luận văn 9"),
  "identifier on two pages": () => repeated(71, 33),
  "stray byte between records": () => inEnvelope("<!-- \udce9 -->"),
};
const HOW_MANY = 24;
const SEED = 20_241_103;

/** Two passing faults on different pages and two lasting ones, chosen by a seed: the same every time. */
export const combinations: readonly Scenario[] = Array.from({ length: HOW_MANY }, (_, number) => {
  const random = seededRandom(SEED + number);
  const passing = chosen(Object.keys(PASSING), 2, random);
  const lasting = chosen(Object.keys(LASTING), 2, random);
  const pages = chosen([2, 3, 4], 2, random);
  const shown = passing.map((name, index) => `${name} on page ${pages[index]}`);
  return {
    name: `together: ${[...shown, ...lasting].join(", ")}`,
    faults: () => [
      ...lasting.flatMap((name) => LASTING[name]?.() ?? []),
      ...passing.flatMap((name, index) => PASSING[name]?.(pages[index] ?? 2) ?? []),
      // every token is a strange one, whichever fault made it
      ...(lasting.includes(STRANGE) ? [strangeTokens("ă +/&=%20|")] : []),
    ],
    expected: ALL,
    runs: 3,
  };
});

function once(at: number, fault: Fault): Fault {
  return when(all(page(at), times(1)), fault);
}

function chosen<Item>(items: readonly Item[], count: number, random: () => number): readonly Item[] {
  const left = [...items];
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)).flat();
}

/** Mulberry32: small, and the same on every machine. */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
