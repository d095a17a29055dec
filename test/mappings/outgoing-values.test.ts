import { describe, expect, test } from "vitest";
import { oaiDataciteOut } from "../../mappings/outgoing/oai_datacite/crosswalk.ts";
import { oaiOpenaireOut } from "../../mappings/outgoing/oai_openaire/crosswalk.ts";
import { plainDate } from "../../mappings/outgoing/plain-date.ts";
import { statedType } from "../../mappings/outgoing/record-text.ts";
import { webAddress } from "../../mappings/outgoing/web-address.ts";
import { readRows } from "../../mappings/tables.ts";
import type { OutgoingCrosswalk } from "../../src/crosswalk/outgoing.ts";
import { fromStored, type StoredRecord } from "../../src/record/common-record.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { published } from "./outgoing-support.ts";

// EDTF levels 0 and 1 (Library of Congress, 2019); OpenAIRE Guidelines v4, field 10: "a logical year that most represents that period"
test.each([
  ["2019", "2019"],
  ["2019-05", "2019-05"],
  ["2019-05-06", "2019-05-06"],
  ["2019-02-30", "2019-02"],
  ["2019-21", "2019"],
  ["2019-33", "2019"],
  ["1987?", "1987"],
  ["1987-05~", "1987-05"],
  ["198X", "1980"],
  ["19XX", "1900"],
  ["2001/2003", "2001"],
  ["2001/..", "2001"],
  ["-0050", null],
  ["", null],
])("the EDTF date %s is the plain date %s", (edtf, plain) => {
  expect(plainDate(edtf)).toBe(plain);
});

test.each([
  ["https://kho.edu.vn/1?a=1&b=2#x", "https://kho.edu.vn/1?a=1&b=2#x"],
  ["https://kho.edu.vn/luận văn.pdf", "https://kho.edu.vn/lu%E1%BA%ADn%20v%C4%83n.pdf"],
  ["https://kho.edu.vn/100%", undefined],
  ["http://192.168.1.5/1", undefined],
  ["http://user:password@kho.edu.vn/1", undefined],
  ["ftp://kho.edu.vn/1", undefined],
  ["kho.edu.vn", undefined],
  [null, undefined],
])("the address %s is published as %s", (text, address) => {
  expect(webAddress(text)).toBe(address);
});

test("a type that stands in a note or a title is no word of the source for it", () => {
  const type = { uri: "http://purl.org/coar/resource_type/c_bdcc", label: {}, general: "literature" } as const;
  const descriptions = [{ value: "Luận văn ThS", type: "thesisNote" }] as const;
  const stated = (raw: string) => statedType(fromStored({ resourceType: { ...type, raw }, descriptions }));
  expect([stated("Luận văn ThS"), stated("Luận văn"), stated("leader/06-07: tm")]).toEqual([null, "Luận văn", null]);
});

/** COAR Resource Types 1.1 (2016) as the schema of the OpenAIRE Guidelines v4 lists them. */
const COAR_1_1 = (
  "c_1162 c_0640 c_6501 c_b239 c_7a1f c_86bc c_2f33 c_3248 c_ba08 c_7ad9 c_e9a0 c_f744 c_c94f c_5794 c_6670 c_3e5a c_beb9" +
  " c_ddb1 c_db06 c_c513 c_8544 c_0857 c_bdcc c_8a7e c_2659 c_545b c_1843 c_15cd c_816b c_93fc c_ba1f c_baaf c_efa0 c_5ce6" +
  " c_ecc8 c_71bd c_393c c_8042 c_46ec c_12cc c_12cd c_12ce c_18cc c_18cd c_18cf c_18cp c_18co c_18cw c_18ww c_18wz c_18wq" +
  " c_186u c_18op c_18hj c_18ws c_18gh c_dcae04bc c_2df8fbb1"
).split(" ");

function written(format: OutgoingCrosswalk, record: StoredRecord): XmlElement {
  return parseXml(format.write(published(record)));
}

/** The texts of the elements of that name, with the attribute that tells what they are. */
function valuesOf(element: XmlElement, name: string, attribute: string): readonly string[] {
  const own = element.local === name ? [`${element.attribute(attribute)}: ${element.text}`] : [];
  return [...own, ...element.elements.flatMap((child) => valuesOf(child, name, attribute))];
}

