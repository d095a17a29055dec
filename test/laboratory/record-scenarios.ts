import {
  datestamp,
  deletedWithMetadata,
  identifier,
  inner,
  inTitle,
  record,
  repeated,
  soundInner,
  withoutMetadata,
} from "./record-faults.ts";
import { ALL, mendedOrRejected, rejected, type Scenario } from "./scenario.ts";
import { identifierAt } from "./truth.ts";

/** The record that has it, in the middle of the third page. */
const AT = 47;
const HALF = "Quản lý đất";

/** Titles that break the document, and what must be read of them. */
const TITLES: readonly (readonly [name: string, text: string, read: string | null])[] = [
  ["a backspace", `${HALF}\b đai`, `${HALF} đai`],
  ["a vertical tab", `${HALF}\u000bđai`, `${HALF} đai`],
  ["a form feed", `${HALF}\u000cđai`, `${HALF} đai`],
  ["a NUL", `${HALF}\0 đai`, null],
  ["a noncharacter", `${HALF}\uffff đai`, `${HALF} đai`],
  ["a reference to U+0003", `${HALF}&#x3; đai`, `${HALF} đai`],
  ["a reference to U+0000", `${HALF}&#0; đai`, `${HALF} đai`],
  ["a reference to U+FFFE", `${HALF}&#xfffe; đai`, `${HALF} đai`],
  ["a reference to half a character", `${HALF}&#55349; đai`, `${HALF} đai`],
  ["half a character in UTF-8", `${HALF}\udced\udca0\udcb5 đai`, null],
  ["a byte of windows-1252", "Universit\udce9 de Hu\udce9", "Université de Hué"],
  ["bytes of windows-1258", "Ti\udcea\udcecng Vi\udcea\udcf2t", "Tiếng Việt"],
  ["a character that is cut", `${HALF} \udce1\udcbb đai`, null],
  ["an undeclared entity", "Caf&eacute; &amp; tr&agrave;", "Café & trà"],
  ["a bare ampersand", "Lê & Trần", "Lê & Trần"],
  ["a bare less-than sign", "p < 0,05", "p < 0,05"],
  ["an entity without its end", "AT&T &lt", null],
  ["a CDATA section", "<![CDATA[Lê & <b>Trần</b>]]>", null],
  ["the end of the document", "&lt;/OAI-PMH&gt; <![CDATA[</record></OAI-PMH>]]>", null],
];

/** Datestamps that are none. */
const DATESTAMPS = {
  "fractional seconds": "2017-11-09T12:50:22.485Z",
  "local time": "2015-01-12T13:39:50",
  "an offset": "2015-01-12T13:39:50+07:00",
  "days in a repository of seconds": "2015-01-12",
  "a year": "2015",
  "no separators": "20210311",
  "a line break": "2017-01\n-17T00:26:07Z",
  "a day that does not exist": "2015-02-30T00:00:00Z",
  words: "hôm qua",
};

const IDENTIFIERS: readonly (readonly [name: string, identifier: string, written?: string])[] = [
  ["blanks", "oai:kho.example.edu.vn:luận văn số 1"],
  ["a line break", "oai:kho.example.edu.vn:a\nb"],
  ["signs of XML", 'oai:kho.example.edu.vn:a&b<c>"d', 'oai:kho.example.edu.vn:a&amp;b&lt;c>"d'],
  ["letters beyond ASCII", "oai:kho.example.edu.vn:đề-tài/Ữ/日本/\u{1f4da}"],
  ["2,000 characters", `oai:kho.example.edu.vn:${"x".repeat(1_977)}`],
  ["localhost", "oai:localhost:DHTL/623"],
  ["no scheme", "KN3171000000000945"],
  ["percent signs", "oai:kho.example.edu.vn:a%2Fb%zz"],
  ["another case", identifierAt(AT + 1).toUpperCase()],
  ["decomposed letters", "oai:kho.example.edu.vn:e\u0302\u0301"],
];

const titles: readonly Scenario[] = TITLES.map(([name, text, read]) => ({
  name: `title with ${name}`,
  framed: name.includes("byte"),
  faults: () => [inTitle(AT, text, read)],
  expected: ALL,
}));

const datestamps: readonly Scenario[] = Object.entries(DATESTAMPS).map(([name, text]) => ({
  name: `datestamp with ${name}`,
  faults: () => [datestamp(AT, text)],
  expected: ALL,
}));

const identifiers: readonly Scenario[] = IDENTIFIERS.map(([name, text, written]) => ({
  name: `identifier with ${name}`,
  faults: () => [identifier(AT, text, written)],
  expected: ALL,
}));

