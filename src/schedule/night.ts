/** Vietnam has had no summer time since 1975. */
const AHEAD_OF_UTC_MS = 7 * 3_600_000;
const DAY_MINUTES = 24 * 60;
/** What could not be done at its time may be done until then: libraries open, and a server that was down is back. */
const NIGHT_MINUTES = 6 * 60;

/**
 * The day in Vietnam ("2026-11-29") on which the night has begun that begins at `at` ("03:30", by the clock there) and has not
 * ended at `now`; it lasts six hours. `null`: it is day.
 */
export function nightOf(at: string, now: Date): string | null {
  const [hour = 0, minute = 0] = at.split(":").map(Number);
  // the clock on the wall in Vietnam, read as UTC
  const wall = new Date(now.getTime() + AHEAD_OF_UTC_MS);
  const passed = (wall.getUTCHours() * 60 + wall.getUTCMinutes() - (hour * 60 + minute) + DAY_MINUTES) % DAY_MINUTES;
  if (passed >= NIGHT_MINUTES) return null;
  return new Date(wall.getTime() - passed * 60_000).toISOString().slice(0, 10);
}
