import { expect, test } from "vitest";
import type { OaiErrorCode } from "../../src/oai/errors.ts";
import { OaiError } from "../../src/oai/errors.ts";
import { echoedArguments, isIdentifier, readRequest } from "../../src/provider/arguments.ts";

function codeOf(query: string): OaiErrorCode | null {
  try {
    readRequest(query);
    return null;
  } catch (error) {
    if (error instanceof OaiError) return error.code;
    throw error;
  }
}

test.each([
  "verb=Identify",
  "verb=ListMetadataFormats",
  "verb=ListMetadataFormats&identifier=oai:a.vn:x/1",
  "verb=ListSets",
  "verb=ListSets&resumptionToken=x",
  "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&until=2024-01-01&set=inst:kho",
  "metadataPrefix=oai_dc&verb=ListIdentifiers",
  "verb=ListRecords&resumptionToken=x",
  "verb=GetRecord&identifier=oai:a.vn:x/1&metadataPrefix=oai_dc",
  "verb=Identify&",
  "&&verb=Identify",
])("%s is well-formed", (query) => {
  expect(codeOf(query)).toBeNull();
});

test.each<[OaiErrorCode, string]>([
  ["badVerb", ""],
  ["badVerb", "verb="],
  ["badVerb", "verb"],
  ["badVerb", "verb=identify"],
  ["badVerb", "verb=Identify+"],
  ["badVerb", "Verb=Identify"],
  ["badVerb", "verb=Identify&verb=Identify"],
  ["badVerb", "verb=ListSets&verb=Identify"],
  ["badVerb", "verb=%00"],
  ["badVerb", "verb=nonsense&metadataPrefix=<"],
  ["badArgument", "verb=Identify&foo=bar"],
  ["badArgument", "verb=Identify&=x"],
  ["badArgument", "verb=Identify&identifier=oai:a.vn:x"],
  ["badArgument", "verb=ListMetadataFormats&metadataPrefix=oai_dc"],
  ["badArgument", "verb=ListSets&set=inst:kho"],
  ["badArgument", "verb=GetRecord&identifier=oai:a.vn:x&metadataPrefix=oai_dc&from=2024-01-01"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc"],
  ["badArgument", "verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc"],
  ["badArgument", "verb=ListRecords&resumptionToken=x&resumptionToken=x"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai dc"],
  ["badArgument", "verb=ListRecords&metadataPrefix="],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&set="],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&set=inst:"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&set=%C4%91"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from="],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2002-02-30"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2024"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00Z"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:00.000Z"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:00%2B07:00"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T24:00:00Z"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&until=0000-01-01"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&until=%ZZ"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01&until=2024-01-02T00:00:00Z"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-02&until=2024-01-01"],
  ["badArgument", "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:01Z&until=2024-01-01T00:00:00Z"],
])("%s: %s", (code, query) => {
  expect(codeOf(query)).toBe(code);
});

test("plus signs are spaces, percent signs escape UTF-8, as forms are encoded", () => {
  const { given } = readRequest("verb=GetRecord&identifier=a+b%2Bc%C4%91");
  expect(given.get("identifier")).toBe("a b+cđ");
});

test("bytes that are no UTF-8, lone surrogates and NUL are read and do no harm", () => {
  const { given } = readRequest("verb=GetRecord&identifier=%FF\ud800%00");
  expect(given.get("identifier")).toBe("\ufffd\ufffd\u0000");
});

test.each([
  ["oai:lienthong.vn:kho/kho.example.edu.vn:123456789/42", true],
  ["oai:lienthong.vn:kho/~a%20b%C4%91", true],
  ["oai:lienthong.vn:kho/it's(1);?x=@&+$,", true],
  ["oai:lienthong.vn:", false],
  ["oai:lienthong:kho/1", false],
  ["oai:lienthong.vn:a b", false],
  ["oai:lienthong.vn:đ", false],
  ["oai:lienthong.vn:a%2", false],
  ["oai:lienthong.vn:a\u0000", false],
  ["OAI:lienthong.vn:a", false],
  ["https://lienthong.vn/1", false],
  ["", false],
])("identifier %j has the form of ours: %s", (identifier, expected) => {
  expect(isIdentifier(identifier)).toBe(expected);
});

const LIST = "verb=ListRecords&until=2024-01-02&from=2024-01-01&set=inst:kho&metadataPrefix=oai_dc";

test.each<[OaiErrorCode | null, string, readonly [string, string][]]>([
  ["badVerb", LIST, []],
  ["badArgument", LIST, []],
  [
    "noRecordsMatch",
    LIST,
    [
      ["verb", "ListRecords"],
      ["metadataPrefix", "oai_dc"],
      ["from", "2024-01-01"],
      ["until", "2024-01-02"],
      ["set", "inst:kho"],
    ],
  ],
  ["badResumptionToken", "verb=ListSets&resumptionToken=x", [["verb", "ListSets"]]],
  [
    null,
    "verb=ListSets&resumptionToken=x",
    [
      ["verb", "ListSets"],
      ["resumptionToken", "x"],
    ],
  ],
  ["idDoesNotExist", "verb=ListMetadataFormats&identifier=%3Cx", [["verb", "ListMetadataFormats"]]],
  [
    "idDoesNotExist",
    "verb=ListMetadataFormats&identifier=oai:a.vn:1",
    [
      ["verb", "ListMetadataFormats"],
      ["identifier", "oai:a.vn:1"],
    ],
  ],
])("with %s, of %s is repeated %j", (code, query, expected) => {
  expect(echoedArguments(readRequest(query), code)).toEqual(expected);
});
