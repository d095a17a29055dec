import type { SampleRepository } from "./sample-repository.ts";

type SampleErrorCode =
  | "badArgument"
  | "badResumptionToken"
  | "badVerb"
  | "cannotDisseminateFormat"
  | "idDoesNotExist"
  | "noMetadataFormats"
  | "noRecordsMatch"
  | "noSetHierarchy";

/** An answer of the protocol that happens to be an error: it becomes an `error` element. */
export class SampleError extends Error {
  override readonly name = "SampleError";
  readonly code: SampleErrorCode;

  constructor(code: SampleErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

interface VerbArguments {
  readonly required: readonly string[];
  readonly optional: readonly string[];
}

const LIST: VerbArguments = { required: ["metadataPrefix"], optional: ["from", "until", "set", "resumptionToken"] };

const VERBS: ReadonlyMap<string, VerbArguments> = new Map([
  ["Identify", { required: [], optional: [] }],
  ["ListMetadataFormats", { required: [], optional: ["identifier"] }],
  ["ListSets", { required: [], optional: ["resumptionToken"] }],
  ["GetRecord", { required: ["identifier", "metadataPrefix"], optional: [] }],
  ["ListIdentifiers", LIST],
  ["ListRecords", LIST],
]);

/** What the schema of OAI-PMH allows; anything else could not even be repeated in the answer. */
const SYNTAX: ReadonlyMap<string, RegExp> = new Map([
  ["metadataPrefix", /^[\w\-.!~*'()]+$/],
  ["set", /^[\w\-.!~*'()]+(:[\w\-.!~*'()]+)*$/],
  ["identifier", /^[^\s<>"{}|\\^`]+$/],
]);

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const SECOND = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

/** The arguments of a request by name, `verb` among them, once they are all legal. */
export function readArguments(query: URLSearchParams, repository: SampleRepository): ReadonlyMap<string, string> {
  const verbs = query.getAll("verb");
  const expected = VERBS.get(verbs[0] ?? "");
  if (verbs.length !== 1 || expected === undefined) {
    throw new SampleError("badVerb", "The verb is missing, repeated or not one of the six");
  }
  const given = new Map<string, string>(query);
  for (const name of given.keys()) if (name !== "verb") checkArgument(name, query.getAll(name), expected);
  checkTogether(given, expected);
  checkRange(given, repository);
  return given;
}

function checkArgument(name: string, values: readonly string[], expected: VerbArguments): void {
  const [value = ""] = values;
  if (!expected.required.includes(name) && !expected.optional.includes(name)) {
    throw new SampleError("badArgument", `The argument ${name} does not belong to this verb`);
  }
  if (values.length > 1) throw new SampleError("badArgument", `The argument ${name} is repeated`);
  if (SYNTAX.get(name)?.test(value) === false) throw new SampleError("badArgument", `Malformed ${name}: ${value}`);
}

function checkTogether(given: ReadonlyMap<string, string>, expected: VerbArguments): void {
  if (given.has("resumptionToken")) {
    if (given.size > 2) throw new SampleError("badArgument", "A resumptionToken stands alone");
    return;
  }
  const missing = expected.required.filter((name) => !given.has(name));
  if (missing.length > 0) throw new SampleError("badArgument", `Missing: ${missing.join(", ")}`);
}

function checkRange(given: ReadonlyMap<string, string>, repository: SampleRepository): void {
  const from = given.get("from");
  const until = given.get("until");
  for (const datestamp of [from, until]) {
    if (datestamp !== undefined) checkDatestamp(datestamp, repository);
  }
  if (from === undefined || until === undefined) return;
  if (from.length !== until.length) throw new SampleError("badArgument", "from and until differ in granularity");
  if (from > until) throw new SampleError("badArgument", "from is later than until");
}

/** Days are understood everywhere, seconds only where the repository keeps them (OAI-PMH 2.0, 2.7.1). */
function checkDatestamp(datestamp: string, repository: SampleRepository): void {
  const withSeconds = SECOND.test(datestamp);
  if (!withSeconds && !DAY.test(datestamp)) throw new SampleError("badArgument", `Not a datestamp: ${datestamp}`);
  if (withSeconds && repository.granularity === "YYYY-MM-DD") {
    throw new SampleError("badArgument", `${datestamp} is finer than the granularity YYYY-MM-DD`);
  }
  const instant = new Date(datestamp);
  const exists =
    !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(datestamp.slice(0, 19).replace("Z", ""));
  if (!exists) throw new SampleError("badArgument", `No such moment: ${datestamp}`);
}
