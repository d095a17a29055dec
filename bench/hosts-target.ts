import { generatedItems } from "../src/demo/generated-items.ts";
import { OAI_DC_FORMAT, type SampleRepository } from "../src/demo/sample-repository.ts";
import { startSampleServer } from "../src/demo/sample-server.ts";
import { type HostFront, hostAddresses, startHostFront } from "../test/support/host-front.ts";
import { answerQuestions } from "./child.ts";

/** How many repositories of how many records stand behind how many hosts, and how long each request takes at least. */
export interface HostsOptions {
  readonly hosts: number;
  readonly repositories: number;
  readonly records: number;
  readonly latencyMs: number;
}

/** What the hosts have seen. */
export interface HostsSeen {
  /** The most requests that any host was answering at the same moment. */
  readonly requestsAtOnce: number;
  /** The most hosts that were answering at the same moment. */
  readonly hostsAtOnce: number;
}

/** `open` gives the base URLs; `"seen"` what was seen since. */
export type HostsQuestion = { readonly open: HostsOptions } | "seen";

let front: HostFront | null = null;

async function answer(question: HostsQuestion): Promise<readonly string[] | HostsSeen> {
  if (question !== "seen") return await open(question.open);
  const requests = front?.logs().map(({ mostAtOnce }) => mostAtOnce) ?? [];
  return { requestsAtOnce: Math.max(...requests), hostsAtOnce: front?.mostHostsAtOnce() ?? 0 };
}

async function open({ hosts, repositories, records, latencyMs }: HostsOptions): Promise<readonly string[]> {
  const items = generatedItems(records);
  const samples = Array.from({ length: repositories }, (_, number) => sampleOf(number, items));
  const server = await startSampleServer(samples);
  const opened = await startHostFront(await hostAddresses(hosts), server.origin, latencyMs);
  front = opened;
  return samples.map(({ path }, number) => opened.url(number % hosts, path));
}

function sampleOf(number: number, items: SampleRepository["items"]): SampleRepository {
  return {
    path: `/kho-${number}/oai`,
    name: `Kho ${number}`,
    adminEmail: "kho@example.edu.vn",
    granularity: "YYYY-MM-DDThh:mm:ssZ",
    deletedRecord: "persistent",
    pageSize: 100,
    formats: [OAI_DC_FORMAT],
    sets: [],
    items,
  };
}

answerQuestions(answer);
