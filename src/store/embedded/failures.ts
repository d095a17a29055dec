/** This computer cannot run the embedded PostgreSQL; DATABASE_URL must name another one. */
export class NoEmbeddedPostgres extends Error {
  override readonly name = "NoEmbeddedPostgres";
}

/** The data folder was written by another major version of PostgreSQL than the one that the program carries. */
export class OtherPostgresVersion extends Error {
  override readonly name = "OtherPostgresVersion";
}

/** The embedded PostgreSQL could not be set up or started; the message carries PostgreSQL's own words. */
export class EmbeddedPostgresFailure extends Error {
  override readonly name = "EmbeddedPostgresFailure";
}

/** "EACCES: permission denied, mkdir '…'" and the like: what a failed call says. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether a call failed with one of these system or PostgreSQL error codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code;
  return typeof code === "string" && codes.includes(code);
}
