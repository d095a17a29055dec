import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { isFeedSetSpec } from "../../mappings/feed-sets.ts";
import { readCondition } from "../../src/query/condition.ts";
import { querySetSpec, querySetsOf, readQuerySet } from "../../src/query/query-set.ts";
import { type CommonRecord, EMPTY_RECORD } from "../../src/record/common-record.ts";

const THESIS: Partial<CommonRecord> = {
  titles: [
    { value: "Xâm nhập mặn ở đồng bằng sông Cửu Long", type: "main" },
    { value: "Saltwater intrusion in the Mekong Delta", type: "translated", lang: "en" },
  ],
  creators: [{ name: "Nguyễn Văn Đường", nameType: "personal" }],
  contributors: [{ name: "Trần Thị Mai", nameType: "personal", role: "ths" }],
  publishers: [{ name: "Trường Đại học Cần Thơ" }],
  issued: { value: "2016-05", raw: "05/2016", precision: "month" },
  descriptions: [{ value: "Nghiên cứu tại tỉnh Bến Tre.", type: "abstract" }],
  subjects: [
    { value: "Thủy lợi", scheme: "keyword" },
    { value: "627.52", scheme: "DDC" },
    { value: "TC 805", scheme: "LCC" },
    { value: "Д 22(5)", scheme: "BBK" },
  ],
};
const SETS = ["inst:ctu", "prov:92", "type:thesis", "thesis", "thesis:master"];

/** Whether a record is in a set of these conditions. */
function holds(conditions: string | readonly string[], record: Partial<CommonRecord> = THESIS): boolean {
  const set = readQuerySet({ setSpec: "query:x", conditions: [conditions].flat() });
  return querySetsOf([set], { ...EMPTY_RECORD, ...record }, SETS).length > 0;
}

const dated = (value: string): Partial<CommonRecord> => ({ issued: { value, raw: value, precision: "year" } });
const titled = (value: string): Partial<CommonRecord> => ({ titles: [{ value, type: "main" }] });

describe("a condition", () => {
  test.each([
    "set=thesis:master",
    "set=thesis:doctoral,thesis:master",
    "set=thesis",
    "set!=thesis:doctoral",
    "year=2016",
    "year=2015..",
    "year=..2016",
    "year=2010..2020",
    "year=1999,2016",
    "year!=..2015",
    "ddc=627.52",
    "ddc=62",
    "ddc=61,62",
    "ddc!=61",
    "lcc=TC805",
    "lcc=tc 8",
    "bbk=Д22",
    "title=sông Cửu Long",
    "title=sông Cửu",
    "title=SONG CUU LONG",
    "title=mekong delta",
    "title=Hậu Giang,Cửu Long",
    "subject=thuỷ lợi",
    "any=Bến Tre",
    "any=thủy lợi",
    "agent=Nguyễn Văn Đường",
    "agent=trần thị mai",
    "publisher=Đại học Cần Thơ",
    "publisher!=Đại học Huế",
    " year = 2016 ",
  ])("%s holds for a thesis that is so", (condition) => {
    expect(holds(condition)).toBe(true);
  });

  test.each([
    "set=thesis:doctoral",
    "set!=thesis",
    "set=inst:ct",
    "year=2017..",
    "year=..2015",
    "year!=2016",
    "ddc=627.521",
    "ddc=27",
    "udc=62",
    "lcc=C",
    "title=Long Cửu",
    "title=Cuu Lon",
    "title=Bến Tre",
    "subject=sông",
    "any=Nguyễn Văn Đường",
    "agent=Nguyễn Văn Dương",
    "publisher=Huế",
  ])("%s does not", (condition) => {
    expect(holds(condition)).toBe(false);
  });

  test("all of a set must hold, and a text is looked at only for itself", () => {
    expect(holds(["set=thesis", "year=2015..", "ddc=62"])).toBe(true);
    expect(holds(["set=thesis", "year=2017..", "ddc=62"])).toBe(false);
    // the end of one title and the beginning of the next are no phrase
    expect(holds("title=Cửu Long Saltwater")).toBe(false);
  });

  test("of words with marks is met by the same marks, or by a text without any", () => {
    expect(holds("title=dầu khí", titled("Công nghiệp dầu khí"))).toBe(true);
    expect(holds("title=dầu khí", titled("Cong nghiep dau khi"))).toBe(true);
    expect(holds("title=đấu khí", titled("Công nghiệp dầu khí"))).toBe(false);
    expect(holds("title=dau khi", titled("Công nghiệp dầu khí"))).toBe(true);
  });

  test("of words does not look at where the tone of a syllable stands, nor at y and i", () => {
    expect(holds("title=hóa học", titled("Hoá học vô cơ"))).toBe(true);
    expect(holds("title=kĩ thuật", titled("Kỹ thuật điện"))).toBe(true);
  });

  test("of characters is met anywhere among them, since they are written without blanks", () => {
    expect(holds("title=三國", titled("三國演義"))).toBe(true);
    expect(holds("title=水滸", titled("三國演義"))).toBe(false);
  });

  test.each([
    ["2016-05-04", true],
    ["2016?", true],
    ["201X", false],
    ["199X", false],
    ["2015/2018", true],
    ["2014/2018", false],
    ["2015/..", true],
    ["2015/", true],
    ["../2018", false],
    ["20XX", false],
  ])("year=2015.. of a date %s: %s, for only what is surely so is in it", (value, expected) => {
    expect(holds("year=2015..", dated(value))).toBe(expected);
  });

  test("an interval that goes on is in no range that ends", () => {
    expect(holds("year=2015..2020", dated("2016/.."))).toBe(false);
    expect(holds("year=2015..2020", dated("2016/2019"))).toBe(true);
  });

  test("of what the record does not say never holds, and its opposite always does", () => {
    for (const field of ["year=2016", "ddc=62", "title=x", "any=x", "agent=x", "publisher=x", "nlm=W"]) {
      expect(holds(field, {})).toBe(false);
      expect(holds(field.replace("=", "!="), {})).toBe(true);
    }
  });
});

