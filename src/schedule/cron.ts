import { createTask, schedule, validate } from "node-cron";

/** Runs `act` every minute until `stop` is called; a tick that finds the last one still busy is left out. */
export function everyMinute(act: () => Promise<void>): { readonly stop: () => Promise<void> } {
  const task = schedule("* * * * *", act, { noOverlap: true, name: "due repositories" });
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
