import type { SeededChoice } from "../../src/demo/seeded-choice.ts";
import type { Kept } from "../support/keep-running.ts";

/** A kill: when so many pages have been asked for, how long after that, and whom. */
export interface Kill {
  readonly page: number;
  readonly delayMs: number;
  /** Who harvests at that moment, or the worker of that number, whatever it does. */
  readonly victim: "harvesting" | number;
}

/** What a kill met: the pages asked for by then, and whether its victim was harvesting. */
export interface Hit {
  readonly pages: number;
  readonly harvesting: boolean;
}

/** Where the killing takes place. */
export interface Scene {
  readonly workers: readonly Kept[];
  /** Pages in the list. */
  readonly pages: number;
  /** How many of them have been asked for. */
  pagesAsked(): number;
  /** The process that harvests; `null` where none does, or nobody can tell. */
  harvesting(): Promise<number | null>;
}

/** A page is fetched, mapped and stored in about this time: a kill somewhere in it may hit any of that. */
const PAGE_MS = 80;
const POLL_MS = 10;

/** Kills at random moments of the list up to `lastPage`; every second one is for the worker that harvests then. */
export function planKills(choice: SeededChoice, count: number, lastPage: number, workers: number): readonly Kill[] {
  const kills = Array.from({ length: count }, (_, index): Kill => {
    const victim = index % 2 === 0 ? "harvesting" : choice.between(0, workers - 1);
    return { page: choice.between(1, lastPage), delayMs: choice.between(0, PAGE_MS), victim };
  });
  return kills.toSorted((one, other) => one.page - other.page);
}

/** Carries the kills out, one after the other. */
export async function killAll(kills: readonly Kill[], scene: Scene): Promise<readonly Hit[]> {
  const hits: Hit[] = [];
  for (const kill of kills) hits.push(await carryOut(kill, scene));
  return hits;
}

async function carryOut({ page, delayMs, victim }: Kill, scene: Scene): Promise<Hit> {
  const { workers } = scene;
  await until(() => scene.pagesAsked() >= page && workers.every((worker) => worker.pid() !== null));
  // at the end of the list nobody may be harvesting any more
  if (victim === "harvesting")
    await until(async () => scene.pagesAsked() >= scene.pages || (await scene.harvesting()) !== null);
  await pause(delayMs);
  const pid = await scene.harvesting();
  const chosen = victim === "harvesting" ? workers.find((worker) => worker.pid() === pid) : workers[victim];
  const target = chosen ?? workers[0];
  const hit = { pages: scene.pagesAsked(), harvesting: pid !== null && target?.pid() === pid };
  target?.kill();
  return hit;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(POLL_MS);
}

const pause = async (ms: number) => await new Promise((resolve) => setTimeout(resolve, ms));
