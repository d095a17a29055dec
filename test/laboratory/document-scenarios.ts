import { all, firstRun, fromPage, page, since, times, verb, when } from "./conditions.ts";
import {
  BOT_WALL,
  byteOrderMark,
  declared,
  entityBomb,
  externalEntity,
  httpCharset,
  inEnvelope,
  instead,
  junkAfter,
  junkBefore,
  LOGIN,
  latin1,
  MAINTENANCE,
  PHP_WARNING,
  truncated,
  truncatedBetween,
  undeclaredEncoding,
  utf16,
} from "./document-faults.ts";
import { ALL, either, named, type Scenario } from "./scenario.ts";

const ONCE = all(page(3), times(1));
const EVERYWHERE = fromPage(1);

/** What comes instead of OAI-PMH, with status 200, and how the run says it. */
const STRANGERS: readonly (readonly [name: string, body: string, says: RegExp])[] = [
  ["a bot wall", BOT_WALL, /bot wall/],
  ["a sign-in page", LOGIN, /sign-in/],
  ["a maintenance page", MAINTENANCE, /maintenance/],
  ["an HTML page", "<!DOCTYPE html><html><body><h1>It works!</h1></body></html>", /HTML/],
  ["nothing", "", /nothing at all|cut off/],
  ["blanks", "  \n\n ", /nothing at all|cut off/],
  ["JSON", '{"error":{"type":"illegal_argument_exception","status":400}}', /JSON/],
  ["another XML", '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"/>', /feed/],
];

const strangers: readonly Scenario[] = STRANGERS.flatMap(([name, body, says]) => [
  { name: `${name}, once`, faults: () => [when(ONCE, instead(body))], expected: either(says) },
  {
    name: `${name} from page 3 on, in the first run`,
    faults: () => [when(all(since(page(3)), firstRun), instead(body))],
    expected: ALL,
    runs: 2,
  },
  { name: `${name} for everything`, faults: () => [instead(body)], expected: named(says) },
]);

/** What is wrong with whole documents. */
export const documentScenarios: readonly Scenario[] = [
  ...strangers,
  { framed: true, name: "PHP warning before the declaration", faults: () => [junkBefore(PHP_WARNING)], expected: ALL },
  { name: "blank lines before the declaration", faults: () => [junkBefore("\n\n  ")], expected: ALL },
  { name: "byte order mark", faults: () => [byteOrderMark], expected: ALL },
  { name: "comment after the root", faults: () => [junkAfter("\n<!-- 0.31 s -->\n")], expected: ALL },
  {
    framed: true,
    name: "script after the root",
    faults: () => [junkAfter("<script>track();</script></body></html>")],
    expected: ALL,
  },
  { name: "a second root", faults: () => [junkAfter("<OAI-PMH><responseDate/></OAI-PMH>")], expected: ALL },
  { name: "NULs after the root", faults: () => [junkAfter("\0\0\0\0")], expected: ALL },
  { framed: true, name: "document cut off, once", faults: () => [when(ONCE, truncated)], expected: ALL },
  {
    framed: true,
    name: "document cut off between records, once",
    faults: () => [when(ONCE, truncatedBetween)],
    expected: ALL,
  },
  {
    name: "document cut off on the first run, page 3",
    faults: () => [when(all(page(3), firstRun), truncated)],
    expected: ALL,
    runs: 2,
  },
  {
    name: "documents cut off for ever from page 3 on",
    faults: () => [when(fromPage(3), truncated)],
    expected: either(/cut off|not well-formed/),
    runs: 2,
  },
  {
    name: "documents cut off between records for ever",
    faults: () => [when(verb("ListRecords"), truncatedBetween)],
    expected: named(/cut off|not well-formed/),
    runs: 2,
  },
  {
    name: "control character between records",
    faults: () => [when(EVERYWHERE, inEnvelope("<!-- \b -->"))],
    expected: ALL,
  },
  { name: "control character, once", faults: () => [when(ONCE, inEnvelope("\u0002"))], expected: ALL },
  {
    framed: true,
    name: "byte that is no UTF-8 between records",
    faults: () => [when(EVERYWHERE, inEnvelope("<!-- \udce9 -->"))],
    expected: ALL,
  },
  { name: "bare & between records", faults: () => [when(EVERYWHERE, inEnvelope("A & B"))], expected: ALL },
  { name: "undeclared entity between records", faults: () => [when(EVERYWHERE, inEnvelope("&nbsp;"))], expected: ALL },
  { name: "UTF-16 declared, UTF-8 sent", faults: () => [declared("UTF-16")], expected: ALL },
  { name: "ISO-8859-1 declared, UTF-8 sent", faults: () => [declared("ISO-8859-1")], expected: ALL },
  { name: "windows-1252 declared, UTF-8 sent", faults: () => [declared("windows-1252")], expected: ALL },
  { name: "windows-1258 declared, UTF-8 sent", faults: () => [declared("windows-1258")], expected: ALL },
  { name: "US-ASCII declared, UTF-8 sent", faults: () => [declared("US-ASCII")], expected: ALL },
  { name: "unknown encoding declared, UTF-8 sent", faults: () => [declared("UTF8MB4")], expected: ALL },
  { name: "ISO-8859-1 in HTTP, UTF-8 in the document", faults: () => [httpCharset("ISO-8859-1")], expected: ALL },
  { name: "no encoding anywhere", faults: () => [undeclaredEncoding], expected: ALL },
  { framed: true, name: "real UTF-16", faults: () => [utf16], expected: ALL },
  { framed: true, name: "real ISO-8859-1", faults: () => [latin1], expected: ALL },
  { name: "entities that grow", faults: () => [when(since(page(3)), entityBomb)], expected: named(/DOCTYPE/) },
  { name: "external entity", faults: () => [when(since(page(3)), externalEntity)], expected: named(/DOCTYPE/) },
  { name: "external entity in Identify", faults: () => [externalEntity], expected: named(/DOCTYPE/) },
  {
    name: "a namespace that is not OAI-PMH's",
    faults: () => [{ document: (xml) => xml.replace('xmlns="http://www.openarchives.org/OAI/2.0/" ', "") }],
    expected: ALL,
  },
  {
    name: "schemaLocation without its prefix",
    faults: () => [{ document: (xml) => xml.replace('xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ', "") }],
    expected: ALL,
  },
];
