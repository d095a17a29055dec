import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import type { PublishedRecord } from "../../src/crosswalk/outgoing.ts";
import { type CommonRecord, fromStored, type StoredRecord } from "../../src/record/common-record.ts";
import { commonRecordSchema } from "../../src/record/schema.ts";
import type { XmlElement } from "../../src/xml/element.ts";

export const OUTGOING = fileURLToPath(new URL("../../mappings/outgoing/", import.meta.url));

/** A published record as an example file has it: the record without what it does not have, the datestamp as text. */
interface ExampleFile extends Omit<PublishedRecord, "record" | "datestamp"> {
  readonly datestamp: string;
  readonly record: StoredRecord;
}

export interface OutgoingExample {
  readonly prefix: string;
  readonly name: string;
  readonly published: PublishedRecord;
  readonly expected: string;
}

/** The examples of a format: a record and what a person wrote down as its output. */
export function outgoingExamples(prefix: string): readonly OutgoingExample[] {
  const folder = `${OUTGOING}${prefix}/examples/`;
  return readdirSync(folder)
    .filter((file) => file.endsWith(".record.json"))
    .map((file) => {
      const name = file.slice(0, -".record.json".length);
      const example = JSON.parse(readFileSync(folder + file, "utf8")) as ExampleFile;
      return {
        prefix,
        name,
        published: { ...example, datestamp: new Date(example.datestamp), record: fromStored(example.record) },
        expected: readFileSync(`${folder}${name}.expected.xml`, "utf8"),
      };
    });
}

/** A published record in which only what a test is about is known. */
export function published(record: StoredRecord): PublishedRecord {
  return {
    oaiIdentifier: "oai:lienthong.vn:kho/1",
    datestamp: new Date("2026-11-24T12:30:05Z"),
    source: { repositoryCode: "kho", repositoryName: "Kho", identifier: "oai:kho.edu.vn:1" },
    record: fromStored(record),
  };
}

/** An element as plain data, without white space between elements and whatever the order of attributes. */
export function treeOf(element: XmlElement): unknown {
  const attributes = element.attributes.map(({ namespace, local, value }) => `{${namespace}}${local}=${value}`).sort();
  const { elements } = element;
  const content = elements.length > 0 ? elements.map(treeOf) : element.text;
  return { name: `{${element.namespace}}${element.local}`, attributes, content };
}

/** The parts of JSON Schema that the common record uses. */
export interface Schema {
  readonly type?: string;
  readonly enum?: readonly string[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

export const recordSchema = commonRecordSchema as unknown as Schema;

const letters = [..."aăâđêôơưáàảãạ ắềểễệ漢喃AĐ019.,:;/&<>\"'\n\r\t"];
const text = fc.string({ unit: fc.oneof(fc.constantFrom(...letters), fc.constant("😀")), minLength: 1, maxLength: 12 });

/** Any record that its own schema allows. */
export const anyCommonRecord = arbitraryOf(recordSchema) as fc.Arbitrary<CommonRecord>;

function arbitraryOf(schema: Schema): fc.Arbitrary<unknown> {
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map(arbitraryOf));
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.items !== undefined) return fc.array(arbitraryOf(schema.items), { maxLength: 3 });
  if (schema.properties !== undefined) {
    const members = Object.entries(schema.properties).map(([name, member]) => [name, arbitraryOf(member)]);
    return fc.record(Object.fromEntries(members), { requiredKeys: [...(schema.required ?? [])] as never[] });
  }
  if (schema.type === "integer") return fc.nat({ max: Number.MAX_SAFE_INTEGER });
  return schema.type === "null" ? fc.constant(null) : text;
}

/** A record with every member of every field, and in its lists one item for each value of a closed list. */
export function maximalRecord(): CommonRecord {
  return maximalOf(recordSchema, 0) as CommonRecord;
}

function maximalOf(schema: Schema, index: number): unknown {
  if (schema.anyOf !== undefined) return maximalOf(schema.anyOf[0] ?? {}, index);
  if (schema.enum !== undefined) return schema.enum[index % schema.enum.length];
  if (schema.const !== undefined) return schema.const;
  const { items } = schema;
  if (items !== undefined) return Array.from({ length: 13 }, (_, position) => maximalOf(items, position));
  if (schema.properties !== undefined) {
    return Object.fromEntries(
      Object.entries(schema.properties).map(([name, member]) => [name, maximalOf(member, index)]),
    );
  }
  return schema.type === "integer" ? index : `Giá trị ${index}`;
}
