import fc from "fast-check";
import { expect, test } from "vitest";
import { readPlainHeader } from "../../src/client/plain-header.ts";
import { headerOf } from "../../src/client/records.ts";
import { parseXml } from "../../src/xml/parse.ts";

const OAI = 'xmlns="http://www.openarchives.org/OAI/2.0/"';
const XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"';

/** What the parser makes of the same header. */
function parsed(recordTag: string, header: string) {
  const element = parseXml(`${recordTag}${header}</record>`).child("header");
  return element === null ? null : headerOf(element);
}

test.each([
  ["<record>", "<header><identifier>oai:kho:1</identifier><datestamp>2020-01-01</datestamp></header>"],
  [`<record ${OAI}>`, "<header><identifier> a </identifier><datestamp/></header>"],
  [
    `<record ${OAI} ${XSI}>`,
    '<header status="deleted">\n <identifier>oai:kho:1</identifier>\n <datestamp>2020-01-01T00:00:00Z</datestamp>\n' +
      " <setSpec>com_1</setSpec>\n <setSpec> col_2 </setSpec></header>",
  ],
])("a header is read as the parser reads it: %s %s", (recordTag, header) => {
  const read = readPlainHeader(recordTag, header);
  if (read !== null) expect(read).toEqual(parsed(recordTag, header));
});

test.each([
  ["an entity", "<header><identifier>a&amp;b</identifier><datestamp>2020</datestamp></header>"],
  ["a comment", "<header><!-- x --><identifier>a</identifier><datestamp>2020</datestamp></header>"],
  ["a CDATA section", "<header><identifier><![CDATA[a]]></identifier><datestamp>2020</datestamp></header>"],
  ["another status", '<header status="Deleted "><identifier>a</identifier><datestamp>2020</datestamp></header>'],
  ["another order", "<header><datestamp>2020</datestamp><identifier>a</identifier></header>"],
  ["a prefix", "<o:header><o:identifier>a</o:identifier><o:datestamp>2020</o:datestamp></o:header>"],
  ["a forbidden character", "<header><identifier>a\u0001</identifier><datestamp>2020</datestamp></header>"],
  ["half a character", "<header><identifier>a\udc80</identifier><datestamp>2020</datestamp></header>"],
  ["what ends a CDATA section", "<header><identifier>a]]></identifier><datestamp>2020</datestamp></header>"],
  ["a line end of Windows", "<header><identifier>a\r\nb</identifier><datestamp>2020</datestamp></header>"],
])("a header with %s is left to the parser", (_, header) => {
  expect(readPlainHeader("<record>", header)).toBeNull();
});

test("a record whose tag is out of the ordinary is left to the parser", () => {
  const header = "<header><identifier>a</identifier><datestamp>2020</datestamp></header>";
  for (const tag of ['<record xmlns="urn:x">', "<o:record>", '<record id="1" id="2">', '<record xmlns:xsi="">'])
    expect(readPlainHeader(tag, header)).toBeNull();
});

test("whatever stands in a header, it is read as the parser reads it, or left to it", () => {
  const ordinary = fc.constantFrom(
    "oai:kho:1",
    "2020-01-01",
    "com_1 ",
    "Truyện Kiều",
    "\u00a0a\u2028",
    "\u0085",
    "\ufeff",
    "",
  );
  const odd = fc.oneof(fc.string({ unit: "binary" }), fc.constantFrom("&amp;", "]]>", "<x/>", " \n"));
  const value = fc.oneof({ weight: 9, arbitrary: ordinary }, { weight: 1, arbitrary: odd });
  const white = fc.constantFrom("", " ", "\n  ", "\t");
  const header = fc
    .record({
      identifier: value,
      datestamp: value,
      sets: fc.array(value, { maxLength: 3 }),
      white,
      deleted: fc.boolean(),
    })
    .map(
      ({ identifier, datestamp, sets, white: space, deleted }) =>
        `<header${deleted ? ' status="deleted"' : ""}>${space}<identifier>${identifier}</identifier>${space}` +
        `<datestamp>${datestamp}</datestamp>${space}` +
        `${sets.map((set) => `<setSpec>${set}</setSpec>${space}`).join("")}</header>`,
    );
  let read = 0;
  fc.assert(
    fc.property(header, (text) => {
      const plain = readPlainHeader(`<record ${OAI}>`, text);
      if (plain === null) return;
      read += 1;
      expect(plain).toEqual(parsed(`<record ${OAI}>`, text));
    }),
    { numRuns: 1_000 },
  );
  expect(read).toBeGreaterThan(200);
});
