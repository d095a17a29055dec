import type { Logger } from "pino";
import type { HttpClient } from "../client/http.ts";
import type { Observe } from "../metrics/events.ts";
import type { Db } from "../store/database.ts";

/** What jobs work with. Values come from the settings; nothing here reads the environment. */
export interface Services {
  readonly db: Db;
  readonly http: HttpClient;
  readonly log: Logger;
  /** Domain of the identifiers we give: `oai:<domain>:…`. */
  readonly domain: string;
  /** How long a lease lasts without being renewed. */
  readonly leaseMs: number;
  /** Seconds that a writing transaction announces ahead of the clock. */
  readonly leadSeconds: number;
  /** The key of repositories' sign-ins (`src/store/secrets.ts`); asked for only where there is one. */
  readonly secretsKey: () => Buffer;
  /** Told of what happens, where somebody counts it. */
  readonly observe?: Observe;
}
