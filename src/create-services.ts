import type { Logger } from "pino";
import { createHttpClient, DEFAULT_HTTP_OPTIONS } from "./client/http.ts";
import type { Config } from "./config.ts";
import type { Services } from "./jobs/services.ts";
import type { Db } from "./store/database.ts";
import { VERSION } from "./version.ts";

/** Builds what jobs work with from the settings. */
export function createServices(config: Config, db: Db, log: Logger): Services {
  const contact = config.publicUrl ?? "https://lienthong.vn";
  const http = createHttpClient(
    { ...DEFAULT_HTTP_OPTIONS, userAgent: `lienthong/${VERSION} (+${contact})`, from: config.adminEmail },
    ({ error, ...notice }) => log.warn({ ...notice, err: error.message }, "request will be repeated"),
  );
  return { db, http, log, domain: config.domain, leaseMs: config.leaseSeconds * 1000, leadSeconds: config.leadSeconds };
}
