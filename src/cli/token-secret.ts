import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../config.ts";

/**
 * The secret that signs resumption tokens: the setting, or one made once and kept in the data folder, so that tokens
 * outlive a restart. Throws where the folder cannot be written.
 */
export function tokenSecret(config: Config): string {
  if (config.tokenSecret !== null) return config.tokenSecret;
  const file = join(config.dataFolder, "token-secret");
  mkdirSync(config.dataFolder, { recursive: true });
  try {
    // "wx": of two processes that start at once one makes it, the other reads it
    writeFileSync(file, randomBytes(32).toString("hex"), { mode: 0o600, flag: "wx" });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw error;
  }
  return readFileSync(file, "utf8").trim();
}
