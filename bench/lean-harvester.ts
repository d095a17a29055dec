import { readFileSync } from "node:fs";
import { harvestRepository } from "../src/jobs/harvest-repository.ts";
import { databaseOn, openPool } from "../src/store/database.ts";
import { addRepository } from "../src/store/repositories.ts";
import { benchServices } from "./bench-services.ts";
import { answerQuestions } from "./child.ts";

/** A repository to harvest once into an empty database. */
export interface LeanQuestion {
  readonly databaseUrl: string;
  readonly baseUrl: string;
}

/** What it came to. Memory in MB: of the process before the harvest, and the most it ever had. */
export interface LeanAnswer {
  readonly received: number;
  readonly bytes: number;
  readonly wallMs: number;
  readonly atStartMb: number;
  readonly peakMb: number;
}

async function harvest({ databaseUrl, baseUrl }: LeanQuestion): Promise<LeanAnswer> {
  const db = databaseOn(openPool(databaseUrl));
  const services = benchServices(db);
  const row = { code: "bench", name: "Bench", base_url: baseUrl, metadata_prefix: "oai_dc" };
  const { repository_id } = await addRepository(db, row);
  const atStartMb = memoryMb("VmRSS");
  const began = performance.now();
  try {
    const { outcome, run } = await harvestRepository(services, repository_id, { trigger: "person", full: true });
    if (outcome !== "complete") throw new Error(`the harvest of the bench is ${outcome}: ${run.failure}`);
    const wallMs = performance.now() - began;
    return { received: run.received, bytes: run.bytes, wallMs, atStartMb, peakMb: memoryMb("VmHWM") };
  } finally {
    await services.http.close();
    await db.destroy();
  }
}

/** A line of /proc/self/status (proc(5)); where there is none, what Node.js knows. */
function memoryMb(line: "VmRSS" | "VmHWM"): number {
  try {
    const status = readFileSync("/proc/self/status", "utf8");
    return Number(new RegExp(`^${line}:\\s+(\\d+) kB$`, "m").exec(status)?.[1]) / 1024;
  } catch {
    return (line === "VmRSS" ? process.memoryUsage.rss() / 1024 : process.resourceUsage().maxRSS) / 1024;
  }
}

answerQuestions(harvest);
