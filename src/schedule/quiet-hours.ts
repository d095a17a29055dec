/** From and until in minutes since midnight, local time; `from` after `until`: over midnight. */
interface QuietRange {
  /** The days of the week on which it begins; Sunday is 0. */
  readonly days: ReadonlySet<number>;
  readonly from: number;
  readonly until: number;
}

/** A moment as the clock on the wall has it. */
interface LocalTime {
  readonly day: number;
  readonly minute: number;
}

const DAYS = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const FORM = /^(?:([A-Z][a-z]{2})(?:-([A-Z][a-z]{2}))? )?([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 24 * 60;

/**
 * Tells whether a text is a range of hours such as `08:00-17:00` or, over midnight, `22:00-05:30`, on all days or on those
 * before it: `Mon-Fri 08:00-17:00`, `Sun 00:00-12:00`. A night belongs to the day on which it begins.
 */
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
  return range !== null && isInside(range, localTime(timeZone, now));
}

/** When a repository may be asked again: `now` outside of its quiet hours, otherwise the minute in which they end. */
export function nextOpening(quietHours: string | null, timeZone: string, now: Date): Date {
  const range = parse(quietHours);
  if (range === null || !isInside(range, localTime(timeZone, now))) return now;
  return endOf(range, timeZone, now);
}

/**
 * Counted by the clock, quiet hours end at `until`; where clocks are put forward or back on the way, minutes are walked
 * from there to the real end.
 */
function endOf(range: QuietRange, timeZone: string, now: Date): Date {
  const start = Math.floor(now.getTime() / MINUTE_MS);
  const quietAt = (minute: number) => isInside(range, localTime(timeZone, new Date(minute * MINUTE_MS)));
  let minute = start + ((range.until - localTime(timeZone, now).minute + DAY_MINUTES) % DAY_MINUTES);
  while (quietAt(minute)) minute += 1;
  while (!quietAt(minute - 1)) minute -= 1;
  return new Date(minute * MINUTE_MS);
}

function isInside({ days, from, until }: QuietRange, { day, minute }: LocalTime): boolean {
  if (from < until) return days.has(day) && minute >= from && minute < until;
  const yesterday = (day + DAYS.length - 1) % DAYS.length;
  return (days.has(day) && minute >= from) || (days.has(yesterday) && minute < until);
}

/** A range that ends where it begins says nothing. */
function parse(text: string | null): QuietRange | null {
  const [, firstDay, lastDay = firstDay, ...clock] = FORM.exec(text ?? "") ?? [];
  const [fromHour, fromMinute, untilHour, untilMinute] = clock.map(Number);
  if (fromHour === undefined || fromMinute === undefined || untilHour === undefined || untilMinute === undefined)
    return null;
  const days = daysOf(firstDay, lastDay);
  const range = { from: fromHour * 60 + fromMinute, until: untilHour * 60 + untilMinute };
  return days === null || range.from === range.until ? null : { days, ...range };
}

/** The days from the first to the last, over the end of the week too; all where none is named. */
function daysOf(first: string | undefined, last: string | undefined): ReadonlySet<number> | null {
  if (first === undefined || last === undefined) return new Set(DAYS.keys());
  const [from, until] = [DAYS.indexOf(first), DAYS.indexOf(last)];
  if (from < 0 || until < 0) return null;
  const count = ((until - from + DAYS.length) % DAYS.length) + 1;
  return new Set(Array.from({ length: count }, (_, index) => (from + index) % DAYS.length));
}

/** Making a formatter costs a hundred times more than using it, and there are as many as time zones. */
const clocks = new Map<string, Intl.DateTimeFormat>();

function localTime(timeZone: string, date: Date): LocalTime {
  let clock = clocks.get(timeZone);
  if (clock === undefined) {
    const form = { weekday: "short", hour: "2-digit", minute: "2-digit", hourCycle: "h23" } as const;
    clock = new Intl.DateTimeFormat("en-GB", { timeZone, ...form });
    clocks.set(timeZone, clock);
  }
  const text = clock.format(date);
  const [hour = 0, minute = 0] = text.slice(-5).split(":").map(Number);
  return { day: DAYS.indexOf(text.slice(0, 3)), minute: hour * 60 + minute };
}
