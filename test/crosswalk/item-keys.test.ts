import { describe, expect, test } from "vitest";
import { itemMarks } from "../../src/crosswalk/item-keys.ts";
import type { StoredRecord } from "../../src/record/common-record.ts";

const thesis: StoredRecord = {
  titles: [
    { value: "A study of salinity", type: "translated" },
    { value: "Nghiên cứu kỹ thuật trồng lúa chịu mặn", type: "main" },
  ],
  creators: [{ name: "Đỗ Thị Lý", nameType: "personal" }],
  issued: { value: "2015-06", raw: "6/2015", precision: "month" },
};

const marksOf = (identifier: string, record: StoredRecord = {}) =>
  itemMarks("lib.x.edu.vn", identifier, record).map(({ kind, key }) => `${kind}: ${key}`);

/** What two items share. */
function shared(one: readonly string[], other: readonly string[]): readonly string[] {
  return one.filter((mark) => other.includes(mark));
}

describe("an item is known again by", () => {
  test("the local part of its identifier, whatever the host", () => {
    expect(shared(marksOf("oai:localhost:DHTL/623"), marksOf("oai:lib.x.edu.vn:DHTL/623"))).toEqual([
      "local: DHTL/623",
    ]);
  });

  test("its handle, in the identifier of one and in the metadata of the other", () => {
    const uuid = "oai:lib.x.edu.vn:item/3f2b";
    const moved: StoredRecord = { alternateIdentifiers: [{ value: "11461/456", scheme: "Handle" }] };
    expect(shared(marksOf("oai:localhost:11461/456"), marksOf(uuid, moved))).toEqual(["handle: 11461/456"]);
  });

  test("a handle of the prefix that names nothing elsewhere: within one repository it does", () => {
    const marked: StoredRecord = { identifier: { value: "123456789/9", scheme: "Handle", invalid: true } };
    expect(marksOf("oai:x:a", marked)).toContain("handle: 123456789/9");
  });

  test("its DOI in any case of letters (DOI Handbook §2.4), each once", () => {
    const both: StoredRecord = {
      identifier: { value: "10.1234/LV.7", scheme: "DOI" },
      alternateIdentifiers: [{ value: "10.1234/lv.7", scheme: "DOI" }],
    };
    expect(marksOf("oai:x:a", both).filter((mark) => mark.startsWith("doi"))).toEqual(["doi: 10.1234/lv.7"]);
  });

  test("its landing page, by http or https, with www and a closing slash or without", () => {
    const [one, other] = ["http://www.lib.x.edu.vn/lv/7/", "https://lib.x.edu.vn/lv/7"].map((landingPage) =>
      marksOf("oai:x:a", { landingPage }),
    );
    expect(one).toContain("landing-page: lib.x.edu.vn/lv/7");
    expect(other).toEqual(one);
  });

  test("its main title with creator and year, however they are accented and spelt", () => {
    const spelt: StoredRecord = {
      titles: [{ value: "NGHIÊN CỨU KĨ THUẬT TRỒNG LÚA CHỊU MẶN.", type: "main" }],
      creators: [{ name: "Đỗ, Thị Lý".normalize("NFD"), nameType: "personal" }],
      issued: { value: "2015", raw: "2015", precision: "year" },
    };
    expect(shared(marksOf("oai:x:a", thesis), marksOf("oai:x:b", spelt))).toEqual([
      "title-creator-year: nghien cuu ki thuat trong lua chiu man\ndo thi li\n2015",
      "title: nghien cuu ki thuat trong lua chiu man",
      "creator-year: do thi li\n2015",
    ]);
  });
});

test("what is not known makes no mark: two items without a year do not share it", () => {
  const { issued: _, ...undated } = thesis;
  const kinds = itemMarks("x", "oai:x:a", undated).map(({ kind }) => kind);
  expect(kinds).toEqual(["local", "title"]);
  expect(itemMarks("x", "oai:x:a", {}).map(({ kind }) => kind)).toEqual(["local"]);
});
