import fc from "fast-check";
import { expect, test } from "vitest";
import { readMarcXml, writeMarcXml } from "../../src/marc/marcxml.ts";
import type { MarcRecord } from "../../src/marc/record.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { anyDamagedRecord, anyRecord } from "./any-record.ts";
import { isInstalled, PROGRAM_ABSENT, schemaComplaints } from "./programs.ts";

const read = (xml: string): MarcRecord => readMarcXml(parseXml(xml));
const canJudge = sharedFolder !== null && isInstalled("xmllint");

test("what is written is read again as it was", () => {
  fc.assert(
    fc.property(anyRecord, (record) => {
      expect(read(writeMarcXml(record))).toEqual(record);
    }),
  );
});

test("a record is read in order, in whatever namespace and below a collection", () => {
  const fields = `<m:datafield tag="245" ind1="1" ind2="0"><m:subfield code="a">Truyện Kiều</m:subfield></m:datafield>
    <m:controlfield tag="001">7</m:controlfield>`;
  const expected = {
    leader: "00000nam a2200000 i 4500",
    fields: [
      { tag: "245", indicator1: "1", indicator2: "0", subfields: [{ code: "a", value: "Truyện Kiều" }] },
      { tag: "001", value: "7" },
    ],
  };
  const record = `<m:record xmlns:m="http://example.org/wrong"><m:leader>00000nam a2200000 i 4500</m:leader>${fields}</m:record>`;
  expect(read(record)).toEqual(expected);
  expect(read(`<m:collection xmlns:m="http://www.loc.gov/MARC21/slim">${record}</m:collection>`)).toEqual(expected);
});

test("what is missing is read as blank or empty, and text outside of subfields is kept", () => {
  const record = read(`<record><datafield tag="500">Ghi chú<subfield>x</subfield></datafield><controlfield/></record>`);
  expect(record).toEqual({
    leader: "",
    fields: [
      {
        tag: "500",
        indicator1: " ",
        indicator2: " ",
        subfields: [
          { code: "a", value: "Ghi chú" },
          { code: "", value: "x" },
        ],
      },
      { tag: "", value: "" },
    ],
  });
});

test("a leader on a line of its own keeps its blanks and loses the line breaks", () => {
  expect(read("<record><leader>\n    01234cam  2200301 a 4500\n  </leader></record>").leader).toBe(
    "01234cam  2200301 a 4500",
  );
  expect(read("<record><leader>     nam a22     ui 4500</leader></record>").leader).toBe("     nam a22     ui 4500");
});

test("what the schema forbids is written in the nearest form that it allows, and no text is lost", () => {
  const written = writeMarcXml({
    leader: "12#45|am#",
    fields: [
      { tag: "245", indicator1: "#", indicator2: "A", subfields: [{ code: "@", value: "một" }] },
      { tag: "FMT", value: "hai" },
      { tag: "98765", indicator1: " ", indicator2: " ", subfields: [{ code: "", value: "ba" }] },
      {
        tag: "003",
        indicator1: " ",
        indicator2: " ",
        subfields: [
          { code: "a", value: "bốn" },
          { code: "b", value: "năm" },
        ],
      },
      { tag: "500", indicator1: "", indicator2: "12", subfields: [] },
      { tag: "9aB", indicator1: " ", indicator2: " ", subfields: [{ code: "a", value: "sáu" }] },
    ],
  });
  expect(read(written)).toEqual({
    leader: "12045nam a2200000   4500",
    fields: [
      { tag: "003", value: "bốn năm" },
      { tag: "245", indicator1: " ", indicator2: "a", subfields: [{ code: "?", value: "một" }] },
      { tag: "FMT", indicator1: " ", indicator2: " ", subfields: [{ code: "a", value: "hai" }] },
      { tag: "ZZZ", indicator1: " ", indicator2: " ", subfields: [{ code: "?", value: "ba" }] },
      { tag: "500", indicator1: " ", indicator2: " ", subfields: [{ code: "a", value: "" }] },
      { tag: "9AB", indicator1: " ", indicator2: " ", subfields: [{ code: "a", value: "sáu" }] },
    ],
  });
});

test.skipIf(!canJudge)("everything written is valid by MARC21slim.xsd", () => {
  const records = [...fc.sample(anyRecord, 100), ...fc.sample(anyDamagedRecord, 300)];
  const collection = `<collection xmlns="http://www.loc.gov/MARC21/slim">${records.map(writeMarcXml).join("\n")}</collection>`;
  expect(schemaComplaints(collection, "marc/MARC21slim.xsd")).toBe("");
});

test.skipIf(canJudge)(`${SHARED_ABSENT}; or ${PROGRAM_ABSENT}`, () => {});
