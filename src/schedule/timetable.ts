import { createHash } from "node:crypto";
import { isCron, nextRun } from "./cron.ts";
import { isQuietHours } from "./quiet-hours.ts";

/** How often, as people say it; everything else must be a cron expression. */
export const FREQUENCIES = ["adaptive", "hourly", "daily", "weekly", "monthly", "manual"] as const;

type Frequency = (typeof FREQUENCIES)[number];

/** The hours in which Vietnamese libraries sleep: 20:00 to 05:59. */
const FIRST_NIGHT_HOUR = 20;
const NIGHT_HOURS = 10;

/** Tells whether a repository's schedule can be read. */
export function isSchedule(schedule: string): boolean {
  return isFrequency(schedule) || isCron(schedule);
}

/** An adaptive repository rests one night more for each so many harvests in a row that brought nothing new. */
const QUIET_HARVESTS_A_NIGHT = 3;
const LONGEST_REST_DAYS = 7;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * When a repository is due next, or `null` for one that is only harvested by hand. The frequencies spread repositories
 * over the night by their code, always the same for the same one, so that thousands do not begin together. An adaptive
 * one is asked every night, and down to once a week while nothing changes: `quietHarvests` says how many harvests in a
 * row brought nothing new.
 */
export function nextDue(schedule: string, repositoryCode: string, timeZone: string, quietHarvests = 0): Date | null {
  const expression = isFrequency(schedule) ? cronOf(schedule, repositoryCode) : schedule;
  const next = expression === null ? null : nextRun(expression, timeZone);
  if (next === null || schedule !== "adaptive") return next;
  const rest = Math.min(LONGEST_REST_DAYS, 1 + Math.floor(quietHarvests / QUIET_HARVESTS_A_NIGHT));
  return new Date(next.getTime() + (rest - 1) * DAY_MS);
}

/** All that is known about when a repository is harvested, for those who check and keep what people say. */
export const timetable = { isSchedule, isQuietHours, nextDue } as const;

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
    case "adaptive":
      return `${minute} ${hour} * * *`;
    case "weekly":
      return `${minute} ${hour} * * ${c % 7}`;
    case "monthly":
      return `${minute} ${hour} ${1 + (c % 28)} * *`;
  }
}
