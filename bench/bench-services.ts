import { pino } from "pino";
import { createHttpClient, DEFAULT_HTTP_OPTIONS, type HttpClient } from "../src/client/http.ts";
import type { Services } from "../src/jobs/services.ts";
import type { Db } from "../src/store/database.ts";
import { secretsKey } from "../src/store/secrets.ts";

/** The client as in production, but for its manners: the target is on this machine and need not be spared. */
export function benchHttpClient(): HttpClient {
  return createHttpClient({ ...DEFAULT_HTTP_OPTIONS, privateNetworks: ["127.0.0.1"], delayMs: 0 });
}

/** What jobs work with, as in production but for the log, which is silent. */
export function benchServices(db: Db): Services {
  const log = pino({ level: "silent" });
  const limits = { leaseMs: 60_000, leadSeconds: 1 };
  const key = () => secretsKey("the target of a bench asks for no sign-in");
  return { db, http: benchHttpClient(), log, domain: "lienthong.example", ...limits, secretsKey: key };
}

/** Signs the tokens of the feed that a bench asks. */
export const TOKEN_SECRET = "a secret for the tokens of the bench";
