import type { Logger } from "pino";

/** Runs one statement, as the queue's library asks for it. */
export type ExecuteSql = (text: string, values: unknown[]) => Promise<{ rows: unknown[] }>;

/**
 * Runs statements, and says once when the database goes away and once when it is back. The library asks every second and
 * would either fill the log or, where it swallows the failure, say nothing at all.
 */
export function tellOutages(execute: ExecuteSql, log: Logger): ExecuteSql {
  let away = false;
  return async (text, values) => {
    try {
      const result = await execute(text, values);
      if (away) log.info("the database answers again");
      away = false;
      return result;
    } catch (err) {
      if (!away && isOutage(err)) {
        away = true;
        log.warn({ err }, "the database does not answer; the job queue keeps asking");
      }
      throw err;
    }
  };
}

/** A statement that the server refuses is an ERROR; everything else (FATAL, a broken connection) is the server's own state. */
function isOutage(error: unknown): boolean {
  return !(error instanceof Error && "severity" in error && error.severity === "ERROR");
}
