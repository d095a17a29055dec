import { describe, expect, test } from "vitest";
import { isQuiet, isQuietHours, nextOpening } from "../../src/schedule/quiet-hours.ts";

const VIETNAM = "Asia/Ho_Chi_Minh"; // UTC+7, never anything else
const BERLIN = "Europe/Berlin"; // 2026: UTC+1, from 29 March 01:00Z UTC+2, from 25 October 01:00Z UTC+1 again
const at = (text: string) => new Date(text);

describe("quiet hours of a working day", () => {
  test.each([
    ["2026-11-24T00:59:59Z", false, "07:59"],
    ["2026-11-24T01:00:00Z", true, "08:00"],
    ["2026-11-24T09:59:59Z", true, "16:59"],
    ["2026-11-24T10:00:00Z", false, "17:00"],
  ])("at %s (%s) it is %s in Vietnam", (now, quiet) => {
    expect(isQuiet("08:00-17:00", VIETNAM, at(now))).toBe(quiet);
  });

  test("end at their last minute on the same day", () => {
    expect(nextOpening("08:00-17:00", VIETNAM, at("2026-11-24T03:30:45Z"))).toEqual(at("2026-11-24T10:00:00Z"));
  });

  test("are told by the clock of their own zone", () => {
    expect(isQuiet("08:00-17:00", BERLIN, at("2026-11-24T01:00:00Z"))).toBe(false);
    expect(isQuiet("08:00-17:00", BERLIN, at("2026-11-24T07:00:00Z"))).toBe(true);
  });
});

describe("quiet hours over midnight", () => {
  test.each([
    ["2026-11-24T14:59:00Z", false, "21:59"],
    ["2026-11-24T15:00:00Z", true, "22:00"],
    ["2026-11-24T17:00:00Z", true, "00:00"],
    ["2026-11-24T22:29:00Z", true, "05:29"],
    ["2026-11-24T22:30:00Z", false, "05:30"],
  ])("at %s it is quiet: %s (%s in Vietnam)", (now, quiet) => {
    expect(isQuiet("22:00-05:30", VIETNAM, at(now))).toBe(quiet);
  });

  test("end on the next day, or on the same one after midnight", () => {
    expect(nextOpening("22:00-05:30", VIETNAM, at("2026-11-24T15:00:00Z"))).toEqual(at("2026-11-24T22:30:00Z"));
    expect(nextOpening("22:00-05:30", VIETNAM, at("2026-11-24T18:00:00Z"))).toEqual(at("2026-11-24T22:30:00Z"));
  });
});

describe("quiet hours of some days", () => {
  // 24 November 2026 is a Tuesday
  test.each([
    ["Mon-Fri 08:00-17:00", "2026-11-27T03:00:00Z", true, "Friday 10:00"],
    ["Mon-Fri 08:00-17:00", "2026-11-28T03:00:00Z", false, "Saturday 10:00"],
    ["Mon-Fri 08:00-17:00", "2026-11-29T03:00:00Z", false, "Sunday 10:00"],
    ["Mon-Fri 08:00-17:00", "2026-11-30T03:00:00Z", true, "Monday 10:00"],
    ["Mon-Fri 05:00-17:00", "2026-11-29T23:00:00Z", true, "Monday 06:00, in London still Sunday"],
    ["Sat-Mon 08:00-17:00", "2026-11-29T03:00:00Z", true, "Sunday 10:00"],
    ["Sat-Mon 08:00-17:00", "2026-11-24T03:00:00Z", false, "Tuesday 10:00"],
    ["Sun 00:00-12:00", "2026-11-29T03:00:00Z", true, "Sunday 10:00"],
    ["Sun 00:00-12:00", "2026-11-30T03:00:00Z", false, "Monday 10:00"],
    ["Fri 22:00-06:00", "2026-11-27T16:00:00Z", true, "Friday 23:00"],
    ["Fri 22:00-06:00", "2026-11-27T22:00:00Z", true, "Saturday 05:00, the night of Friday"],
    ["Fri 22:00-06:00", "2026-11-26T22:00:00Z", false, "Friday 05:00, the night of Thursday"],
    ["Fri 22:00-06:00", "2026-11-28T16:00:00Z", false, "Saturday 23:00"],
  ])("%s at %s: %s (%s in Vietnam)", (text, now, quiet) => {
    expect(isQuietHours(text)).toBe(true);
    expect(isQuiet(text, VIETNAM, at(now))).toBe(quiet);
  });

  test("end on the day after where they go over midnight", () => {
    expect(nextOpening("Fri 22:00-06:00", VIETNAM, at("2026-11-27T16:00:00Z"))).toEqual(at("2026-11-27T23:00:00Z"));
    expect(nextOpening("Mon-Fri 08:00-17:00", VIETNAM, at("2026-11-27T03:00:00Z"))).toEqual(at("2026-11-27T10:00:00Z"));
  });

  test.each(["Mon-Xyz 08:00-17:00", "mon-fri 08:00-17:00", "Mon-Fri", "Mon,Tue 08:00-17:00", "Mon-Fri 08:00-08:00"])(
    "%s is no range",
    (text) => expect(isQuietHours(text)).toBe(false),
  );
});