describe("oai_openaire", () => {
  // OpenAIRE Guidelines v4, fields 7 and 10
  test("says when an embargo begins and ends, and when a work was published, each once", () => {
    const record: StoredRecord = {
      issued: { value: "198X", raw: "198-", precision: "decade" },
      embargoEnd: "2027-01-31",
      dates: [
        { type: "accepted", value: "2026-01-31", raw: "?" },
        { type: "available", value: "2020-01-01", raw: "?" },
        { type: "embargoEnd", value: "2027-01-31", raw: "?" },
      ],
      thesis: { defenceDate: "2025-12-01" },
    };
    expect(valuesOf(written(oaiOpenaireOut, record), "date", "dateType")).toEqual([
      "Issued: 1980",
      "Accepted: 2026-01-31",
      "Available: 2027-01-31",
    ]);
  });

  test("has Available for a work without an embargo too, but not Accepted", () => {
    const dates = [
      { type: "accepted", value: "2019-01-31", raw: "?" },
      { type: "available", value: "2020-01-01", raw: "?" },
    ] as const;
    expect(valuesOf(written(oaiOpenaireOut, { dates }), "date", "dateType")).toEqual(["Available: 2020-01-01"]);
  });

  // oaire-identifierType-v4.0.xsd: DOI URN PURL URL HANDLE ARK
  test.each([
    [{ value: "10.1/x", scheme: "DOI" }, "DOI: https://doi.org/10.1/x"],
    [{ value: "11172/1", scheme: "Handle" }, "HANDLE: https://hdl.handle.net/11172/1"],
    [{ value: "urn:nbn:vn-1", scheme: "URN" }, "URN: urn:nbn:vn-1"],
    [{ value: "oai:kho:1", scheme: "OAI" }, "URL: https://kho.edu.vn/1"],
    [{ value: "10.1", scheme: "DOI", invalid: true }, "URL: https://kho.edu.vn/1"],
  ] as const)("identifies a work of %j as %s", (identifier, expected) => {
    const element = written(oaiOpenaireOut, { identifier, landingPage: "https://kho.edu.vn/1" });
    expect(valuesOf(element, "identifier", "identifierType")).toEqual([expected]);
  });

  // oaire-resourceType-v4.xsd: COAR Resource Types 1.1
  test.each([
    ["c_46ec", "thesis", "c_46ec", "thesis"],
    ["c_2fe3", "newspaper", "c_2659", "periodical"],
    ["c_e059", "learning object", "c_1843", "other"],
    ["NHD0-W6SY", "survey data", "c_ddb1", "dataset"],
  ])("calls a work of the type %s (%s) %s (%s)", (id, label, expectedId, expectedLabel) => {
    const uri = (concept: string) => `http://purl.org/coar/resource_type/${concept}`;
    const resourceType = { uri: uri(id), label: { en: label }, general: "literature", raw: "x" } as const;
    const element = written(oaiOpenaireOut, { resourceType });
    expect(valuesOf(element, "resourceType", "uri")).toEqual([`${uri(expectedId)}: ${expectedLabel}`]);
  });

  test("knows the types of every concept of COAR that is served", () => {
    const allowed = new Set(COAR_1_1.map((id) => `http://purl.org/coar/resource_type/${id}`));
    const served = readRows("coar-resource-types").map(({ id = "" }) => {
      const uri = `http://purl.org/coar/resource_type/${id}`;
      const resourceType = { uri, label: {}, general: "other", raw: "x" } as const;
      return written(oaiOpenaireOut, { resourceType }).child("resourceType")?.attribute("uri") ?? "";
    });
    expect(served.length).toBeGreaterThan(100);
    expect(served.filter((uri) => !allowed.has(uri))).toEqual([]);
  });

  // DataCite contributorType, kernel 4.1
  test("names contributors by the list of the guidelines", () => {
    const roles = ["ths", "edt", "trl", "pdr", "rtm", "ill"];
    const contributors = roles.map((role) => ({ name: role, nameType: "personal" as const, role }));
    expect(valuesOf(written(oaiOpenaireOut, { contributors }), "contributor", "contributorType")).toEqual([
      "Supervisor: ths",
      "Editor: edt",
      "Other: trl",
      "ProjectLeader: pdr",
      "ProjectMember: rtm",
      "Other: ill",
    ]);
  });

  test("leaves out relations whose target or kind DataCite does not know, and awards of nobody", () => {
    const relations = [
      { type: "References", target: { value: "10.1/x", scheme: "DOI" } },
      { type: "References", target: { value: "https://kho.edu.vn/2" } },
      { type: "References", target: { value: "Sách" } },
      { type: "Resembles", target: { value: "10.1/x", scheme: "DOI" } },
      { type: "References", target: { value: "http://10.0.0.1/", scheme: "URL" } },
    ];
    const funding = [{ awardNumber: "1" }, { funderName: "NAFOSTED", funderId: "https://ror.org/02x3z7x03" }];
    const element = written(oaiOpenaireOut, { relations, funding });
    expect(valuesOf(element, "relatedIdentifier", "relatedIdentifierType")).toEqual([
      "DOI: 10.1/x",
      "URL: https://kho.edu.vn/2",
    ]);
    expect(valuesOf(element, "funderIdentifier", "funderIdentifierType")).toEqual(["ROR: https://ror.org/02x3z7x03"]);
    expect(element.child("fundingReferences")?.elements).toHaveLength(1);
  });
});

describe("oai_datacite", () => {
  const issued = { value: "2001/2003", raw: "2001-2003", precision: "interval" } as const;

  test("has one year, and the interval as RKMS-ISO8601 writes it", () => {
    const element = written(oaiDataciteOut, { issued });
    expect(element.child("publicationYear")?.text).toBe("2001");
    expect(valuesOf(element, "date", "dateType")).toEqual(["Issued: 2001/2003"]);
  });

  test("knows translators, which kernel 4.1 did not", () => {
    const contributors = [{ name: "A", nameType: "personal" as const, role: "trl" }];
    expect(valuesOf(written(oaiDataciteOut, { contributors }), "contributor", "contributorType")).toEqual([
      "Translator: A",
    ]);
  });

  // DataCite kernel 4.6, resourceTypeGeneral
  test.each([
    ["c_db06", "literature", "Dissertation"],
    ["c_6501", "literature", "JournalArticle"],
    ["c_2f33", "literature", "Book"],
    ["c_5794", "literature", "ConferencePaper"],
    ["c_ddb1", "dataset", "Dataset"],
    ["FF4C-28RK", "dataset", "Dataset"],
    ["c_5ce6", "software", "Software"],
    ["c_12ce", "other", "Audiovisual"],
    ["c_8544", "literature", "Text"],
    ["c_1843", "other", "Other"],
  ] as const)("the COAR type %s (%s) is %s", (id, general, expected) => {
    const resourceType = { uri: `http://purl.org/coar/resource_type/${id}`, label: {}, general, raw: "x" };
    expect(valuesOf(written(oaiDataciteOut, { resourceType }), "resourceType", "resourceTypeGeneral")).toEqual([
      `${expected}: x`,
    ]);
  });
});
