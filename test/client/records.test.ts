import { describe, expect, test } from "vitest";
import { metadataOf, readRecord } from "../../src/client/records.ts";

const NS = `xmlns="http://www.openarchives.org/OAI/2.0/"`;

describe("readRecord", () => {
  test("reads the header as sent", () => {
    const raw = `<record ${NS}><header><identifier>oai:x:1&amp;2</identifier><datestamp>2024-01-01</datestamp><setSpec>a</setSpec><setSpec>b:c</setSpec></header><metadata><x/></metadata></record>`;
    expect(readRecord(raw)).toEqual({
      raw,
      header: { identifier: "oai:x:1&2", datestamp: "2024-01-01", setSpecs: ["a", "b:c"], deleted: false },
    });
  });

  test("reads a header with a prefix of its own", () => {
    const raw = `<o:record xmlns:o="http://www.openarchives.org/OAI/2.0/"><o:header status="deleted"><o:identifier>i</o:identifier><o:datestamp>2024-01-01</o:datestamp></o:header></o:record>`;
    expect(readRecord(raw)).toMatchObject({ header: { identifier: "i", deleted: true } });
  });

  test("does not mind metadata that is not well-formed: that is found out when it is mapped", () => {
    const raw = `<record ${NS}><header><identifier>i</identifier><datestamp>d</datestamp></header><metadata><x>\u0008</x></metadata></record>`;
    expect(readRecord(raw)).toMatchObject({ header: { identifier: "i", datestamp: "d" } });
    expect(() => metadataOf(raw)).toThrow(/not well-formed/);
  });

  test.each([
    ["no header", `<record ${NS}><metadata/></record>`, /no <header>/],
    [
      "a header without identifier",
      `<record ${NS}><header><datestamp>2024</datestamp></header></record>`,
      /no <identifier>/,
    ],
    ["a blank identifier", `<record ${NS}><header><identifier>  </identifier></header></record>`, /no <identifier>/],
    ["a broken header", `<record ${NS}><header><identifier>&bad;</identifier></header></record>`, /not well-formed/],
  ])("says what is wrong with %s", (_, raw, reason) => {
    const record = readRecord(raw);
    expect("reason" in record && record.reason).toMatch(reason);
  });
});

test("metadataOf finds the one element inside <metadata>, or nothing", () => {
  expect(metadataOf(`<record ${NS}><header/><metadata>\n <d:dc xmlns:d="urn:d"/></metadata></record>`)?.namespace).toBe(
    "urn:d",
  );
  expect(metadataOf(`<record ${NS}><header status="deleted"/></record>`)).toBeNull();
});
