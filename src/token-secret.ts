import { randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "./config.ts";

/**
 * The secret that signs resumption tokens and encrypts sign-ins: the setting, or one made once and kept in the data
 * folder, so that both outlive a restart. Throws where the folder cannot be written.
 */
export function tokenSecret({ tokenSecret, dataFolder }: Pick<Config, "tokenSecret" | "dataFolder">): string {
  if (tokenSecret !== null) return tokenSecret;
  const file = join(dataFolder, "token-secret");
  try {
    if (!existsSync(file)) makeSecret(dataFolder, file);
    return readFileSync(file, "utf8").trim();
  } catch (cause) {
    throw new Error(`TOKEN_SECRET is not set, and none can be kept in DATA_FOLDER (${dataFolder}): ${cause}`, {
      cause,
    });
  }
}

/** Written aside and then linked: of two processes that start at once one makes it, and nobody reads half of it. */
function makeSecret(folder: string, file: string): void {
  mkdirSync(folder, { recursive: true });
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, randomBytes(32).toString("hex"), { mode: 0o600 });
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  } finally {
    unlinkSync(draft);
  }
}
