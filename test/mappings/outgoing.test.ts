import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { expect, test } from "vitest";
import { outgoingCrosswalks } from "../../mappings/index.ts";
import { oaiQdcOut } from "../../mappings/outgoing/oai_qdc/crosswalk.ts";
import type { OutgoingCrosswalk, PublishedRecord } from "../../src/crosswalk/outgoing.ts";
import { type CommonRecord, EMPTY_RECORD, toStored } from "../../src/record/common-record.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { isInstalled, PROGRAM_ABSENT, runOver, schemaComplaints } from "../marc/programs.ts";
import { SCHEMA_UNKNOWN } from "../support/schemas.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { anyCommonRecord, maximalRecord, outgoingExamples, published, treeOf } from "./outgoing-support.ts";

const QUALIFIED = fileURLToPath(new URL("../support/qualified-dublin-core.xsd", import.meta.url));
const examples = outgoingCrosswalks.flatMap((format) => outgoingExamples(format.metadataPrefix));
const writers = new Map(outgoingCrosswalks.map((format) => [format.metadataPrefix, format]));
const canJudge = sharedFolder !== null && isInstalled("xmllint");
const random = fc.sample(anyCommonRecord, 60);

test.each(examples)("$prefix writes $name as a cataloguer would", ({ prefix, published: record, expected }) => {
  const written = writers.get(prefix)?.write(record) ?? "";
  expect(treeOf(parseXml(written))).toEqual(treeOf(parseXml(expected)));
});

test.each(outgoingCrosswalks)("$metadataPrefix has five examples or more", ({ metadataPrefix }) => {
  expect(outgoingExamples(metadataPrefix).length).toBeGreaterThanOrEqual(5);
});

test.each(outgoingCrosswalks)(
  "$metadataPrefix writes whatever a record may hold, and every namespace on its own element",
  (format) => {
    fc.assert(
      fc.property(anyCommonRecord, (record) => {
        // parsed alone: a prefix that is declared outside only would not be well-formed
        expect(parseXml(format.write(published(record))).elements).not.toEqual([]);
      }),
      { numRuns: 100 },
    );
  },
);

test.skipIf(canJudge)(`${SHARED_ABSENT}; or ${PROGRAM_ABSENT}`, () => {});

/**
 * What a format may have to write: records that have the fields it requires, taken from the fullest where a random one has
 * not got them. A published record has a title, and its date is EDTF.
 */
function writable({ metadataPrefix, requires = [] }: OutgoingCrosswalk): readonly PublishedRecord[] {
  const fullest = maximalRecord();
  const complete = (record: CommonRecord): CommonRecord => {
    const stored = toStored(record);
    const missing = (["titles", ...requires] as const).filter((field) => !(field in stored));
    return { ...record, ...Object.fromEntries(missing.map((field) => [field, fullest[field]])) };
  };
  const records = [EMPTY_RECORD, fullest, ...random].map((record, index) => withEdtf(complete(record), index));
  return [...records.map(published), ...outgoingExamples(metadataPrefix).map((example) => example.published)];
}

function withEdtf(record: CommonRecord, index: number): CommonRecord {
  const value = ["2019", "198X", "2001/2003", "1987~", "2020-02-30"][index % 5] ?? "2019";
  return record.issued === null ? record : { ...record, issued: { ...record.issued, value } };
}

const known = outgoingCrosswalks.filter(({ metadataPrefix }) => !SCHEMA_UNKNOWN.has(metadataPrefix));

test.skipIf(!canJudge).each(known)("$metadataPrefix is valid by the public schemas", (format) => {
  const records = writable(format);
  expect(records.length).toBeGreaterThan(random.length);
  const answer = records.map((record) => inAnswer(format.metadataPrefix, format.write(record)));
  expect(schemaComplaints(listOf(answer), "all.xsd")).toBe("");
});

test.skipIf(!canJudge)("oai_qdc is valid by DCMI's schema of its terms", () => {
  const records = writable(oaiQdcOut).map((record) => oaiQdcOut.write(record));
  const list = `<list xmlns="${oaiQdcOut.namespace}">${records.join("\n")}</list>`;
  const { complaints } = runOver(list, "xmllint", ["--nonet", "--noout", "--schema", QUALIFIED, "{}"]);
  expect(complaints.trim()).toMatch(/ validates$/);
});

function inAnswer(prefix: string, metadata: string): string {
  const header = `<header><identifier>oai:lienthong.vn:${prefix}</identifier><datestamp>2026-11-24</datestamp></header>`;
  return `<record>${header}<metadata>${metadata}</metadata></record>`;
}

/** A ListRecords answer around the records: OAI-PMH.xsd then checks what stands in <metadata> strictly. */
function listOf(records: readonly string[]): string {
  return `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-24T12:00:00Z</responseDate>
    <request>https://lienthong.vn/oai</request><ListRecords>${records.join("\n")}</ListRecords></OAI-PMH>`;
}
