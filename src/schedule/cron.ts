import { createTask, schedule, validate } from "node-cron";

/** Something that happens again and again until it is stopped. */
export interface Ticks {
  stop(): Promise<void>;
}

/** Runs `act` every minute until `stop` is called; a tick that finds the last one still busy is left out. */
export function everyMinute(act: () => Promise<void>): Ticks {
  const task = schedule("* * * * *", act, { noOverlap: true, name: "every minute" });
  return { stop: async () => await task.destroy() };
}

/** Runs `act` once a day, at an hour when libraries and their readers sleep. */
export function everyNight(act: () => Promise<void>): Ticks {
  const task = schedule("20 4 * * *", act, { noOverlap: true, name: "every night", timezone: "Asia/Ho_Chi_Minh" });
  return { stop: async () => await task.destroy() };
}

/** Tells whether `expression` is a cron expression. */
export function isCron(expression: string): boolean {
  return validate(expression);
}

/** When a cron expression is next due in that time zone, or `null` where it never is. */
export function nextRun(expression: string, timeZone: string): Date | null {
  return createTask(expression, () => {}, { timezone: timeZone }).getNextRuns(1)[0] ?? null;
}
