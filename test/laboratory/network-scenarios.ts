import { all, firstRun, fromPage, page, since, times, verb, when } from "./conditions.ts";
import {
  brokenChunk,
  brokenGzip,
  busyFor,
  closeBeforeHeaders,
  closeMidBody,
  cutGzip,
  endless,
  falseGzip,
  gzipBomb,
  hugeHeaders,
  lengthTooLarge,
  lengthTooSmall,
  notHttp,
  redirect,
  refuse,
  resetAfterHeaders,
  resetBeforeHeaders,
  resetMidBody,
  stall,
  stallAfterHeaders,
  stallMidBody,
  status,
  statusOver,
  trickle,
  unframedHalf,
  unframedWhole,
} from "./network-faults.ts";
import { ALL, either, named, type Scenario } from "./scenario.ts";

const ONCE = all(page(3), times(1));
const THRICE = all(page(3), times(3));
/** From the third page on, whatever is asked, in every harvest; `AT_FIRST`: until the next one. */
const GONE = () => since(page(3));
const GONE_AT_FIRST = () => all(since(page(3)), firstRun);
/** Short limits for the scenarios that wait for them, and nowhere else: a busy machine is slow. */
const QUICK = {
  headersTimeoutMs: 500,
  idleTimeoutMs: 500,
  responseTimeoutMs: 4_000,
  connectTimeoutMs: 500,
  retries: 2,
};
const SLOW_LIMITS = { minBytesPerSecond: 2_000, slowPeriodMs: 400, retries: 2 };

