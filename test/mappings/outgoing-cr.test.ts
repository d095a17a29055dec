import { readFileSync } from "node:fs";
import fc from "fast-check";
import { XmlDocument, XsdValidator } from "libxml2-wasm";
import { expect, test } from "vitest";
import { crOut } from "../../mappings/outgoing/cr/crosswalk.ts";
import { type CommonRecord, EMPTY_RECORD, toStored } from "../../src/record/common-record.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { anyCommonRecord, maximalRecord, OUTGOING, published, recordSchema, type Schema } from "./outgoing-support.ts";

const validator = XsdValidator.fromDoc(XmlDocument.fromString(readFileSync(`${OUTGOING}cr/cr.xsd`, "utf8")));

/** Reads an element back by the schema of the common record: names say where, the schema says what. */
function readValue(element: XmlElement, schema: Schema): unknown {
  const { anyOf, items, properties } = schema;
  if (anyOf !== undefined) return readValue(element, anyOf[0] ?? {});
  if (items !== undefined) return element.elements.map((item) => readValue(item, items));
  if (properties !== undefined) {
    const members = element.elements.map((member) => [member.local, readValue(member, properties[member.local] ?? {})]);
    return Object.fromEntries(members);
  }
  if (schema.type === "integer") return Number(element.text);
  return schema.const === true ? element.text === "true" : element.text;
}

function commonRecordIn(mods: XmlElement): XmlElement {
  const record = mods.child("extension")?.child("record");
  if (record === null || record === undefined) throw new Error("no record in the extension");
  return record;
}

/** What libxml2 says against the record by cr.xsd; the empty string where it is valid. */
function complaints(written: string): string {
  const start = written.indexOf('<record xmlns="https://lienthong.vn/ns/cr/1">');
  const document = XmlDocument.fromString(written.slice(start, written.indexOf("</extension>")));
  try {
    validator.validate(document);
    return "";
  } catch (error) {
    return String(error);
  } finally {
    document.dispose();
  }
}

function isReadBack(record: CommonRecord): void {
  const written = crOut.write(published(record));
  const element = commonRecordIn(parseXml(written));
  expect(element.namespace).toBe("https://lienthong.vn/ns/cr/1");
  expect(readValue(element, recordSchema)).toEqual(toStored(record));
  expect(complaints(written)).toBe("");
}

test("a record with every field and every member comes back as it was, and is valid by cr.xsd", () => {
  isReadBack(maximalRecord());
});

test("an empty record comes back empty", () => {
  isReadBack(EMPTY_RECORD);
});

test("whatever a record may hold comes back as it was, and is valid by cr.xsd", () => {
  fc.assert(fc.property(anyCommonRecord, isReadBack), { numRuns: 500 });
});

test("the carrier says title and identifier in MODS", () => {
  const record = { ...EMPTY_RECORD, titles: [{ value: "Truyện Kiều", type: "main" as const }] };
  const mods = parseXml(crOut.write(published(record)));
  expect([mods.namespace, mods.local, mods.attribute("version")]).toEqual([
    "http://www.loc.gov/mods/v3",
    "mods",
    "3.8",
  ]);
  expect(mods.child("titleInfo")?.text).toBe("Truyện Kiều");
  expect(mods.child("recordInfo")?.child("recordIdentifier")?.text).toBe("oai:lienthong.vn:kho/1");
});

test.each([
  ["a value outside of a closed list", "<type>main</type>", "<type>haupt</type>"],
  ["a member that is missing", "<type>main</type>", ""],
  ["a member that nobody knows", "<type>main</type>", "<type>main</type><colour>red</colour>"],
  ["an empty text", "<value>Kiều</value>", "<value></value>"],
])("cr.xsd refuses %s", (_, right, wrong) => {
  const written = crOut.write(published({ ...EMPTY_RECORD, titles: [{ value: "Kiều", type: "main" }] }));
  expect(complaints(written)).toBe("");
  expect(complaints(written.replace(right, wrong))).not.toBe("");
});

test("the closed lists of cr.xsd are those of the common record", () => {
  const lists = (schema: Schema): string[] => [
    ...(schema.enum === undefined ? [] : [schema.enum.join(" ")]),
    ...[...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items])].flatMap(lists),
    ...Object.values(schema.properties ?? {}).flatMap(lists),
  ];
  const types = parseXml(readFileSync(`${OUTGOING}cr/cr.xsd`, "utf8")).childrenNamed("simpleType");
  const inSchema = types
    .map((type) => type.child("restriction")?.childrenNamed("enumeration") ?? [])
    .map((values) => values.map((value) => value.attribute("value")).join(" "))
    .filter((values) => values !== "" && values !== "true");
  expect(new Set(inSchema)).toEqual(new Set(lists(recordSchema)));
});
