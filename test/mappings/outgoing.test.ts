import fc from "fast-check";
import { expect, test } from "vitest";
import { crOut } from "../../mappings/outgoing/cr/crosswalk.ts";
import { marc21Out } from "../../mappings/outgoing/marc21/crosswalk.ts";
import { oaiDcOut } from "../../mappings/outgoing/oai_dc/crosswalk.ts";
import type { OutgoingCrosswalk } from "../../src/crosswalk/outgoing.ts";
import { EMPTY_RECORD } from "../../src/record/common-record.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { isInstalled, PROGRAM_ABSENT, schemaComplaints } from "../marc/programs.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { anyCommonRecord, maximalRecord, outgoingExamples, published, treeOf } from "./outgoing-support.ts";

const formats: readonly OutgoingCrosswalk[] = [oaiDcOut, marc21Out, crOut];
const examples = formats.flatMap((format) => outgoingExamples(format.metadataPrefix));
const writers = new Map(formats.map((format) => [format.metadataPrefix, format]));
const canJudge = sharedFolder !== null && isInstalled("xmllint");
test.each(examples)("$prefix writes $name as a cataloguer would", ({ prefix, published: record, expected }) => {
  const written = writers.get(prefix)?.write(record) ?? "";
  expect(treeOf(parseXml(written))).toEqual(treeOf(parseXml(expected)));
});
test.each(formats)("$metadataPrefix has five examples or more", ({ metadataPrefix }) => {
  expect(outgoingExamples(metadataPrefix).length).toBeGreaterThanOrEqual(5);
});
test.each(formats)(
  "$metadataPrefix writes whatever a record may hold, and every namespace on its own element",
  (format) => {
    fc.assert(
      fc.property(anyCommonRecord, (record) => {
        // parsed alone: a prefix that is declared outside only would not be well-formed
        expect(parseXml(format.write(published(record))).elements).not.toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
);
test.skipIf(canJudge)(`${SHARED_ABSENT}; or ${PROGRAM_ABSENT}`, () => {});

test.skipIf(!canJudge).each(formats)("$metadataPrefix is valid by the public schemas", (format) => {
  const records = [EMPTY_RECORD, maximalRecord(), ...fc.sample(anyCommonRecord, 60)].map(published);
  const all = [...records, ...outgoingExamples(format.metadataPrefix).map((example) => example.published)];
  const answer = all.map((record) => format.write(record)).map((metadata) => inAnswer(format.metadataPrefix, metadata));
  expect(schemaComplaints(listOf(answer), "all.xsd")).toBe("");
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
