import { expect, test } from "vitest";
import { fromOfCursor } from "../../src/client/window.ts";

test.each([
  ["2026-01-10T12:00:00Z", "second", "2026-01-10T11:57:59Z"],
  ["2026-01-10T12:00:00Z", "day", "2026-01-09"],
  ["2026-01-10T00:01:00Z", "day", "2026-01-08"],
  ["2026-01-10T12:00:00.5+07:00", "second", "2026-01-10T04:57:59Z"],
] as const)(
  "after a run that began at %s, a repository that counts in %ss is asked from %s",
  (cursor, granularity, from) => {
    expect(fromOfCursor(cursor, granularity)).toBe(from);
  },
);

test("without a cursor that can be read everything is asked for", () => {
  expect(fromOfCursor(null, "second")).toBeNull();
  expect(fromOfCursor("sometime", "second")).toBeNull();
});
