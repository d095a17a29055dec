import { isPrivateAddress } from "./private-address.ts";
import { type Identifier, readIsbn, readIsmn, readIssn } from "./standard-numbers.ts";

/** DOI Handbook §2.2: a prefix of directory and registrant, a slash, a suffix of whatever can be printed. */
const DOI = /^10\.\d{4,9}(?:\.\d+)*\/\S+$/;
/** What DSpace writes until somebody registers a prefix: at a hundred repositories the same handle means different items. */
const DEFAULT_HANDLE_PREFIX = /^123456789(?:\/|$)/;
const HANDLE = /^[\w.-]+\/\S+$/;
const ARK = /^ark:\/?\d{5,9}\/\S+$/i;
const URN = /^urn:[a-z0-9][a-z0-9-]{1,31}:\S+$/i;
const HTTP = /^https?:\/\/\S+$/i;
const ISBN_SHAPE = /^(?:97[89](?:[- ]?\d){10}|\d{1,5}[- ]\d{1,7}[- ]\d{1,7}[- ][\dXx]|\d{9}[Xx])(?: ?\(.*\))?$/;
const ISSN_SHAPE = /^\d{4}-\d{3}[\dXx]$/;
/** "2010-2015" has the shape of an ISSN. */
const YEARS = /^(?:1[4-9]|20)\d\d-(?:1[4-9]|20)\d\d$/;
/** Longer texts are sentences, mostly citations. */
const MAX_LOCAL_LENGTH = 60;

/** What a scheme may be introduced with, and how what follows is read; the first that fits counts. */
const INTRODUCED: readonly (readonly [introduction: RegExp, read: (rest: string) => Identifier])[] = [
  [/^(?:(?:info:)?doi[:/ ]\s*|https?:\/\/(?:dx\.|www\.)?doi\.org\/)(?:doi:)?/i, doi],
  [/^(?:(?:info:)?hdl[:/]\s*|handle:\s*|https?:\/\/hdl\.handle\.net\/)/i, handle],
  [/^(?:urn:isbn:|e?-?isbn(?:-?1[03])?[:. ]\s*)/i, readIsbn],
  [/^(?:urn:issn:|[ep]?-?issn[:. ]\s*)/i, readIssn],
];
/** How all of these begin; most identifiers are addresses or numbers and begin otherwise. */
const MAY_BE_INTRODUCED = /^(?:info:|doi|hdl|handle|https?:\/\/(?:(?:dx|www)\.)?(?:doi|hdl)\.|urn:is|[ep]?-?is[bs]n)/i;
const ALTERNATE = /^info:eu-repo\/semantics\/altIdentifier\/([a-z]+)\//i;

/**
 * Types a text by how it looks: DOI (bare, `doi:`, resolver), Handle, ARK, URN, PURL, ISBN, ISSN, ISMN, URL, OAI, otherwise
 * `local`, or `other` where it is a sentence. The value comes without resolver and introduction; one with a wrong check
 * digit or syntax is kept with `invalid`. `text` is expected to be clean.
 */
export function readIdentifier(text: string): Identifier {
  if (!MAY_BE_INTRODUCED.test(text)) return bare(text);
  const plain = text.replace(ALTERNATE, "$1:");
  for (const [introduction, read] of INTRODUCED) {
    const match = introduction.exec(plain);
    const rest = match === null ? "" : plain.slice(match[0].length).trim();
    if (rest !== "") return read(rest);
  }
  return bare(plain);
}

/** The address at which an identifier resolves, or `null`: invalid ones, local ones and private addresses have none. */
export function urlOf(identifier: Identifier): string | null {
  if (identifier.invalid === true) return null;
  switch (identifier.scheme) {
    case "DOI":
      return `https://doi.org/${encodeURI(identifier.value.toWellFormed()).replaceAll("#", "%23").replaceAll("?", "%3F")}`;
    case "Handle":
      return `https://hdl.handle.net/${encodeURI(identifier.value.toWellFormed())}`;
    case "ARK":
      return `https://n2t.net/${identifier.value}`;
    case "PURL":
    case "URL":
      return HTTP.test(identifier.value) && !isPrivateAddress(identifier.value) ? identifier.value : null;
    default:
      return null;
  }
}

/** Whether a handle has the prefix that DSpace is delivered with; such a handle identifies nothing. */
export function hasDefaultHandlePrefix(identifier: Identifier): boolean {
  return identifier.scheme === "Handle" && DEFAULT_HANDLE_PREFIX.test(identifier.value);
}

function bare(text: string): Identifier {
  if (DOI.test(text)) return doi(text);
  if (/^https?:/i.test(text)) return url(text);
  if (/^oai:/i.test(text)) return { value: text, scheme: "OAI" };
  if (/^ark:/i.test(text)) return checked(text, "ARK", ARK);
  if (/^urn:/i.test(text)) return checked(text, "URN", URN);
  return standardNumber(text) ?? { value: text, scheme: text.length > MAX_LOCAL_LENGTH ? "other" : "local" };
}

function standardNumber(text: string): Identifier | null {
  const ismn = readIsmn(text);
  if (ismn !== null) return ismn;
  if (ISBN_SHAPE.test(text)) return readIsbn(text);
  if (!ISSN_SHAPE.test(text)) return null;
  const issn = readIssn(text);
  return issn.invalid === true && YEARS.test(text) ? null : issn;
}

/** A URL; an ARK inside of it is the better name, since the ARK stays when the host moves. */
function url(text: string): Identifier {
  const ark = /\/(ark:\/?\d{5,9}\/[^\s?#]+)/i.exec(text)?.[1];
  if (ark !== undefined) return { value: ark, scheme: "ARK" };
  if (/^https?:\/\/(?:www\.)?purl\.[a-z.]+\//i.test(text)) return { value: text, scheme: "PURL" };
  return checked(text, "URL", HTTP);
}

function doi(rest: string): Identifier {
  const value = unescaped(rest).replace(/(?<=.)[.,;]+$/, "");
  return checked(value, "DOI", DOI);
}

function handle(rest: string): Identifier {
  const identifier = checked(unescaped(rest), "Handle", HANDLE);
  return hasDefaultHandlePrefix(identifier) ? { ...identifier, invalid: true } : identifier;
}

function checked(value: string, scheme: Identifier["scheme"], syntax: RegExp): Identifier {
  return syntax.test(value) ? { value, scheme } : { value, scheme, invalid: true };
}

/** Resolver URLs may hold the slash percent-encoded; what is not UTF-8 stays as it stands. */
function unescaped(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
