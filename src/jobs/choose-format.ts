import { USUAL_FORMATS } from "../../harvesters/formats.ts";
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
    const own = incomingNamed(platform.crosswalks[namespace] ?? crosswalk.id);
    return { metadataPrefix: format.metadataPrefix, namespace, crosswalk: own ?? crosswalk };
  }
  const prefixes = offered.map((format) => format.metadataPrefix).join(", ");
  throw new NoCommonFormat(
    wanted === null
      ? `none of the formats offered (${prefixes}) can be mapped yet`
      : `"${wanted}" is not among the formats offered (${prefixes}) that can be mapped`,
  );
}

/** Every namespace with the first crosswalk that reads it: the platform's preference, the usual order, then the rest. */
function acceptedFormats(platform: Platform): readonly (readonly [string, IncomingCrosswalk])[] {
  const accepted = new Map<string, IncomingCrosswalk>();
  for (const crosswalk of incomingCrosswalks) {
    for (const namespace of crosswalk.namespaces) {
      if (!accepted.has(namespace)) accepted.set(namespace, crosswalk);
    }
  }
  const preferred = [...new Set([...platform.formats, ...USUAL_FORMATS])];
  const order = (namespace: string) => {
    const place = preferred.indexOf(namespace);
    return place < 0 ? preferred.length : place;
  };
  return [...accepted].sort(([a], [b]) => order(a) - order(b));
}

/** Namespaces are compared as people misspell them: scheme and closing slash do not matter; the schema may tell instead. */
function describes(format: MetadataFormat, namespace: string): boolean {
  if (normal(format.namespace) === normal(namespace)) return true;
  // the one prefix that the protocol itself reserves (OAI-PMH 2.0 §3.4)
  if (namespace === OAI_DC) return format.metadataPrefix === "oai_dc";
  return namespace.endsWith("MARC21/slim") && /MARC21slim\.xsd/i.test(format.schema);
}

function normal(namespace: string): string {
  return namespace
    .trim()
    .replace(/^https?:\/\//i, "")
    .replace(/\/+$/, "")
    .toLowerCase();
}
