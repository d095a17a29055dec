import type { Platform, PlatformSigns } from "../src/client/platform.ts";
import { dspace } from "./platforms/dspace.ts";
import { generic } from "./platforms/generic.ts";

/** Known repository software, the most telling signs first; the last one matches everything. */
export const platforms: readonly Platform[] = [dspace, generic];

/** The software that the signs point to. */
export function platformOf(signs: PlatformSigns): Platform {
  return platforms.find((platform) => platform.matches(signs)) ?? generic;
}

/** The platform of that name; an unknown name is the generic one. */
export function platformNamed(id: string | null): Platform {
  return platforms.find((platform) => platform.id === id) ?? generic;
}
