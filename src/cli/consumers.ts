import { lastDays, sumByConsumer, sumByRoute } from "../store/consumer-reports.ts";
import type { Surface } from "../store/schema.ts";
import { printConsumers } from "./consumers-report.ts";
import { print, withStore } from "./run-command.ts";

interface ConsumersOptions {
  readonly days: string;
  readonly surface?: string;
  readonly json?: true;
}

const SURFACES: readonly Surface[] = ["feed", "api", "export"];
const MOST_DAYS = 36_500;

/** `lienthong consumers`: who used feed, API and dumps, what they took, and who needs to be looked at. */
export async function consumersCommand(options: ConsumersOptions): Promise<void> {
  const period = lastDays(new Date(), chosenDays(options.days));
  const surface = chosenSurface(options.surface);
  await withStore(async ({ db }) => {
    const [consumers, asked] = await Promise.all([sumByConsumer(db, period, surface), sumByRoute(db, period, surface)]);
    if (options.json === true) print(JSON.stringify({ ...period, consumers, asked }, null, 2));
    else printConsumers(period, consumers, asked);
  });
}

function chosenDays(text: string): number {
  const days = Number(text);
  if (/^\d+$/.test(text) && days >= 1 && days <= MOST_DAYS) return days;
  throw new Error(`--days "${text}": give how many days, today included, from 1 to ${MOST_DAYS}`);
}

function chosenSurface(name?: string): Surface | null {
  if (name === undefined) return null;
  const chosen = SURFACES.find((surface) => surface === name);
  if (chosen !== undefined) return chosen;
  throw new Error(`--surface "${name}": there is no such surface; there are ${SURFACES.join(", ")}`);
}
