import { incomingCrosswalks, incomingNamed } from "../../mappings/index.ts";
import type { Platform } from "../client/platform.ts";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import { OAI_DC } from "../oai/namespaces.ts";
import type { MetadataFormat } from "../oai/types.ts";

/** The repository offers no format that we can map, or not the one that was asked for. */
export class NoCommonFormat extends Error {
  override readonly name = "NoCommonFormat";
}

/** The format to harvest and the crosswalk that maps it. */
export interface ChosenFormat {
  readonly metadataPrefix: string;
  readonly namespace: string;
  readonly crosswalk: IncomingCrosswalk;
}

/** The namespaces that schemas belong to, for formats whose namespace is missing or wrong. */
const SCHEMAS: readonly (readonly [schema: RegExp, namespace: string])[] = [
  [/MARC21slim\.xsd/i, "http://www.loc.gov/MARC21/slim"],
  [/\/mods(?:-3-\d)?\.xsd/i, "http://www.loc.gov/mods/v3"],
  [/\/xoai\.xsd/i, "http://www.lyncode.com/xoai"],
  [/\/dim\.xsd/i, "http://www.dspace.org/xmlns/dspace/dim"],
  [/\/openaire\.xsd/i, "http://namespace.openaire.eu/schema/oaire/"],
  [/\/(?:dcterms|qualifieddc|oai_qdc)\.xsd/i, "http://purl.org/dc/terms/"],
  [/\/oai_marc\.xsd/i, "http://www.openarchives.org/OAI/1.1/oai_marc"],
  [/\/uketd_dc\.xsd/i, "http://naca.central.cranfield.ac.uk/ethos-oai/2.0/"],
];
/** MARC 21 and UNIMARC share this namespace; there the schema or the prefix says which of the two it is. */
const MARC_OF_EITHER_KIND = "http://www.loc.gov/MARC21/slim";

/**
 * Chooses the richest format that the repository offers and that a crosswalk accepts, by namespace or schema and not by
 * prefix: `marc21`, `marcxml` and `marc` are one thing. The platform knows which of its formats is the richest; `wanted`
 * is the operator's word. Throws `NoCommonFormat`.
 */
export function chooseFormat(
  offered: readonly MetadataFormat[],
  platform: Platform,
  wanted: string | null,
): ChosenFormat {
  const candidates = wanted === null ? offered : offered.filter((format) => format.metadataPrefix === wanted);
  for (const [namespace, crosswalk] of acceptedFormats(platform)) {
    const format = candidates.find((candidate) => describes(candidate, namespace));
    if (format === undefined) continue;
    const own = incomingNamed(dialectOf(format, namespace) ?? platform.crosswalks[namespace] ?? crosswalk.id);
    return { metadataPrefix: format.metadataPrefix, namespace, crosswalk: own ?? crosswalk };
  }
  const prefixes = offered.map((format) => format.metadataPrefix).join(", ");
  throw new NoCommonFormat(
    wanted === null
      ? `none of the formats offered (${prefixes}) can be mapped yet`
      : `"${wanted}" is not among the formats offered (${prefixes}) that can be mapped`,
  );
}

/**
 * Every namespace with the first crosswalk that reads it: the platform's preference first, then the order of
 * `incomingCrosswalks`. All namespaces of a crosswalk have the place of the best of them, so that a format is as good under an
 * older name.
 */
function acceptedFormats(platform: Platform): readonly (readonly [string, IncomingCrosswalk])[] {
  const accepted = new Map<string, IncomingCrosswalk>();
  for (const crosswalk of incomingCrosswalks) {
    for (const namespace of crosswalk.namespaces) {
      if (!accepted.has(namespace)) accepted.set(namespace, crosswalk);
    }
  }
  const order = ([namespace, crosswalk]: readonly [string, IncomingCrosswalk]) => {
    const own = platform.formats.indexOf(namespace);
    if (own >= 0) return own;
    const place = platform.formats.findIndex((format) => crosswalk.namespaces.includes(format));
    return place >= 0 ? place : platform.formats.length + incomingCrosswalks.indexOf(crosswalk);
  };
  return [...accepted].sort((a, b) => order(a) - order(b));
}

/** Namespaces are compared as people misspell them: scheme and closing slash do not matter; the schema may tell instead. */
function describes(format: MetadataFormat, namespace: string): boolean {
  if (normal(format.namespace) === normal(namespace)) return true;
  // the one prefix that the protocol itself reserves (OAI-PMH 2.0 §3.4)
  if (namespace === OAI_DC) return format.metadataPrefix === "oai_dc";
  if (isKnown(format.namespace)) return false;
  return SCHEMAS.some(([schema, owner]) => owner === namespace && schema.test(format.schema));
}

/** A namespace that a crosswalk reads is believed before the schema. */
function isKnown(namespace: string): boolean {
  return incomingCrosswalks.some(({ namespaces }) => namespaces.some((known) => normal(known) === normal(namespace)));
}

function dialectOf({ metadataPrefix, schema }: MetadataFormat, namespace: string): string | undefined {
  return namespace === MARC_OF_EITHER_KIND && /unimarc/i.test(`${metadataPrefix} ${schema}`) ? "unimarc" : undefined;
}

function normal(namespace: string): string {
  return namespace
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/+$/, "")
    .toLowerCase();
}
