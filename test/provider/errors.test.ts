import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { OaiErrorCode } from "../../src/oai/errors.ts";
import { writeToken } from "../../src/provider/token.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import {
  addSource,
  BASE_URL,
  DOMAIN,
  errorCodeOf,
  publish,
  SECRET,
  sampleProvider,
  sampleRecords,
  textsOf,
} from "./sample-feed.ts";

const STAMP = new Date("2024-05-06T07:08:09Z");
const KNOWN = `oai:${DOMAIN}:kho/kho.example.edu.vn:1`;
const LIST = "verb=ListRecords&metadataPrefix=oai_dc";
let database: TestDatabase;
let empty: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  empty = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  await publish(database.db, source, sampleRecords(source, 1, 3), STAMP);
});

afterAll(async () => {
  await database.close();
  await empty.close();
});

/** The conditions of OAI-PMH 2.0 §3.6: code, request, and what `request` repeats of it. */
const CASES: readonly [OaiErrorCode, string, string][] = [
  ["badVerb", "", ""],
  ["badVerb", "verb=junk", ""],
  ["badVerb", "verb=Identify&verb=Identify", ""],
  ["badArgument", "verb=Identify&foo=bar", ""],
  ["badArgument", "verb=GetRecord", ""],
  ["badArgument", "verb=GetRecord&metadataPrefix=oai_dc", ""],
  ["badArgument", `verb=GetRecord&identifier=${KNOWN}`, ""],
  ["badArgument", "verb=ListRecords", ""],
  ["badArgument", "verb=ListIdentifiers&set=inst:kho", ""],
  ["badArgument", `${LIST}&from=2024-02-30`, ""],
  ["badArgument", `${LIST}&resumptionToken=x`, ""],
  ["badResumptionToken", "verb=ListRecords&resumptionToken=junk", 'verb="ListRecords"'],
  ["badResumptionToken", "verb=ListIdentifiers&resumptionToken=", 'verb="ListIdentifiers"'],
  ["badResumptionToken", "verb=ListSets&resumptionToken=%22%3E%3Cx%26", 'verb="ListSets"'],
  ["cannotDisseminateFormat", "verb=ListRecords&metadataPrefix=mods", 'verb="ListRecords" metadataPrefix="mods"'],
  [
    "cannotDisseminateFormat",
    `verb=GetRecord&metadataPrefix=OAI_DC&identifier=${KNOWN}`,
    `verb="GetRecord" identifier="${KNOWN}" metadataPrefix="OAI_DC"`,
  ],
  [
    "idDoesNotExist",
    `verb=GetRecord&metadataPrefix=oai_dc&identifier=${KNOWN}0`,
    `verb="GetRecord" identifier="${KNOWN}0" metadataPrefix="oai_dc"`,
  ],
  [
    "idDoesNotExist",
    "verb=GetRecord&metadataPrefix=oai_dc&identifier=%22%3Cx%3E%26",
    'verb="GetRecord" metadataPrefix="oai_dc"',
  ],
  ["idDoesNotExist", "verb=ListMetadataFormats&identifier=%00", 'verb="ListMetadataFormats"'],
  ["idDoesNotExist", "verb=ListMetadataFormats&identifier=", 'verb="ListMetadataFormats"'],
  [
    "noRecordsMatch",
    `${LIST}&until=2024-05-06T07:08:08Z`,
    'verb="ListRecords" metadataPrefix="oai_dc" until="2024-05-06T07:08:08Z"',
  ],
  ["noRecordsMatch", `${LIST}&from=2024-05-07`, 'verb="ListRecords" metadataPrefix="oai_dc" from="2024-05-07"'],
  ["noRecordsMatch", `${LIST}&until=1980-01-01`, 'verb="ListRecords" metadataPrefix="oai_dc" until="1980-01-01"'],
  ["noRecordsMatch", `${LIST}&set=no:such:set`, 'verb="ListRecords" metadataPrefix="oai_dc" set="no:such:set"'],
];

test.each(CASES)("%s answers %j", async (code, query, echoed) => {
  const xml = await sampleProvider(database.db).answer(query);
  expect(errorCodeOf(xml)).toBe(code);
  expect(xml).toContain(`<request${echoed === "" ? "" : ` ${echoed}`}>${BASE_URL}</request>`);
  if (schemasPresent) expect(await schemaComplaints(xml)).toEqual([]);
});

describe("a token", () => {
  const token = {
    verb: "ListRecords",
    metadataPrefix: "oai_dc",
    set: null,
    from: null,
    until: null,
    horizon: STAMP,
    after: { stamp: STAMP, recordId: 1 },
    cursor: 1,
    completeListSize: 3,
  } as const;
  const answer = async (changes: Partial<{ metadataPrefix: string }>, issued: Date, secret = SECRET) => {
    const text = writeToken(secret, { ...token, ...changes }, issued);
    return errorCodeOf(await sampleProvider(database.db).answer(`verb=ListRecords&resumptionToken=${text}`));
  };

  test("of ours leads on, as long as it is valid", async () => {
    expect(await answer({}, new Date())).toBeNull();
    expect(await answer({}, new Date(Date.now() - 25 * 60 * 60 * 1000))).toBe("badResumptionToken");
  });

  test("that somebody else signed, or for a format that is gone, is bad", async () => {
    expect(await answer({}, new Date(), "another secret that is long enough")).toBe("badResumptionToken");
    expect(await answer({ metadataPrefix: "gone" }, new Date())).toBe("badResumptionToken");
  });
});

test("while there are no sets, ListSets says so", async () => {
  const xml = await sampleProvider(empty.db).answer("verb=ListSets");
  expect(xml).toContain('<error code="noSetHierarchy">');
  if (schemasPresent) expect(await schemaComplaints(xml)).toEqual([]);
});

test("an empty feed matches nothing, and begins when it is asked", async () => {
  const provider = sampleProvider(empty.db);
  expect(await provider.answer(LIST)).toContain('<error code="noRecordsMatch">');
  const identify = await provider.answer("verb=Identify");
  expect(textsOf(identify, "earliestDatestamp")).toEqual(textsOf(identify, "responseDate"));
});

test("a failure of the database is thrown, for the web server to answer", async () => {
  const closed = await createTestDatabase();
  await closed.close();
  await expect(sampleProvider(closed.db).answer("verb=Identify")).rejects.toThrow();
});
