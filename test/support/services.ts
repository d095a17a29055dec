import { pino } from "pino";
import { createHttpClient, DEFAULT_HTTP_OPTIONS, type HttpOptions } from "../../src/client/http.ts";
import type { Services } from "../../src/jobs/services.ts";
import type { Db } from "../../src/store/database.ts";
import { secretsKey } from "../../src/store/secrets.ts";

/** Repositories of tests are on this machine, need not be spared and fail on purpose. */
const IMPATIENT = { retries: 1, firstRetryMs: 1, delayMs: 0, privateNetworks: ["127.0.0.0/8", "::1/128"] };

/** What sign-ins of tests are encrypted with. */
export const TEST_SECRETS_KEY = secretsKey("a secret of the tests, long enough for a key");

/** What jobs work with, on a test's database: real HTTP with little patience, and nothing logged. */
export function testServices(db: Db, options: Partial<HttpOptions> = {}): Services {
  return {
    db,
    http: createHttpClient({ ...DEFAULT_HTTP_OPTIONS, ...IMPATIENT, ...options }),
    log: pino({ level: "silent" }),
    domain: "lienthong.example",
    leaseMs: 60_000,
    leadSeconds: 1,
    secretsKey: () => TEST_SECRETS_KEY,
  };
}
