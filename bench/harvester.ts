import type { HttpClient } from "../src/client/http.ts";
import { type RequestArguments, requestUrl } from "../src/client/request.ts";
import { keepHeapSmall } from "../src/heap.ts";
import { harvestRepository } from "../src/jobs/harvest-repository.ts";
import { databaseOn, openPool } from "../src/store/database.ts";
import { addRepository } from "../src/store/repositories.ts";
import { benchHttpClient, benchServices } from "./bench-services.ts";
import { answerQuestions } from "./child.ts";
import { type Cost, measure } from "./measure.ts";

/** A repository to harvest into an empty database. */
export interface HarvestQuestion {
  readonly databaseUrl: string;
  readonly baseUrl: string;
  readonly prefix: string;
}

/** What one run cost, part by part; `rssMb` is the most memory this process has ever had. */
export interface HarvestAnswer {
  readonly ceiling: Cost;
  readonly first: Cost;
  readonly unchanged: Cost;
  readonly rssMb: number;
}

async function harvest({ databaseUrl, baseUrl, prefix }: HarvestQuestion): Promise<HarvestAnswer> {
  const pool = openPool(databaseUrl);
  const db = databaseOn(pool);
  const services = benchServices(db);
  const client = benchHttpClient();
  const row = { code: "bench", name: "Bench", base_url: baseUrl, metadata_prefix: prefix };
  const { repository_id } = await addRepository(db, row);
  const whole = async () => {
    const { outcome, run } = await harvestRepository(services, repository_id, { trigger: "person", full: true });
    if (outcome !== "complete") throw new Error(`the harvest of the bench is ${outcome}: ${run.failure}`);
  };
  try {
    const ceiling = await measure(pool, () => fetchAll(client, baseUrl, prefix));
    const first = await measure(pool, whole);
    const unchanged = await measure(pool, whole);
    return { ceiling, first, unchanged, rssMb: (process.resourceUsage().maxRSS * 1024) / 1e6 };
  } finally {
    await client.close();
    await services.http.close();
    await db.destroy();
  }
}

/** Fetches every page and looks for nothing but the token at its end: faster than this no harvest can be. */
async function fetchAll(client: HttpClient, baseUrl: string, metadataPrefix: string): Promise<void> {
  let args: RequestArguments = { metadataPrefix };
  for (;;) {
    const end: string = await client.fetch(requestUrl(baseUrl, "ListRecords", args), async ({ body }) => {
      let tail: Uint8Array = Buffer.alloc(0);
      for await (const chunk of body) tail = Buffer.concat([tail, chunk]).subarray(-500);
      return Buffer.from(tail).toString("latin1");
    });
    const token = /<resumptionToken[^>]*>([^<\s]+)</.exec(end)?.[1];
    if (token === undefined) return;
    args = { resumptionToken: token };
  }
}

keepHeapSmall();
answerQuestions(harvest);
