import { readConfig } from "../src/config.ts";
import { keepHeapSmall, letHeapGrow } from "../src/heap.ts";
import { type RunningService, serve } from "../src/main.ts";
import { openStore } from "../src/open-store.ts";
import { benchServices, TOKEN_SECRET } from "./bench-services.ts";
import { answerQuestions } from "./child.ts";

/** `start` with a database gives the address of its feed; `cpu` the CPU time used so far, in microseconds; `peak` the most memory, in kB. */
export type FeedQuestion =
  | { readonly start: { readonly databaseUrl: string; readonly pageSize: number } }
  | "cpu"
  | "peak";

let running: RunningService | null = null;

/** The whole server as `lienthong serve` starts it, without scheduler and harvests. */
async function answer(question: FeedQuestion): Promise<unknown> {
  if (question === "cpu") {
    const { user, system } = process.cpuUsage();
    return user + system;
  }
  if (question === "peak") return process.resourceUsage().maxRSS;
  const { databaseUrl, pageSize } = question.start;
  const config = {
    ...readConfig({}),
    ...{ databaseUrl, pageSize, port: 0, scheduler: false, harvestWorkers: 0, logLevel: "silent" as const },
  };
  const store = await openStore(config);
  running ??= await serve(config, TOKEN_SECRET, store, benchServices(store.db));
  return `${running.url}/oai`;
}

// as the program does for a server without workers
keepHeapSmall();
letHeapGrow();
answerQuestions(answer);
