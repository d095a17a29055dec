import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const FOLDER = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** Where the shared fixtures lie beside the project, or `null` where they do not. */
export const sharedFolder: string | null = existsSync(`${FOLDER}fixtures/MANIFEST.tsv`) ? FOLDER : null;

/** Said by the tests that have nothing to read then. */
export const SHARED_ABSENT =
  "skipped: ../shared is not here; it holds real answers of real repositories and is not part of the project";
