import type { Platform, PlatformSigns } from "../src/client/platform.ts";
import { dataverse } from "./platforms/dataverse.ts";
import { dspace } from "./platforms/dspace.ts";
import { eprints } from "./platforms/eprints.ts";
import { generic } from "./platforms/generic.ts";
import { invenio } from "./platforms/invenio.ts";
import { islandora } from "./platforms/islandora.ts";
import { koha } from "./platforms/koha.ts";
import { ojs } from "./platforms/ojs.ts";
import { omekaS } from "./platforms/omeka-s.ts";

/**
 * Known repository software in the order in which it is asked; the last one matches everything. Those that name
 * themselves come first; DSpace comes late, since its `/oai/request` is also Islandora's.
 */
export const platforms: readonly Platform[] = [
  omekaS,
  ojs,
  dataverse,
  islandora,
  eprints,
  koha,
  invenio,
  dspace,
  generic,
];

/** Usual paths of base URLs over all software, the software likeliest in Vietnam first. */
export const usualPaths: readonly string[] = [
  ...new Set([dspace, ojs, koha, eprints, omekaS, invenio, islandora, generic].flatMap(({ paths }) => paths)),
];

/** The software that the signs point to. */
export function platformOf(signs: PlatformSigns): Platform {
  return platforms.find((platform) => platform.matches(signs)) ?? generic;
}

/** The platform of that name; an unknown name is the generic one. */
export function platformNamed(id: string | null): Platform {
  return platforms.find((platform) => platform.id === id) ?? generic;
}
