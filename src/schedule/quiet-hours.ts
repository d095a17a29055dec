/** From and until in minutes since midnight, local time; `from` after `until`: over midnight. */
interface QuietRange {
  readonly from: number;
  readonly until: number;
}

const FORM = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/** Tells whether a text is a range of hours such as `08:00-17:00` or, over midnight, `22:00-05:30`. */
export function isQuietHours(text: string): boolean {
  return parse(text) !== null;
}

/**
 * Tells whether a repository is not to be asked at `now`: from the first minute of its quiet hours to the one before the
 * last, by the clock of its time zone. `null` and what is no range: it may always be asked. Throws `RangeError` for a
 * time zone that does not exist.
 */
export function isQuiet(quietHours: string | null, timeZone: string, now: Date): boolean {
  const range = parse(quietHours);
  return range !== null && isInside(range, localMinute(timeZone, now));
}

/** When a repository may be asked again: `now` outside of its quiet hours, otherwise the minute in which they end. */
export function nextOpening(quietHours: string | null, timeZone: string, now: Date): Date {
  const range = parse(quietHours);
  if (range === null || !isInside(range, localMinute(timeZone, now))) return now;
  return endOf(range, timeZone, now);
}

/**
 * Counted by the clock, quiet hours end at `until`; where clocks are put forward or back on the way, minutes are walked
 * from there to the real end.
 */
function endOf(range: QuietRange, timeZone: string, now: Date): Date {
  const start = Math.floor(now.getTime() / MINUTE_MS);
  const quietAt = (minute: number) => isInside(range, localMinute(timeZone, new Date(minute * MINUTE_MS)));
  let minute = start + ((range.until - localMinute(timeZone, now) + DAY_MINUTES) % DAY_MINUTES);
  while (quietAt(minute)) minute += 1;
  while (!quietAt(minute - 1)) minute -= 1;
  return new Date(minute * MINUTE_MS);
}

function isInside({ from, until }: QuietRange, minute: number): boolean {
  return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}

/** A range that ends where it begins says nothing. */
function parse(text: string | null): QuietRange | null {
  const parts = FORM.exec(text ?? "")
    ?.slice(1)
    .map(Number);
  if (parts === undefined) return null;
  const [fromHour = 0, fromMinute = 0, untilHour = 0, untilMinute = 0] = parts;
  const range = { from: fromHour * 60 + fromMinute, until: untilHour * 60 + untilMinute };
  return range.from === range.until ? null : range;
}

/** Making a formatter costs a hundred times more than using it, and there are as many as time zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function localMinute(timeZone: string, date: Date): number {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    clock = new Intl.DateTimeFormat("en-GB", { timeZone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    clocks.set(timeZone, clock);
  }
  const [hour = 0, minute = 0] = clock.format(date).split(":").map(Number);
  return hour * 60 + minute;
}
