import { OaiError, type OaiErrorCode } from "../oai/errors.ts";
import { isSetSpec } from "../oai/set-spec.ts";
import { isVerb, type Verb } from "../oai/verbs.ts";
import { readDateRange } from "./datestamps.ts";

/** The arguments of OAI-PMH 2.0 §4 beside the verb. */
const NAMES = ["identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"] as const;
export type ArgumentName = (typeof NAMES)[number];

/** A request whose arguments belong to its verb and are well-formed; whether they name anything is not known yet. */
export interface OaiRequest {
  readonly verb: Verb;
  readonly given: ReadonlyMap<ArgumentName, string>;
}

const LIST_ARGUMENTS = ["metadataPrefix", "from", "until", "set", "resumptionToken"] as const;
const ALLOWED: Readonly<Record<Verb, readonly ArgumentName[]>> = {
  Identify: [],
  ListMetadataFormats: ["identifier"],
  ListSets: ["resumptionToken"],
  ListIdentifiers: LIST_ARGUMENTS,
  ListRecords: LIST_ARGUMENTS,
  GetRecord: ["identifier", "metadataPrefix"],
};

/** OAI-PMH.xsd, metadataPrefixType. */
const METADATA_PREFIX = /^[A-Za-z0-9\-_.!~*'()]+$/;
/** oai-identifier.xsd, with percent signs where they escape something: nothing else is an identifier of ours. */
const IDENTIFIER =
  /^oai:[A-Za-z][A-Za-z0-9-]*(?:\.[A-Za-z][A-Za-z0-9-]*)+:(?:[A-Za-z0-9\-_.!~*'();/?:@&=+$,]|%[0-9A-Fa-f]{2})+$/;

/**
 * Reads a request as it stands behind the question mark of a GET or in the body of a POST
 * (`application/x-www-form-urlencoded`, OAI-PMH 2.0 §3.1.1). Bytes that are no UTF-8 become U+FFFD.
 * Throws `OaiError` `badVerb` or `badArgument` (OAI-PMH 2.0 §3.6).
 */
export function readRequest(query: string): OaiRequest {
  const pairs = [...new URLSearchParams(query)];
  const verb = readVerb(pairs.filter(([name]) => name === "verb").map(([, value]) => value));
  const given = new Map<ArgumentName, string>();
  for (const [name, value] of pairs) {
    if (name === "verb") continue;
    if (!isOneOf(ALLOWED[verb], name)) throw new OaiError("badArgument", `${verb} takes no such argument`);
    if (given.has(name)) throw new OaiError("badArgument", `${name} is repeated`);
    given.set(name, value);
  }
  if (given.has("resumptionToken") && given.size > 1)
    throw new OaiError("badArgument", "resumptionToken excludes every other argument");
  refuseMalformed(given);
  return { verb, given };
}

/** The argument's value. Throws `OaiError` `badArgument` where it is missing. */
export function required({ verb, given }: OaiRequest, name: ArgumentName): string {
  const value = given.get(name);
  if (value === undefined) throw new OaiError("badArgument", `${verb} needs the argument ${name}`);
  return value;
}

/** Tells whether `text` has the form of an identifier that we could have given. */
export function isIdentifier(text: string): boolean {
  return IDENTIFIER.test(text);
}

/**
 * What `request` repeats, as attributes in the order of the schema: nothing where verb or arguments are bad (OAI-PMH 2.0
 * §3.2), otherwise what is valid. A token that is not ours and an identifier that is illegal here are not.
 */
export function echoedArguments(request: OaiRequest | null, code: OaiErrorCode | null): readonly [string, string][] {
  if (request === null || code === "badVerb" || code === "badArgument") return [];
  const echoed: [string, string][] = [["verb", request.verb]];
  for (const name of NAMES) {
    const value = request.given.get(name);
    const invalid =
      (name === "resumptionToken" && code === "badResumptionToken") ||
      (name === "identifier" && value !== undefined && !isIdentifier(value));
    if (value !== undefined && !invalid) echoed.push([name, value]);
  }
  return echoed;
}

function readVerb(values: readonly string[]): Verb {
  const [verb] = values;
  if (verb === undefined) throw new OaiError("badVerb", "the verb is missing");
  if (values.length > 1) throw new OaiError("badVerb", "the verb is repeated");
  if (!isVerb(verb)) throw new OaiError("badVerb", "there is no such verb");
  return verb;
}

function isOneOf(names: readonly ArgumentName[], name: string): name is ArgumentName {
  return (names as readonly string[]).includes(name);
}

function refuseMalformed(given: ReadonlyMap<ArgumentName, string>): void {
  const prefix = given.get("metadataPrefix");
  if (prefix !== undefined && !METADATA_PREFIX.test(prefix))
    throw new OaiError("badArgument", "metadataPrefix holds characters that no prefix may have");
  const set = given.get("set");
  if (set !== undefined && !isSetSpec(set)) throw new OaiError("badArgument", "set is not of the form of a setSpec");
  readDateRange(given.get("from") ?? null, given.get("until") ?? null);
}
