import { expect, test } from "vitest";
import { readOaiMarc } from "../../src/marc/oai-marc.ts";
import { parseXml } from "../../src/xml/parse.ts";

const read = (xml: string) => readOaiMarc(parseXml(xml));

test("oai_marc is the same record under other names", () => {
  const record = read(`<oai_marc>
    <fixfield id="001">"a 1"</fixfield>
    <varfield id="245" i1="1" i2="0"><subfield label="a">Việt Nam</subfield><subfield label="c">A</subfield></varfield>
  </oai_marc>`);
  expect(record.fields).toEqual([
    { tag: "001", value: "a 1" },
    {
      tag: "245",
      indicator1: "1",
      indicator2: "0",
      subfields: [
        { code: "a", value: "Việt Nam" },
        { code: "c", value: "A" },
      ],
    },
  ]);
});

test("the leader stands in attributes, at the places of LoC MARC 21", () => {
  const { leader } = read('<oai_marc status="c" type="a" level="s" encLvl="7" catForm="i"/>');
  expect(leader).toHaveLength(24);
  expect([leader[5], leader[6], leader[7], leader[17], leader[18], leader.slice(20)]).toEqual([
    "c",
    "a",
    "s",
    "7",
    "i",
    "4500",
  ]);
});

test("or in a fixed field of its own, hyphens for blanks", () => {
  expect(read('<oai_marc><fixfield id="LDR">-----nam-a22-----a--4500</fixfield></oai_marc>').leader).toBe(
    "     nam a22     a  4500",
  );
});

test("what is missing is blank or empty, and nothing is thrown", () => {
  expect(read("<oai_marc><varfield><subfield>x</subfield></varfield></oai_marc>").fields).toEqual([
    { tag: "", indicator1: " ", indicator2: " ", subfields: [{ code: "", value: "x" }] },
  ]);
});
