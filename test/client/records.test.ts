import { describe, expect, test } from "vitest";
import { readMetadata, readRecord } from "../../src/client/records.ts";

const NS = `xmlns="http://www.openarchives.org/OAI/2.0/"`;

describe("readRecord", () => {
  test("reads the header as sent", () => {
    const raw = `<record ${NS}><header><identifier>oai:x:1&amp;2</identifier><datestamp>2024-01-01</datestamp><setSpec>a</setSpec><setSpec>b:c</setSpec></header><metadata><x/></metadata></record>`;
    expect(readRecord(raw)).toEqual({
      raw,
      header: { identifier: "oai:x:1&2", datestamp: "2024-01-01", setSpecs: ["a", "b:c"], deleted: false },
      repairs: [],
    });
  });

  test("reads a header with a prefix of its own", () => {
    const raw = `<o:record xmlns:o="http://www.openarchives.org/OAI/2.0/"><o:header status="deleted"><o:identifier>i</o:identifier><o:datestamp>2024-01-01</o:datestamp></o:header></o:record>`;
    expect(readRecord(raw)).toMatchObject({ header: { identifier: "i", deleted: true } });
  });

  test("does not mind metadata that is not well-formed: that is found out when it is mapped", () => {
    const raw = `<record ${NS}><header><identifier>i</identifier><datestamp>d</datestamp></header><metadata><x></y></metadata></record>`;
    expect(readRecord(raw)).toMatchObject({ header: { identifier: "i", datestamp: "d" } });
    expect(() => readMetadata(raw)).toThrow(/not well-formed/);
  });

  test("mends a header that is not well-formed, and says what it did", () => {
    const raw = `<record ${NS}><header><identifier>oai:x:R&D\u0001</identifier></header></record>`;
    expect(readRecord(raw)).toMatchObject({
      header: { identifier: "oai:x:R&D" },
      raw,
      repairs: ["forbidden-character", "bare-ampersand"],
    });
  });

  test("says as what it has read bytes that are no UTF-8", () => {
    const raw = `<record ${NS}><header><identifier>caf\udce9</identifier></header></record>`;
    expect(readRecord(raw)).toMatchObject({
      header: { identifier: "café" },
      raw: raw.replace("\udce9", "é"),
      repairs: ["bytes read as windows-1252"],
    });
  });

  test.each([
    ["no header", `<record ${NS}><metadata/></record>`, /no <header>/],
    [
      "a header without identifier",
      `<record ${NS}><header><datestamp>2024</datestamp></header></record>`,
      /no <identifier>/,
    ],
    ["a blank identifier", `<record ${NS}><header><identifier>  </identifier></header></record>`, /no <identifier>/],
    ["a broken header", `<record ${NS}><header><identifier></wrong></header></record>`, /not well-formed/],
  ])("says what is wrong with %s", (_, raw, reason) => {
    const record = readRecord(raw);
    expect("reason" in record && record.reason).toMatch(reason);
  });
});

describe("readMetadata", () => {
  test("finds the one element inside <metadata>, or nothing", () => {
    const metadata = '<metadata>\n <d:dc xmlns:d="urn:d"/></metadata>';
    expect(readMetadata(`<record ${NS}><header/>${metadata}</record>`).element?.namespace).toBe("urn:d");
    expect(readMetadata(`<record ${NS}><header status="deleted"/></record>`)).toEqual({
      element: null,
      repairs: [],
      origins: [],
    });
  });

  test("mends what can be mended, and says what it did", () => {
    const { element, repairs } = readMetadata(`<record ${NS}><metadata><dc:title>A & B</dc:title></metadata></record>`);
    expect(element).toMatchObject({ namespace: "http://purl.org/dc/elements/1.1/", text: "A & B" });
    expect(repairs).toEqual(["bare-ampersand", "undeclared-prefix"]);
  });
});
