import { type CarriedSource, carriedSource } from "../../../src/crosswalk/carried.ts";
import type { IncomingCrosswalk } from "../../../src/crosswalk/crosswalk.ts";
import type { Source } from "../../../src/crosswalk/source.ts";
import type { XmlElement } from "../../../src/xml/element.ts";
import { XmlError } from "../../../src/xml/errors.ts";
import { datacite } from "../datacite/crosswalk.ts";
import { dspaceDim } from "../dspace-dim/crosswalk.ts";
import { etdms } from "../etdms/crosswalk.ts";
import { marc21 } from "../marc21/crosswalk.ts";
import { marcxchange } from "../marcxchange/crosswalk.ts";
import { mods } from "../mods/crosswalk.ts";
import { oaiDc } from "../oai-dc/crosswalk.ts";
import { oaiOpenaire } from "../oai-openaire/crosswalk.ts";
import { qdc } from "../qdc/crosswalk.ts";
import { uketd } from "../uketd/crosswalk.ts";

/** Opens an element with one crosswalk. */
type Opener = (element: XmlElement) => CarriedSource;

/** What packages carry, the richest first. */
const READABLE: readonly (readonly [namespaces: readonly string[], open: Opener])[] = [
  readable(dspaceDim),
  readable(oaiOpenaire),
  readable(marc21),
  readable(marcxchange),
  readable(mods),
  readable(datacite),
  readable(etdms),
  readable(uketd),
  readable(qdc),
  readable(oaiDc),
];
const BARE: Opener = readable(qdc)[1];

/** Descriptive metadata found in a package: what it stands in, and how it is opened. */
interface Found {
  readonly element: XmlElement;
  readonly rank: number;
  readonly open: Opener;
}

/** Opens the richest metadata below the given elements. Throws `XmlError` where there is none that can be read. */
export function openCarried(below: readonly XmlElement[], name: string): CarriedSource {
  const found = below.flatMap(metadataBelow);
  const [best] = [...found].sort((a, b) => a.rank - b.rank);
  if (best === undefined) throw new XmlError(`<${name}> carries no metadata that can be read`);
  return best.open(best.element);
}

/** Elements of a namespace that a crosswalk reads; elements of Dublin Core without a root of their own count together. */
function metadataBelow(element: XmlElement): readonly Found[] {
  const children = element.elements;
  // a lone dcterms:modified is said about the package
  if (children.length === 0) return [];
  const rank = READABLE.findIndex(([namespaces]) => namespaces.includes(element.namespace));
  const [, open] = READABLE[rank] ?? [];
  if (open !== undefined) return [{ element, rank, open }];
  const bare = children.filter((child) => child.elements.length === 0 && isDublinCore(child));
  if (element.local === "xmlData" && bare.length > 0) return [{ element, rank: READABLE.length, open: BARE }];
  return children.flatMap(metadataBelow);
}

function isDublinCore({ namespace }: XmlElement): boolean {
  return qdc.namespaces.includes(namespace) || oaiDc.namespaces.includes(namespace);
}

function readable<From extends Source>(crosswalk: IncomingCrosswalk<From>): readonly [readonly string[], Opener] {
  return [crosswalk.namespaces, (element) => carriedSource(crosswalk, crosswalk.open(element))];
}

/** Raised with every crosswalk that reads what packages carry. */
export const CARRIED_VERSION = [dspaceDim, oaiOpenaire, marcxchange, mods, datacite, etdms, uketd, qdc, oaiDc]
  .map(({ version }) => version)
  .reduce((sum, version) => sum + version, 0);
