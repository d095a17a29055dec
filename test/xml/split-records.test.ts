import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { XmlError } from "../../src/xml/errors.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { RecordSplitter } from "../../src/xml/split-records.ts";

const SPLIT = { item: "record", parents: ["ListRecords", "GetRecord"] };

function split(document: string, pieces: readonly string[] = [document]) {
  const splitter = new RecordSplitter(SPLIT);
  const items = pieces.flatMap((piece) => splitter.push(piece));
  return { items, envelope: splitter.end() };
}

const PAGE = `<?xml version="1.0"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><!-- <record> in a comment -->
 <responseDate>2024-01-01T00:00:00Z</responseDate><ListRecords>
  <record><header><identifier>a</identifier></header><metadata><record xmlns="http://www.loc.gov/MARC21/slim"><leader>x > y</leader></record></metadata></record>
  <record><header status='deleted>'><identifier>b</identifier></header></record>
  <record><metadata><x a="/record>"><![CDATA[</record>]]></x><empty/></metadata></record>
  <resumptionToken>t</resumptionToken></ListRecords></OAI-PMH>`;

describe("RecordSplitter", () => {
  test("cuts out each record of the list, however deep another <record> lies inside", () => {
    const { items } = split(PAGE);
    expect(items).toHaveLength(3);
    expect(items.map((item) => parseXml(item).local)).toEqual(["record", "record", "record"]);
    expect(parseXml(items[0] ?? "").child("metadata")?.elements[0]?.namespace).toBe("http://www.loc.gov/MARC21/slim");
  });

  test("leaves the envelope with everything else, well-formed", () => {
    const root = parseXml(split(PAGE).envelope);
    expect(root.child("responseDate")?.text).toBe("2024-01-01T00:00:00Z");
    expect(root.child("ListRecords")?.elements.map((element) => element.local)).toEqual(["resumptionToken"]);
  });

  test("keeps the bytes of a record, adding only the declarations it needs", () => {
    const item = split(PAGE).items[1];
    expect(item).toBe(
      `<record xmlns="http://www.openarchives.org/OAI/2.0/"><header status='deleted>'><identifier>b</identifier></header></record>`,
    );
  });

  test("adds a prefix that an ancestor declares and the record uses", () => {
    const { items } = split(
      `<o:OAI-PMH xmlns:o="urn:o" xmlns:d="urn:d" xmlns:unused="urn:u"><o:ListRecords><o:record><d:x/></o:record></o:ListRecords></o:OAI-PMH>`,
    );
    expect(items[0]).toBe(`<o:record xmlns:o="urn:o" xmlns:d="urn:d"><d:x/></o:record>`);
    expect(parseXml(items[0] ?? "").elements[0]?.namespace).toBe("urn:d");
  });

  test("gives the same however the document is cut into pieces", () => {
    const whole = split(PAGE);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }), (sizes) => {
        const pieces: string[] = [];
        for (let at = 0, turn = 0; at < PAGE.length; turn += 1) {
          const size = sizes[turn % sizes.length] ?? 1;
          pieces.push(PAGE.slice(at, at + size));
          at += size;
        }
        expect(split(PAGE, pieces)).toEqual(whole);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ["inside a record", PAGE.slice(0, PAGE.indexOf("<identifier>b"))],
    ["inside the list", PAGE.slice(0, PAGE.indexOf("<resumptionToken>"))],
  ])("says that a document is cut off %s", (_, document) => {
    expect(() => split(document)).toThrow(/cut off/);
  });

  test("is not put out of step by a less-than sign in a record's prose", () => {
    const bad = "<record><title>p < 0,05 và <5%</title></record>";
    const { items } = split(`<OAI-PMH><ListRecords>${bad}<record><title>x</title></record></ListRecords></OAI-PMH>`);
    expect(items).toEqual([bad, "<record><title>x</title></record>"]);
  });

  test("is not put out of step by tags that are never closed, nor by records inside records", () => {
    const bad = "<record><description><p>Một<br>Hai</description></b></record>";
    const marc = "<record><metadata><record xmlns='m'><record/><records></records></record></metadata></record>";
    const { items } = split(`<OAI-PMH><ListRecords>${bad}${marc}<record>x</record></ListRecords></OAI-PMH>`);
    expect(items).toEqual([bad, marc, "<record>x</record>"]);
  });

  test("refuses a DOCTYPE", () => {
    expect(() => split(`<!DOCTYPE OAI-PMH [<!ENTITY a "b">]><OAI-PMH/>`)).toThrow(XmlError);
  });

  test("gives a long record back as it was sent, whatever it holds and wherever it is cut", () => {
    const long = `<record><!-- </record> -- ${"-".repeat(5_000)} --><x a='${"/record>".repeat(2_000)}'/><![CDATA[${"]]</record>".repeat(2_000)}]]><?x ${"?</record>".repeat(2_000)}?></record>`;
    const document = `<OAI-PMH><ListRecords>${long}<record>x</record></ListRecords></OAI-PMH>`;
    for (const size of [1, 7, 1_000, 16_384]) {
      const pieces = Array.from({ length: Math.ceil(document.length / size) }, (_, at) =>
        document.slice(at * size, (at + 1) * size),
      );
      const { items, envelope } = split(document, pieces);
      expect(items[0] === long).toBe(true);
      expect([items.length, items[1], envelope]).toEqual([
        2,
        "<record>x</record>",
        "<OAI-PMH><ListRecords></ListRecords></OAI-PMH>",
      ]);
    }
  });

  test("refuses a record that grows piece by piece", () => {
    const splitter = new RecordSplitter({ ...SPLIT, maxItemLength: 1_000 });
    splitter.push("<OAI-PMH><ListRecords><record>");
    splitter.push("x".repeat(600));
    expect(() => splitter.push("x".repeat(600))).toThrow(/longer than 1000/);
  });

  test.each([
    ["text", "x"],
    ["elements", "<p>x</p>"],
    ["a comment", "<!-- x"],
  ])("refuses %s without end outside of records, before it fills the memory", (_, junk) => {
    const splitter = new RecordSplitter(SPLIT);
    splitter.push("<OAI-PMH><ListRecords><record>x</record>");
    const piece = junk.repeat(1024 * 1024);
    let pieces = 0;
    expect(() => {
      for (; pieces < 64; pieces += 1) splitter.push(piece);
    }).toThrow(/outside of <record>/);
    expect(pieces * piece.length).toBeLessThanOrEqual(16 * 1024 * 1024);
  });

  test("refuses a tag without end", () => {
    const splitter = new RecordSplitter(SPLIT);
    splitter.push('<OAI-PMH><ListRecords><record a="');
    expect(() => splitter.push("x".repeat(1024 * 1024))).toThrow(/one tag is longer/);
  });

  test("finds the end of a tag that comes letter by letter, whatever its quotation marks hold", () => {
    const splitter = new RecordSplitter(SPLIT);
    const record = `<record a="it's > 1" b='"/>' c="">x</record>`;
    const items = [...`<OAI-PMH><ListRecords>${record}<record/></ListRecords></OAI-PMH>`].flatMap((letter) =>
      splitter.push(letter),
    );
    expect(items).toEqual([record]);
    expect(splitter.end()).toBe("<OAI-PMH><ListRecords><record/></ListRecords></OAI-PMH>");
  });

  test("refuses elements that go on and on inwards outside of records", () => {
    const splitter = new RecordSplitter(SPLIT);
    expect(() => splitter.push("<a>".repeat(1_000))).toThrow(/nested deeper than 200/);
  });

  test("refuses a record that never ends, before it fills the memory", () => {
    const splitter = new RecordSplitter({ ...SPLIT, maxItemLength: 1_000 });
    splitter.push("<OAI-PMH><ListRecords><record>");
    expect(() => splitter.push("x".repeat(2_000))).toThrow(/longer than 1000/);
  });
});