describe("a condition that cannot be read is refused, with what is wrong, where, and how it is written:", () => {
  test.each([
    ["thesis:doctoral", /"thesis:doctoral" is no condition: write a field, = or !=, and values/],
    ["titel=x", /"titel=x": there is no field "titel"; there are set, year, ddc, .*, publisher/],
    ["toString=x", /no field "toString"/],
    ["=x", /no field ""/],
    ["ddc=61,,62", /"ddc=61,,62": value 2 is empty; write a Dewey number or its first digits, e\.g\. 61/],
    ["year=", /value 1 is empty; write a year or a range of years, e\.g\. 2019, 2015\.\./],
    ["year=2015-2020", /"2015-2020" is not a year or a range of years/],
    ["year=2020..2015", /"2020\.\.2015" is not a year or a range/],
    ["year=..", /"\.\." is not a year/],
    ["ddc=6107", /"6107" is not a Dewey number/],
    ["ddc=y học", /"y học" is not a Dewey number/],
    ["set=query:other", /"query:other" is not the setSpec of a set that is not defined by a query/],
    ["set=thesis doctoral", /"thesis doctoral" is not the setSpec/],
    ["title=---", /"---" is not one or more words/],
  ])("%s", (condition, complaint) => {
    expect(() => readCondition(condition)).toThrow(complaint);
  });

  test("a set without conditions", () => {
    expect(() => readQuerySet({ setSpec: "query:x", conditions: [] })).toThrow(/query:x has no condition/);
  });
});

test("a condition is kept as it was written, without blanks that mean nothing", () => {
  expect(readCondition(" title = sông Mê Kông , Mekong ").text).toBe("title=sông Mê Kông,Mekong");
  expect(readCondition("year!=..1975").text).toBe("year!=..1975");
});

test("the name of a set is a part of a setSpec", () => {
  expect(querySetSpec("hcm-2015")).toBe("query:hcm-2015");
  for (const name of ["", "Mekong", "a b", "a:b", "đbscl", "x".repeat(61)]) expect(querySetSpec(name)).toBeNull();
});

/** The conditions in the commands of a document, as a shell would pass them on. */
function conditionsIn(document: string): readonly string[] {
  const text = readFileSync(new URL(`../../${document}`, import.meta.url), "utf8").replaceAll("\\\n", " ");
  const commands = text.match(/^npx lienthong set (add|change) .*$/gm) ?? [];
  return commands.flatMap((command) =>
    (command.replace(/ #.*/, "").match(/"[^"]*"|[^\s"]+/g) ?? [])
      .map((word) => word.replaceAll('"', ""))
      .filter((word) => /^[a-z]+!?=/.test(word)),
  );
}

test.each([
  ["README.md", 1],
  ["docs/provider.md", 5],
  ["docs/operate.md", 8],
])("the conditions in the examples of %s can be used", (document, count) => {
  const conditions = conditionsIn(document).map(readCondition);
  expect(conditions).toHaveLength(count);
  for (const { field, values } of conditions) if (field === "set") expect(values.filter(isFeedSetSpec)).toEqual(values);
});
