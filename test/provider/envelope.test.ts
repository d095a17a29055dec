import { expect, test } from "vitest";
import { OaiError } from "../../src/oai/errors.ts";
import { errorElement, openEnvelope, writeEnvelope } from "../../src/provider/envelope.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";

const NASTY = `"><script>&'\u0000\ud800\ufffe`;
const xml = writeEnvelope(
  {
    responseDate: new Date("2024-05-06T07:08:09.999Z"),
    baseUrl: "https://feed.example.vn/oai?a=1&b=2",
    echoed: [
      ["verb", "ListRecords"],
      ["resumptionToken", NASTY],
    ],
  },
  [errorElement(new OaiError("badArgument", NASTY))],
).toString();

test("the answer says when, to the second in UTC, and who was asked for what", () => {
  expect(xml).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n(<\?xml-stylesheet [^?]*\?>\n){2}<OAI-PMH /);
  expect(xml).toContain("<responseDate>2024-05-06T07:08:09Z</responseDate>");
  expect(xml).toContain(">https://feed.example.vn/oai?a=1&amp;b=2</request>");
  expect(xml).toContain('<request verb="ListRecords" resumptionToken="');
});

test("in a file it names no stylesheet: there is none beside it", () => {
  const opening = openEnvelope({ responseDate: new Date(0), baseUrl: "https://feed.example.vn/oai", echoed: [] });
  expect(opening).toMatch(/^<\?xml version="1.0" encoding="UTF-8"\?>\n<OAI-PMH /);
});

test("nothing that was sent comes back as markup or as a character that XML forbids", () => {
  expect(xml).not.toContain("<script>");
  for (const forbidden of ["\u0000", "\ud800", "\ufffe"]) expect(xml).not.toContain(forbidden);
});

test.skipIf(!schemasPresent)("it is valid even then", async () => {
  expect(await schemaComplaints(xml)).toEqual([]);
});
