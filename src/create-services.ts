import type { Logger } from "pino";
import { TransientFailure } from "./client/failures.ts";
import { createHttpClient, DEFAULT_HTTP_OPTIONS, type RetryNotice } from "./client/http.ts";
import type { Config } from "./config.ts";
import type { Services } from "./jobs/services.ts";
import type { Observe } from "./metrics/events.ts";
import type { Db } from "./store/database.ts";
import { secretsKey } from "./store/secrets.ts";
import { tokenSecret } from "./token-secret.ts";
import { VERSION } from "./version.ts";

/** Builds what jobs work with from the settings; `observe` is told of what happens, where somebody counts it. */
export function createServices(config: Config, db: Db, log: Logger, observe: Observe = () => {}): Services {
  const contact = config.publicUrl ?? "https://lienthong.vn";
  const onRetry = ({ error, ...notice }: RetryNotice) => {
    // counted by the metrics; a night's log would hold little else
    log.debug({ ...notice, err: error.message }, "request will be repeated");
    observe({ kind: "retry", reason: error instanceof TransientFailure ? error.diagnosis : "other" });
  };
  const http = createHttpClient(
    {
      ...DEFAULT_HTTP_OPTIONS,
      userAgent: `lienthong/${VERSION} (+${contact})`,
      from: config.adminEmail,
      delayMs: config.harvestDelayMs,
      privateNetworks: config.privateNetworks,
      proxy: config.harvestProxy,
    },
    onRetry,
  );
  const { domain, leaseSeconds, leadSeconds } = config;
  return {
    db,
    http,
    log,
    domain,
    leaseMs: leaseSeconds * 1000,
    leadSeconds,
    // not made before it is needed: a worker on another machine may have no secret and no repository that asks for one
    secretsKey: () => secretsKey(tokenSecret(config)),
    observe,
  };
}