/** What may be wrong with single records. */
export const recordScenarios: readonly Scenario[] = [
  ...titles,
  ...datestamps,
  ...identifiers,
  { name: "header without datestamp", faults: () => [datestamp(AT, "")], expected: ALL },
  {
    name: "identifier that no index takes",
    faults: () => [identifier(AT, `oai:x:${"ữ".repeat(2_000)}`)],
    expected: rejected(`oai:x:${"ữ".repeat(2_000)}`),
  },
  {
    name: "header without identifier",
    faults: () => [
      record(AT, ({ inner: xml }) => ({ identifier: "", inner: xml.replace(/<identifier>[^<]*<\/identifier>/, "") })),
    ],
    expected: rejected(""),
  },
  {
    name: "record without header",
    faults: () => [
      record(AT, ({ inner: xml }) => ({ identifier: "", inner: xml.replace(/<header>.*<\/header>/, "") })),
    ],
    expected: rejected(""),
  },
  { name: "empty record", faults: () => [record(AT, () => ({ identifier: "", inner: "" }))], expected: rejected("") },
  { name: "blanks around identifier and datestamp", faults: () => [soundInner(AT, spread)], expected: ALL },
  { name: "deleted record with metadata", faults: () => [deletedWithMetadata(AT)], expected: ALL },
  { name: "live record without metadata", faults: () => [withoutMetadata(AT)], expected: ALL },
  { name: "same identifier twice in a page", faults: () => [repeated(50, AT)], expected: ALL },
  { name: "same identifier on two pages", faults: () => [repeated(70, AT)], expected: ALL },
  { name: "same identifier three times", faults: () => [repeated(50, AT), repeated(70, AT)], expected: ALL },
  {
    name: "prefix that nobody declared",
    faults: () => [inner(AT, (xml) => xml.replaceAll(/ xmlns:dc="[^"]*"/g, ""))],
    expected: ALL,
  },
  {
    name: "foreign prefix that nobody declared",
    faults: () => [inner(AT, (xml) => xml.replace("</oai_dc:dc>", "<sear:links/></oai_dc:dc>"))],
    expected: ALL,
  },
  {
    name: "element without end tag",
    faults: () => [inner(AT, (xml) => xml.replace("</dc:creator>", ""))],
    expected: rejected(identifierAt(AT)),
  },
  {
    name: "end tag too many",
    faults: () => [inner(AT, (xml) => xml.replace("</dc:creator>", "</dc:creator></b>"))],
    expected: rejected(identifierAt(AT)),
  },
  {
    name: "metadata never closed",
    faults: () => [inner(AT, (xml) => xml.replace("</metadata>", ""))],
    expected: rejected(identifierAt(AT)),
  },
  {
    name: "attribute without closing quote",
    faults: () => [inner(AT, (xml) => xml.replace("<dc:creator>", '<dc:creator xml:lang="vi>'))],
    expected: rejected(identifierAt(AT)),
  },
  {
    name: "CDATA section without end",
    faults: () => [inner(AT, (xml) => xml.replace("<dc:creator>", "<dc:creator><![CDATA["))],
    expected: rejected(identifierAt(AT)),
  },
  {
    name: "XML declaration inside metadata",
    faults: () => [inner(AT, (xml) => xml.replace("<metadata>", '<metadata><?xml version="1.0" encoding="UTF-8"?>'))],
    expected: mendedOrRejected(identifierAt(AT)),
  },
  {
    name: "HTML in a description, not closed",
    faults: () => [inner(AT, (xml) => xml.replace("<dc:description>", "<dc:description>Dòng một<br>dòng hai"))],
    expected: rejected(identifierAt(AT)),
  },
  {
    name: "elements 300 deep",
    faults: () => [
      inner(AT, (xml) => xml.replace("<dc:description>", `<dc:description>${"<i>".repeat(300)}${"</i>".repeat(300)}`)),
    ],
    expected: rejected(identifierAt(AT)),
  },
  { name: "title with ]]>", faults: () => [inTitle(AT, "a]]>b", null)], expected: mendedOrRejected(identifierAt(AT)) },
  {
    name: "a comment with two hyphens",
    faults: () => [inner(AT, (xml) => xml.replace("<dc:creator>", "<!-- a -- b --><dc:creator>"))],
    expected: mendedOrRejected(identifierAt(AT)),
  },
];

function spread(xml: string): string {
  return xml
    .replace(/<(identifier|datestamp|setSpec)>/g, "<$1>\n      ")
    .replace(/<\/(identifier|datestamp|setSpec)>/g, "\n    </$1>");
}
