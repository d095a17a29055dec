import { request } from "undici";
import type { Child } from "./child.ts";
import type { FeedQuestion } from "./feed.ts";
import { cpuOfFamily } from "./measure.ts";

/** The feed with what it takes to ask it and to see what that costs. */
export interface Feed {
  readonly child: Child;
  readonly url: string;
  readonly postmaster: number | null;
}

/** CPU time in microseconds: of the server process, and of PostgreSQL. */
export interface ServerCost {
  readonly nodeUs: number;
  readonly postgresUs: number;
}

/** What the feed answers; throws where that is an error. */
export async function getAnswer(url: string): Promise<string> {
  const { body, statusCode } = await request(url, { headers: { "accept-encoding": "identity" } });
  const text = await body.text();
  if (statusCode !== 200 || text.includes("<error "))
    throw new Error(`${url} answered ${statusCode}: ${text.slice(0, 500)}`);
  return text;
}

/** What the feed's process and PostgreSQL do while `work` asks them. */
export async function costOf({ child, postmaster }: Feed, work: () => Promise<void>): Promise<ServerCost> {
  const postgres = () => (postmaster === null ? 0 : cpuOfFamily(postmaster));
  const [nodeBefore, postgresBefore] = [await child.ask<number>("cpu" satisfies FeedQuestion), postgres()];
  await work();
  const nodeUs = (await child.ask<number>("cpu" satisfies FeedQuestion)) - nodeBefore;
  return { nodeUs, postgresUs: postgres() - postgresBefore };
}

/** The costs of some work, so many times. */
export async function repeated(runs: number, work: () => Promise<ServerCost>): Promise<readonly ServerCost[]> {
  const costs: ServerCost[] = [];
  for (let number = 0; number < runs; number += 1) costs.push(await work());
  return costs;
}