describe("where clocks are changed", () => {
  test("a night that loses an hour is over an hour sooner", () => {
    // 22:00 on 28 March to 06:00 on 29 March: 21:00Z to 04:00Z instead of 05:00Z
    expect(nextOpening("22:00-06:00", BERLIN, at("2026-03-28T22:00:00Z"))).toEqual(at("2026-03-29T04:00:00Z"));
  });

  test("a night that gains an hour is over an hour later", () => {
    expect(nextOpening("22:00-06:00", BERLIN, at("2026-10-24T22:00:00Z"))).toEqual(at("2026-10-25T05:00:00Z"));
  });

  test("an end that is left out by the clock comes with the moment that follows it", () => {
    // 02:30 does not exist on 29 March: at 01:00Z it is 03:00
    expect(nextOpening("01:00-02:30", BERLIN, at("2026-03-29T00:15:00Z"))).toEqual(at("2026-03-29T01:00:00Z"));
  });
});

test("outside of its quiet hours a repository may be asked now", () => {
  const evening = at("2026-11-24T12:34:56Z");
  expect(nextOpening("08:00-17:00", VIETNAM, evening)).toBe(evening);
});

test.each([[null], [""], ["office hours"], ["08:00-08:00"], ["8:00-17:00"], ["08:00-24:00"], ["08:60-17:00"]])(
  "%j is no range: a repository that has it may always be asked",
  (text) => {
    const now = at("2026-11-24T03:00:00Z");
    expect(isQuietHours(text ?? "")).toBe(false);
    expect(isQuiet(text, VIETNAM, now)).toBe(false);
    expect(nextOpening(text, VIETNAM, now)).toBe(now);
  },
);

test("ranges are read with two digits each, over midnight too", () => {
  for (const text of ["08:00-17:00", "22:30-05:15", "00:00-23:59"]) expect(isQuietHours(text), text).toBe(true);
});

test.each(["19:15-07:45", "Sat-Sun 19:15-07:45"])(
  "from any minute of a year, %s end in the first minute that is not quiet",
  (text) => {
    const start = at("2026-01-01T00:00:00Z").getTime();
    // 997 minutes: every hour of the day and every season comes up
    for (let minute = 0; minute < 365 * 24 * 60; minute += 997) {
      const now = new Date(start + minute * 60_000);
      const opening = nextOpening(text, BERLIN, now);
      expect(isQuiet(text, BERLIN, opening)).toBe(false);
      if (opening > now) expect(isQuiet(text, BERLIN, new Date(opening.getTime() - 60_000))).toBe(true);
    }
  },
);
