import type { PlatformSigns } from "../src/client/platform.ts";

/** Identifiers that a repository shows: those of its lists, and the example in its oai-identifier description. */
export function identifiersOf({ descriptions, headers = [] }: PlatformSigns): readonly string[] {
  const samples = descriptions.map(
    (description) => description.child("oai-identifier")?.child("sampleIdentifier")?.text.trim() ?? "",
  );
  return [...headers.map((header) => header.identifier), ...samples].filter((identifier) => identifier !== "");
}

/** The setSpecs in the headers of its lists. */
export function setSpecsOf({ headers = [] }: PlatformSigns): readonly string[] {
  return headers.flatMap((header) => header.setSpecs);
}

/** Titles of the toolkit descriptions (`http://oai.dlib.vt.edu/OAI/metadata/toolkit`), in which software names itself. */
export function toolkitsOf({ descriptions }: PlatformSigns): readonly string[] {
  return descriptions
    .map((description) => description.child("toolkit")?.child("title")?.text.trim() ?? "")
    .filter((title) => title !== "");
}

/** The path of the base URL, a closing slash cut off; the empty string where the URL cannot be read. */
export function pathOf({ baseUrl }: PlatformSigns): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).pathname.replace(/\/+$/, "") : "";
}
