import { describe, expect, test } from "vitest";
import { endOf, formatDatestamp, parseDatestamp, parseLenientDatestamp } from "../../src/oai/datestamp.ts";
import { linesOf } from "../support/lines.ts";

describe("parseDatestamp", () => {
  test.each(linesOf("syntax/datestamp_valid.txt"))("accepts %s and writes it back the same", (text) => {
    const datestamp = parseDatestamp(text);
    expect(datestamp && formatDatestamp(datestamp.instant, datestamp.granularity)).toBe(text);
  });

  test.each(linesOf("syntax/datestamp_invalid.txt"))("refuses %j", (text) => {
    expect(parseDatestamp(text)).toBeUndefined();
  });
});

describe("parseLenientDatestamp", () => {
  test.each([
    ["2024-05-01T10:00:00.123Z", "2024-05-01T10:00:00.000Z", "second"],
    ["2024-05-01T10:00:00+07:00", "2024-05-01T03:00:00.000Z", "second"],
    ["2024-05-01T10:00:00+0700", "2024-05-01T03:00:00.000Z", "second"],
    ["2024-05-01 10:00:00", "2024-05-01T10:00:00.000Z", "second"],
    ["2024-05-01T10:00Z", "2024-05-01T10:00:00.000Z", "second"],
    ["2024-05", "2024-05-01T00:00:00.000Z", "day"],
    ["2024", "2024-01-01T00:00:00.000Z", "day"],
    [" 2024-05-01 ", "2024-05-01T00:00:00.000Z", "day"],
  ])("reads %s as repositories mean it", (text, instant, granularity) => {
    const datestamp = parseLenientDatestamp(text);
    expect(datestamp?.instant.toISOString()).toBe(instant);
    expect(datestamp?.granularity).toBe(granularity);
  });

  test.each(["", "yesterday", "01/05/2024", "2024-13-01", "2024-05-01T99:00:00Z"])(
    "reads nothing out of %j",
    (text) => {
      expect(parseLenientDatestamp(text)).toBeUndefined();
    },
  );
});

test("a day covers all its seconds when it is the end of a range (OAI-PMH 2.0 §3.3.1)", () => {
  const day = parseDatestamp("2024-02-29");
  expect(day && endOf(day).toISOString()).toBe("2024-02-29T23:59:59.000Z");
});
