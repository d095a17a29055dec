import { describe, expect, test } from "vitest";
import { marcDatestamp, marcIdentity } from "../../src/jobs/import-identity.ts";
import { readIso2709 } from "../../src/marc/iso2709.ts";
import { readMarcXml } from "../../src/marc/marcxml.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { iso2709, marcXml, type TestField } from "./marc-files.ts";

const TITLE: TestField = ["245", "00$aLịch sử Việt Nam"];
const fromIso = (...fields: readonly TestField[]) => readIso2709(iso2709(fields)).record;
const fromXml = (...fields: readonly TestField[]) => readMarcXml(parseXml(marcXml(fields)));

describe("a MARC record is known by", () => {
  test("the control number within the system that 003 names", () => {
    expect(marcIdentity(fromIso(["001", "vtls000012"], ["003", "VN-TV"], TITLE))).toEqual({
      identifier: "marc:VN-TV/vtls000012",
      from: "001",
    });
  });

  test("the control number alone where there is no 003, blanks around it left out", () => {
    expect(marcIdentity(fromIso(["001", "  00282214 "], ["003", "  "], TITLE)).identifier).toBe("marc:00282214");
  });

  test("the first system control number (035 $a) where there is no control number", () => {
    const fields: TestField[] = [
      ["001", " "],
      ["035", "  $z(OCoLC)1"],
      ["035", "  $a(VN-TV)77"],
      ["035", "  $a(OCoLC)2"],
    ];
    expect(marcIdentity(fromIso(...fields, TITLE))).toEqual({ identifier: "marc:035/(VN-TV)77", from: "035" });
  });

  test("its content where there is neither, and by the same in ISO 2709 and MARCXML", () => {
    const iso = marcIdentity(fromIso(TITLE));
    expect(iso).toEqual({ identifier: expect.stringMatching(/^marc:sha256\/[0-9a-f]{64}$/), from: "content" });
    expect(marcIdentity(fromXml(TITLE))).toEqual(iso);
    expect(marcIdentity(fromIso(["245", "00$aLịch sử Việt Nam "])).identifier).not.toBe(iso.identifier);
  });

  test("an identifier that XML and the database can hold, whatever stands in the field", () => {
    expect(marcIdentity(fromIso(["001", "a\u0000b\u0001"], TITLE)).identifier).toBe("marc:a\ufffdb\ufffd");
  });
});

describe("the datestamp of a MARC record", () => {
  test("is the day of its latest transaction", () => {
    expect(marcDatestamp(fromIso(["005", "20240131235959.0"], TITLE))).toBe("2024-01-31");
  });

  test.each(["", "20240230000000.0", "00000000000000.0", "hôm qua"])("is none where 005 is %j", (value) => {
    expect(marcDatestamp(fromIso(["005", value], TITLE))).toBeNull();
  });
});
