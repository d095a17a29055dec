import { once } from "node:events";
import { createInterface } from "node:readline";
import type { LogLine } from "../support/keep-running.ts";
import { sharedProgram } from "../support/shared-program.ts";

/** Servers of one feed, each a process of its own. */
export interface FeedServers {
  /** e.g. `http://127.0.0.1:40001` */
  readonly origins: readonly [string, ...string[]];
  /** The base URLs of the feed. */
  readonly feeds: readonly string[];
  readonly pids: readonly number[];
  /** What all of them logged. */
  log(): readonly LogLine[];
  stop(): Promise<void>;
}

type Settings = Readonly<Record<string, string>>;

const SETTINGS: Settings = {
  PORT: "0",
  TOKEN_SECRET: "a secret that is long enough for the tokens",
  HARVEST_WORKERS: "0",
  OAI_PAGE_SIZE: "25",
  IDENTIFIER_DOMAIN: "lienthong.example",
};

/** Starts the program as it is installed, once for each of these settings, and comes back when all serve. */
export async function startFeedServers(settings: readonly [Settings, ...Settings[]]): Promise<FeedServers> {
  const [first, ...others] = settings;
  const servers = await Promise.all([startServer(first), ...others.map(startServer)] as const);
  const [origin, ...more] = servers.map((server) => server.origin);
  const origins = [origin ?? "", ...more] as const;
  return {
    origins,
    feeds: origins.map((each) => `${each}/oai`),
    pids: servers.map((server) => server.pid),
    log: () => servers.flatMap((server) => server.lines),
    stop: async () => {
      await Promise.all(servers.map((server) => server.stop()));
    },
  };
}

async function startServer(settings: Settings) {
  const server = (await sharedProgram()).start(["serve"], { ...SETTINGS, ...settings });
  let complaints = "";
  server.stderr.on("data", (text: Buffer) => {
    complaints += text.toString();
  });
  const ended = once(server, "exit");
  const lines: LogLine[] = [];
  const origin = await new Promise<string>((resolve, reject) => {
    createInterface(server.stdout).on("line", (line) => {
      const logged = JSON.parse(line) as LogLine & { readonly url?: string };
      const { msg, url } = logged;
      lines.push(logged);
      if (msg === "serving" && url !== undefined) resolve(url.replace("localhost", "127.0.0.1"));
    });
    void ended.then(([code]) => reject(new Error(`serve ended with ${code}: ${complaints}`)));
  });
  return {
    origin,
    pid: server.pid ?? 0,
    lines,
    stop: async () => {
      server.kill("SIGTERM");
      await ended;
    },
  };
}
