import { expect, test } from "vitest";
import { oaiDcOut } from "../../mappings/outgoing/oai_dc/crosswalk.ts";
import type { StoredRecord } from "../../src/record/common-record.ts";
import { ACCESS_RIGHTS } from "../../src/record/vocabulary.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { published } from "./outgoing-support.ts";

/** The texts of one element, in order. */
function textsOf(element: string, record: StoredRecord): string[] {
  return parseXml(oaiDcOut.write(published(record)))
    .childrenNamed(element)
    .map(({ text }) => text);
}

const coarType = (id: string): StoredRecord => ({
  resourceType: { uri: `http://purl.org/coar/resource_type/${id}`, label: {}, general: "other", raw: "?" },
});

// OpenAIRE Guidelines for Literature Repositories v3, "Publication Type"
test.each([
  ["c_7a1f", "bachelorThesis"],
  ["c_bdcc", "masterThesis"],
  ["c_db06", "doctoralThesis"],
  ["c_46ec", "studentThesis"],
  ["c_6501", "article"],
  ["c_2df8fbb1", "article"],
  ["c_2f33", "book"],
  ["c_3248", "bookPart"],
  ["c_ba08", "review"],
  ["c_5794", "conferenceObject"],
  ["c_f744", "conferenceObject"],
  ["c_8544", "lecture"],
  ["c_8042", "workingPaper"],
  ["c_816b", "preprint"],
  ["c_18ws", "report"],
  ["c_15cd", "patent"],
  ["c_12ce", "other"],
])("the COAR type %s is %s", (id, term) => {
  expect(textsOf("type", coarType(id))[0]).toBe(`info:eu-repo/semantics/${term}`);
});

test("a type that is no COAR URI is other", () => {
  const resourceType = { uri: "https://example.org/c_2f33", label: {}, general: "other", raw: "?" } as const;
  expect(textsOf("type", { resourceType })).toEqual(["info:eu-repo/semantics/other", "?"]);
});

// OpenAIRE Guidelines v3, "Access Level"
test.each([
  ["open access", "openAccess"],
  ["embargoed access", "embargoedAccess"],
  ["restricted access", "restrictedAccess"],
  ["metadata only access", "closedAccess"],
])("%s is %s, beside the text", (label, term) => {
  const uri = Object.entries(ACCESS_RIGHTS).find(([, text]) => text === label)?.[0] ?? "";
  expect(textsOf("rights", { accessRights: { uri, label } })).toEqual([`info:eu-repo/semantics/${term}`, label]);
});

test.each([
  ["c_71e4c1898caa6e32", "submittedVersion"],
  ["c_ab4af688f83e57aa", "acceptedVersion"],
  ["c_970fb48d4fbd8a85", "publishedVersion"],
])("the COAR version %s is %s", (id, term) => {
  const version = { uri: `http://purl.org/coar/version/${id}`, label: "?" };
  expect(textsOf("type", { version })).toEqual([`info:eu-repo/semantics/${term}`]);
});

test("the institution that grants the degree is a contributor unless it is the publisher", () => {
  const thesis = { grantor: { name: "Đại học Huế" } };
  expect(textsOf("contributor", { thesis })).toEqual(["Đại học Huế"]);
  expect(textsOf("contributor", { thesis, publishers: [{ name: "Đại học Huế" }] })).toEqual([]);
});

test("the end of an embargo is said however the record has it", () => {
  const expected = ["info:eu-repo/date/embargoEnd/2027-01-31"];
  expect(textsOf("date", { embargoEnd: "2027-01-31" })).toEqual(expected);
  expect(textsOf("date", { dates: [{ type: "embargoEnd", value: "2027-01-31", raw: "?" }] })).toEqual(expected);
  expect(textsOf("date", { dates: [{ type: "available", value: "2027-01-31", raw: "?" }] })).toEqual([]);
});

test("a record always has an identifier, and a private address is none", () => {
  const private1 = { value: "http://thuvien.local/1", scheme: "URL" } as const;
  expect(textsOf("identifier", {})).toEqual(["oai:kho.edu.vn:1"]);
  expect(textsOf("identifier", { identifier: private1, landingPage: "http://10.1.1.1/2" })).toEqual([
    "oai:kho.edu.vn:1",
  ]);
});

test("the place in the host says what is known, the year only beside volume or issue", () => {
  const issued = { value: "2020", raw: "2020", precision: "year" } as const;
  expect(textsOf("source", { issued, host: { title: "Tạp chí", startPage: "5" } })).toEqual(["Tạp chí, tr. 5"]);
  expect(textsOf("source", { issued, host: { issue: "3" } })).toEqual(["số 3 (2020)"]);
  expect(textsOf("source", { host: { title: "Tạp chí", volume: "7" } })).toEqual(["Tạp chí, Tập 7"]);
});

test("nothing is said twice within an element", () => {
  expect(textsOf("subject", { subjects: ["a", "b", "a"].map((value) => ({ value, scheme: "keyword" })) })).toEqual([
    "a",
    "b",
  ]);
});

test("the main title stands first with its subtitle, whatever the order in the record", () => {
  const titles = [
    { value: "Hai", type: "alternative" },
    { value: "phụ", type: "subtitle" },
    { value: "Một", type: "main" },
  ] as const;
  expect(textsOf("title", { titles })).toEqual(["Một : phụ", "Hai"]);
});

test.each([
  ["vie", "vi"],
  ["eng", "en"],
  ["cjm", "cjm"],
  ["Tiếng Việt", null],
])("the language %s is xml:lang %s", (lang, written) => {
  const title = parseXml(oaiDcOut.write(published({ titles: [{ value: "x", type: "main", lang }] }))).child("title");
  expect(title?.attribute("lang")).toBe(written);
});

test("elements stand in the order of oai_dc.xsd", () => {
  const record: StoredRecord = {
    rightsNotes: ["r"],
    languages: ["vie"],
    titles: [{ value: "t", type: "main" }],
    publishers: [{ name: "p" }],
    creators: [{ name: "c", nameType: "unknown" }],
  };
  const names = parseXml(oaiDcOut.write(published(record))).elements.map(({ local }) => local);
  expect(names).toEqual(["title", "creator", "publisher", "identifier", "language", "rights"]);
});
