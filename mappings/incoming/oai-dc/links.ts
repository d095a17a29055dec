import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { hasDefaultHandlePrefix, readIdentifier, urlOf } from "../../../src/crosswalk/identifiers.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { Identifier } from "../../../src/crosswalk/standard-numbers.ts";
import { readStatedIdentifier } from "../../../src/crosswalk/stated-identifiers.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type DcValue, type DublinCore, distinct, remarkHidden } from "./dublin-core.ts";
import { mediaTypeOfUrl } from "./media-types.ts";

/** What an identifier or a relation turned out to be. */
export interface Link {
  readonly value: DcValue;
  readonly identifier: Identifier;
  readonly kind: "name" | "page" | "file" | "private" | "sentence";
}

const RANK: Readonly<Record<string, number>> = { DOI: 1, Handle: 2, ARK: 3, URN: 4, PURL: 5, URL: 6 };
/** Addresses under which OJS and DSpace deliver files without saying so by an ending. */
const FILE_PATH =
  /\/(?:bitstream|bitstreams|article\/download|galley\/download)\/|\/bitstreams\/[^/]+\/(?:content|download)/i;
const HTTP = /^https?:\/\//i;
/** Four words and more are a citation; call numbers and report numbers are shorter. */
const SENTENCE = /(?: [^ ]*){3}/;

export function readLink(value: DcValue): Link {
  const { text, refinement } = value;
  const identifier = refinement === null ? readIdentifier(text) : readStatedIdentifier(text, refinement);
  if (HTTP.test(text)) {
    if (isPrivateAddress(text)) return { value, identifier, kind: "private" };
    if (identifier.scheme === "URL" && identifier.invalid !== true && isFile(text))
      return { value, identifier, kind: "file" };
    const resolver = identifier.scheme === "DOI" || identifier.scheme === "Handle";
    return { value, identifier, kind: resolver ? "name" : "page" };
  }
  if (refinement === "citation") return { value, identifier, kind: "sentence" };
  const isText = identifier.scheme === "local" || identifier.scheme === "other";
  const isSentence = isText && refinement === null && SENTENCE.test(text);
  return { value, identifier, kind: isSentence ? "sentence" : "name" };
}

/** What stands in `dc:identifier`. */
export function identifierLinks(dc: DublinCore): readonly Link[] {
  return dc
    .values("identifier")
    .filter(({ text }) => text !== "")
    .map(readLink);
}

/** The best name: DOI before Handle before ARK and URN before the address of a page; invalid ones never. */
export function identifier(dc: DublinCore, note: Note): Mapped<Identifier> | null {
  remarkHidden(dc.values("identifier"), note);
  for (const { kind, value, identifier } of dc.kept(identifierLinks)) {
    if (kind === "private") note("private-address", { node: value.node, value: value.text });
    else if (hasDefaultHandlePrefix(identifier)) note("default-handle-prefix", { node: value.node, value: value.text });
    else if (identifier.invalid === true) note("invalid-identifier", { node: value.node, value: value.text });
  }
  const best = dc.kept(bestLink);
  return best === null ? null : mapped(best.identifier, best.value.node);
}

export function landingPage(dc: DublinCore): Mapped<string> | null {
  const page = dc.kept(pageLink);
  if (page !== null) return mapped(page.value.text, page.value.node);
  const best = dc.kept(bestLink);
  const url = best === null ? null : urlOf(best.identifier);
  return best === null || url === null ? null : mapped(url, best.value.node);
}

/** Whatever else identifies the item; `info:eu-repo/semantics/altIdentifier` stands in dc:relation (OpenAIRE v3 §7). */
export function alternateIdentifiers(dc: DublinCore): readonly Mapped<Identifier>[] {
  const [best, page] = [dc.kept(bestLink), dc.kept(pageLink)];
  const own = dc
    .kept(identifierLinks)
    .filter((link) => link !== best && (link.kind === "name" || (link.kind === "page" && link !== page)))
    .filter(({ identifier }) => identifier.value !== best?.identifier.value)
    .filter(({ identifier }) => identifier.value !== page?.value.text);
  const related = dc.values("relation").filter(({ text }) => /^info:eu-repo\/semantics\/altIdentifier\//i.test(text));
  const all = [...own, ...related.map(readLink)].map(({ identifier, value }) => mapped(identifier, value.node));
  return distinct(all, ({ value }) => `${value.scheme} ${value.value}`);
}

/** Addresses that lead to a file, wherever they stand. */
export function files(dc: DublinCore): readonly Mapped<CommonRecord["files"][number]>[] {
  const links = [...dc.kept(identifierLinks), ...dc.values("relation").map(readLink)];
  const found = links.filter(({ kind }) => kind === "file");
  const formats = dc.values("format").map(({ text }) => text.toLowerCase());
  const only =
    found.length === 1 && formats.length === 1 && /^[a-z]+\/[\w.+-]+$/.test(formats[0] ?? "") ? formats[0] : null;
  return distinct(found, ({ value }) => value.text).map(({ value }) => {
    const mediaType = mediaTypeOfUrl(value.text) ?? only;
    return mapped({ url: value.text, ...(typeof mediaType === "string" ? { mediaType } : {}) }, value.node);
  });
}

function bestLink(dc: DublinCore): Link | null {
  const candidates = dc
    .kept(identifierLinks)
    .filter(({ kind, identifier }) => (kind === "name" || kind === "page") && identifier.invalid !== true)
    .filter(({ identifier }) => RANK[identifier.scheme] !== undefined);
  return candidates.reduce<Link | null>(
    (best, link) => (best === null || rankOf(link) < rankOf(best) ? link : best),
    null,
  );
}

function pageLink(dc: DublinCore): Link | null {
  return (
    dc.kept(identifierLinks).find(({ kind, identifier }) => kind === "page" && identifier.invalid !== true) ?? null
  );
}

function rankOf(link: Link): number {
  return RANK[link.identifier.scheme] ?? Number.MAX_SAFE_INTEGER;
}

function isFile(url: string): boolean {
  return mediaTypeOfUrl(url) !== null || FILE_PATH.test(url);
}
