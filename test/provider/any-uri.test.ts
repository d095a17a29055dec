import fc from "fast-check";
import { expect, test } from "vitest";
import { anyUri, publicAddress } from "../../src/provider/any-uri.ts";
import { writeEnvelope } from "../../src/provider/envelope.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";

test.each([
  "oai:kho.example.edu.vn:123456789/42",
  "https://kho.example.edu.vn:8443/oai/request?a=b&c=%C4%91#top",
  "http://[2001:db8::1]/oai",
  "urn:isbn:9786043150001",
  "10.1234/abc:1",
  "a-b_c~d.e",
  "",
])("the legal %s stays as it is", (text) => {
  expect(anyUri(text)).toBe(text);
});

test.each([
  ["oai:kho:một hai", "oai:kho:m%E1%BB%99t%20hai"],
  ["a|b[c]", "a%7Cb%5Bc%5D"],
  ["100%", "100%25"],
  ["%zz%41", "%25zz%41"],
  ["2024:1", "2024%3A1"],
  ["//a:b", "%2F%2Fa%3Ab"],
  ["a#b#c", "a%23b%23c"],
])("the illegal %s becomes %s", (text, expected) => {
  expect(anyUri(text)).toBe(expected);
});

/** libxml2 judges anyURI where the envelope has one: in `request`. */
test.skipIf(!schemasPresent)("whatever is written, the schema calls it an anyURI", async () => {
  const bits = fc.constantFrom(
    "http:",
    "oai:",
    "//",
    "/",
    ":",
    "?",
    "#",
    "[",
    "]",
    "%",
    "%41",
    "@",
    "1",
    "a",
    " ",
    "đ",
  );
  const texts = fc.oneof(
    fc.string({ unit: "grapheme" }),
    fc.array(bits).map((parts) => parts.join("")),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => {
      const xml = writeEnvelope({ responseDate: new Date(0), baseUrl: anyUri(text), echoed: [] }, [
        '<error code="badVerb"/>',
      ]);
      expect(await schemaComplaints(xml.toString())).toEqual([]);
    }),
    { numRuns: 500 },
  );
});

test("an address is shown without the name and password that it holds, and otherwise letter by letter", () => {
  expect(publicAddress("https://user:secret@kho.example.edu.vn/oai")).toBe("https://kho.example.edu.vn/oai");
  expect(publicAddress("https://kho.example.edu.vn")).toBe("https://kho.example.edu.vn");
  expect(publicAddress("no address")).toBe("no%20address");
});
