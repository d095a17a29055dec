import { createHash } from "node:crypto";
import { isCron, nextRun } from "./cron.ts";

/** How often, as people say it; everything else must be a cron expression. */
export const FREQUENCIES = ["hourly", "daily", "weekly", "monthly", "manual"] as const;

type Frequency = (typeof FREQUENCIES)[number];

/** The hours in which Vietnamese libraries sleep: 20:00 to 05:59. */
const FIRST_NIGHT_HOUR = 20;
const NIGHT_HOURS = 10;

/** Tells whether a repository's schedule can be read. */
export function isSchedule(schedule: string): boolean {
  return isFrequency(schedule) || isCron(schedule);
}

/**
 * When a repository is due next, or `null` for one that is only harvested by hand. The frequencies spread repositories
 * over the night by their code, always the same for the same one, so that thousands do not begin together.
 */
export function nextDue(schedule: string, repositoryCode: string, timeZone: string): Date | null {
  const expression = isFrequency(schedule) ? cronOf(schedule, repositoryCode) : schedule;
  return expression === null ? null : nextRun(expression, timeZone);
}

function isFrequency(schedule: string): schedule is Frequency {
  return (FREQUENCIES as readonly string[]).includes(schedule);
}

function cronOf(frequency: Frequency, repositoryCode: string): string | null {
  const [a = 0, b = 0, c = 0] = createHash("sha256").update(repositoryCode).digest();
  const minute = a % 60;
  const hour = (FIRST_NIGHT_HOUR + (b % NIGHT_HOURS)) % 24;
  switch (frequency) {
    case "manual":
      return null;
    case "hourly":
      return `${minute} * * * *`;
    case "daily":
      return `${minute} ${hour} * * *`;
    case "weekly":
      return `${minute} ${hour} * * ${c % 7}`;
    case "monthly":
      return `${minute} ${hour} ${1 + (c % 28)} * *`;
  }
}
