import { describe, expect, test } from "vitest";
import { FREQUENCIES, isSchedule, nextDue } from "../../src/schedule/timetable.ts";

const VIETNAM = "Asia/Ho_Chi_Minh";
const DAY_MS = 24 * 60 * 60 * 1000;

function hourInVietnam(date: Date): number {
  return Number(
    new Intl.DateTimeFormat("en-GB", { hour: "2-digit", hourCycle: "h23", timeZone: VIETNAM }).format(date),
  );
}

describe("nextDue", () => {
  test("a daily repository is harvested at night, within a day, always at the same time", () => {
    for (const code of ["tlu", "ctu", "ueh", "hcmut", "vnu"]) {
      const due = nextDue("daily", code, VIETNAM);
      expect(due?.getTime()).toBeGreaterThan(Date.now());
      expect(due?.getTime()).toBeLessThanOrEqual(Date.now() + DAY_MS);
      const hour = due === null ? -1 : hourInVietnam(due);
      expect(hour >= 20 || hour < 6).toBe(true);
      expect(nextDue("daily", code, VIETNAM)).toEqual(due);
    }
  });

  // 5.6: daily, drifting to weekly when nothing changes
  test.each([
    [0, 1],
    [2, 1],
    [3, 2],
    [9, 4],
    [18, 7],
    [500, 7],
  ])("an adaptive repository that was quiet for %i harvests rests %i days", (quiet, days) => {
    const tonight = nextDue("daily", "tlu", VIETNAM)?.getTime() ?? Number.NaN;
    expect(nextDue("adaptive", "tlu", VIETNAM, quiet)?.getTime()).toBe(tonight + (days - 1) * DAY_MS);
    expect(nextDue("weekly", "tlu", VIETNAM, quiet)).toEqual(nextDue("weekly", "tlu", VIETNAM));
  });

  test("a thousand repositories do not begin together", () => {
    const times = new Set(
      Array.from({ length: 1_000 }, (_, index) => nextDue("daily", `repository-${index}`, VIETNAM)?.getTime()),
    );
    expect(times.size).toBeGreaterThan(400);
  });

  test("a cron expression is read in the repository's time zone", () => {
    const due = nextDue("30 3 * * *", "x", VIETNAM);
    expect(due?.toISOString()).toMatch(/T20:30:00/);
  });

  test("a manual repository is never due", () => {
    expect(nextDue("manual", "x", VIETNAM)).toBeNull();
  });
});

test("schedules are frequencies and cron expressions, nothing else", () => {
  for (const schedule of [...FREQUENCIES, "0 2 * * 1", "*/30 * * * *"])
    expect(isSchedule(schedule), schedule).toBe(true);
  for (const schedule of ["sometimes", "", "61 * * * *", "* * *"]) expect(isSchedule(schedule), schedule).toBe(false);
});
