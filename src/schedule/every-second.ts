import type { Ticks } from "./cron.ts";

const SECOND_MS = 1_000;

/** Runs `act`, and again a second after it has ended, until `stop` is called, which waits for the one in hand. */
export function everySecond(act: () => Promise<void>): Ticks {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let inHand: Promise<void> = Promise.resolve();
  const tick = () => {
    inHand = act().finally(() => {
      if (!stopped) timer = setTimeout(tick, SECOND_MS);
    });
  };
  tick();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await inHand;
    },
  };
}