/** Faults of the network and of HTTP. */
export const networkScenarios: readonly Scenario[] = [
  {
    name: "nobody listens",
    faults: () => [],
    baseUrl: () => "http://127.0.0.1:9/kho/oai",
    expected: named(/ECONNREFUSED|refused|reached/),
  },
  {
    name: "no such host",
    faults: () => [],
    baseUrl: () => "http://kho.invalid/oai",
    expected: named(/DNS|kho\.invalid/),
  },
  {
    name: "connection never made",
    faults: () => [],
    silent: true,
    baseUrl: (own) => own.replace("http:", "https:"),
    http: QUICK,
    expected: named(/connect timeout/),
  },
  {
    name: "http where https was promised",
    faults: () => [],
    baseUrl: (own) => own.replace("http:", "https:"),
    expected: named(/TLS|SSL|https/i),
  },
  { name: "reset before headers, once", faults: () => [when(ONCE, resetBeforeHeaders)], expected: ALL },
  { name: "closed before headers, once", faults: () => [when(ONCE, closeBeforeHeaders)], expected: ALL },
  { framed: true, name: "reset after headers, once", faults: () => [when(ONCE, resetAfterHeaders)], expected: ALL },
  { framed: true, name: "reset in mid-body, once", faults: () => [when(ONCE, resetMidBody)], expected: ALL },
  { framed: true, name: "closed in mid-body, once", faults: () => [when(ONCE, closeMidBody)], expected: ALL },
  { framed: true, name: "closed in mid-body, thrice", faults: () => [when(THRICE, closeMidBody)], expected: ALL },
  {
    name: "reset at Identify, once",
    faults: () => [when(all(verb("Identify"), times(1)), resetMidBody)],
    expected: ALL,
  },
  {
    framed: true,
    name: "reset in mid-body on every page of the first run",
    faults: () => [when(GONE_AT_FIRST(), resetMidBody)],
    expected: ALL,
    runs: 2,
  },
  {
    name: "reset in mid-body for ever",
    faults: () => [when(GONE(), closeMidBody)],
    expected: named(/cut|reached|terminated|closed/i),
    runs: 3,
  },
  { name: "refused in the middle of a run", faults: () => [when(GONE_AT_FIRST(), refuse)], expected: ALL, runs: 2 },
  { framed: true, name: "no length, half a body, once", faults: () => [when(ONCE, unframedHalf)], expected: ALL },
  { framed: true, name: "no length, whole bodies", faults: () => [when(fromPage(1), unframedWhole)], expected: ALL },
  { name: "length too large, once", faults: () => [when(ONCE, lengthTooLarge)], expected: ALL },
  { name: "length too small, once", faults: () => [when(ONCE, lengthTooSmall)], expected: ALL },
  { framed: true, name: "broken chunk, once", faults: () => [when(ONCE, brokenChunk)], expected: ALL },
  { name: "not HTTP, once", faults: () => [when(ONCE, notHttp)], expected: ALL },
  { name: "headers without end", faults: () => [when(GONE(), hugeHeaders)], expected: named(/headers/i) },
  { framed: true, name: "plain text called gzip, once", faults: () => [when(ONCE, falseGzip)], expected: ALL },
  { framed: true, name: "gzip cut off, once", faults: () => [when(ONCE, cutGzip)], expected: ALL },
  { framed: true, name: "gzip damaged, once", faults: () => [when(ONCE, brokenGzip)], expected: ALL },
  { framed: true, name: "gzip bomb", faults: () => [when(GONE(), gzipBomb)], expected: named(/bytes/) },
  {
    name: "answer without end",
    faults: () => [when(GONE(), endless('<?xml version="1.0"?><OAI-PMH><ListRecords>', "<!-- x -->"))],
    expected: named(/more than \d+ bytes/),
  },
  {
    name: "record without end",
    faults: () => [when(GONE(), endless('<?xml version="1.0"?><OAI-PMH><ListRecords><record>', "tràn lan "))],
    expected: named(/more than \d+ bytes|longer than/),
  },
  ...[500, 502, 503, 504, 520, 429, 408, 425].map((code) => ({
    name: `HTTP ${code}, once`,
    faults: () => [when(ONCE, status(code))],
    expected: ALL,
  })),
  { name: "HTTP 500, thrice", faults: () => [when(THRICE, status(500))], expected: ALL },
  {
    name: "HTTP 503 on every page of the first run",
    faults: () => [when(GONE_AT_FIRST(), status(503))],
    expected: ALL,
    runs: 2,
  },
  {
    name: "HTTP 503 for ever",
    faults: () => [when(GONE(), status(503))],
    expected: named(/503/),
    runs: 3,
  },
  {
    name: "HTTP 503 for everything",
    faults: () => [status(503)],
    expected: named(/503/),
    runs: 2,
  },
  {
    name: "HTTP 500 on page 3 of every list",
    faults: () => [when(page(3), status(500))],
    expected: ALL,
  },
  {
    name: "429 with Retry-After in seconds",
    faults: () => [when(all(page(3), times(1)), status(429, { "retry-after": "1" }))],
    expected: ALL,
  },
  {
    name: "503 until the seconds of Retry-After have passed",
    faults: () => [
      when(
        page(3),
        busyFor(900, () => "1"),
      ),
    ],
    expected: ALL,
  },
  {
    name: "503 until the date of Retry-After",
    faults: () => [
      when(
        page(3),
        busyFor(900, () => new Date(Date.now() + 1_999).toUTCString()),
      ),
    ],
    expected: ALL,
  },
  ...["bientôt", "-5", "1e9", "Thu, 01 Jan 1970 00:00:00 GMT", "NaN", ""].map((nonsense) => ({
    name: `503 with Retry-After "${nonsense}", once`,
    faults: () => [when(ONCE, status(503, { "retry-after": nonsense }))],
    expected: ALL,
  })),
  {
    name: "503 with Retry-After of a day",
    faults: () => [when(GONE(), status(503, { "retry-after": "86400" }))],
    expected: named(/503/),
  },
  { name: "no headers, once", faults: () => [when(ONCE, stall)], http: QUICK, expected: ALL },
  { framed: true, name: "no body, once", faults: () => [when(ONCE, stallAfterHeaders)], http: QUICK, expected: ALL },
  {
    framed: true,
    name: "half a body and silence, once",
    faults: () => [when(ONCE, stallMidBody)],
    http: QUICK,
    expected: ALL,
  },
  {
    name: "no headers on the first run",
    faults: () => [when(GONE_AT_FIRST(), stall)],
    http: { ...QUICK, retries: 1 },
    expected: ALL,
    runs: 2,
  },
  {
    framed: true,
    name: "a byte now and then, once",
    faults: () => [when(ONCE, trickle)],
    http: SLOW_LIMITS,
    expected: ALL,
  },
  {
    name: "a byte now and then, for ever",
    faults: () => [when(GONE(), trickle)],
    http: { ...SLOW_LIMITS, retries: 1 },
    expected: named(/slow/),
  },
  ...[401, 403, 404, 410].map((code) => ({
    name: `HTTP ${code} from page 3 on`,
    faults: () => [when(GONE(), status(code))],
    expected: named(new RegExp(String(code))),
  })),
  { name: "HTTP 404 for everything", faults: () => [status(404)], expected: named(/404/) },
  { name: "HTTP 400 over sound answers", faults: () => [when(page(3), statusOver(400))], expected: either(/400/) },
  { name: "redirected on the same host", faults: () => [moved(302)], expected: ALL },
  { name: "moved for good on the same host", faults: () => [moved(301)], expected: ALL },
  {
    name: "redirected to another site",
    faults: () => [redirect(302, () => "http://kho.example.com/oai")],
    expected: named(/another site/),
  },
  {
    name: "redirected in a circle",
    faults: () => [redirect(302, (params) => `?${params}`)],
    expected: named(/redirects more than/),
  },
  {
    name: "redirected to a sign-in page from page 3 on",
    faults: () => [
      when(
        GONE(),
        redirect(302, () => "/cas/login?service=oai"),
      ),
    ],
    expected: named(/sign-in/),
  },
];

/** Every request is sent on to an address with one more argument, which the repository does not mind. */
function moved(code: number) {
  const onward = redirect(code, (params) => `?${params}&moved=1`);
  return when(({ params }) => !params.has("moved"), onward);
}
