import { describe, expect, test } from "vitest";
import { feedSetNamed, feedSetsOf, isFeedSetSpec, type SetOwner } from "../../mappings/feed-sets.ts";
import { readRows } from "../../mappings/tables.ts";
import { isSetSpec } from "../../src/oai/set-spec.ts";
import { type CommonRecord, EMPTY_RECORD } from "../../src/record/common-record.ts";
import { ACCESS_RIGHTS, LIBRARY_TYPES, PROVINCE_CODES } from "../../src/record/vocabulary.ts";

const UEH: SetOwner = {
  code: "ueh",
  name: "Đại học Kinh tế TP. Hồ Chí Minh",
  province_code: "79",
  library_type: "university",
};
const COAR = "http://purl.org/coar/resource_type/";

function called(raw: string, id: string): Pick<CommonRecord, "resourceType"> {
  return { resourceType: { uri: `${COAR}${id}`, label: {}, general: "literature", raw } };
}

function titled(value: string): Pick<CommonRecord, "titles"> {
  return { titles: [{ value, type: "main" }] };
}

const thesis = (level: NonNullable<CommonRecord["thesis"]>["level"]) => ({
  thesis: level === undefined ? {} : { level },
});
const setsOf = (record: Partial<CommonRecord>, owner: SetOwner = UEH) =>
  feedSetsOf(owner, { ...EMPTY_RECORD, ...record });
/** Without those of its library, which every record has. */
const ownSetsOf = (record: Partial<CommonRecord>, owner: SetOwner = UEH) =>
  setsOf(record, owner).filter((setSpec) => !/^(inst|prov|libtype):/.test(setSpec));

describe("the sets of a record", () => {
  test("are those of its library first, also where nothing is known of the record but that it is gone", () => {
    expect(feedSetsOf(UEH, null)).toEqual(["inst:ueh", "prov:79", "libtype:university"]);
    expect(setsOf({})).toEqual(["inst:ueh", "prov:79", "libtype:university"]);
    expect(setsOf({}, { ...UEH, province_code: null, library_type: null })).toEqual(["inst:ueh"]);
  });

  test("of a whole record are all that the design names", () => {
    const record = {
      ...called("Luận án tiến sĩ", "c_db06"),
      ...thesis("doctoral"),
      accessRights: { uri: "http://purl.org/coar/access_right/c_abf2", label: "open access" },
      languages: ["vie", "eng", "vie"],
    };
    const own = ["type:thesis", "thesis", "thesis:doctoral", "endogenous", "access:open", "lang:vie", "lang:eng"];
    expect(ownSetsOf(record)).toEqual(own);
  });

  test.each([
    ["Luận án tiến sĩ", "c_db06", "type:thesis"],
    ["Bài báo khoa học", "c_6501", "type:article"],
    ["Kỷ yếu hội thảo", "c_f744", "type:conference"],
    ["Báo cáo tổng kết đề tài", "c_18ws", "type:report"],
    ["Giáo trình", "c_2f33", "type:learning-material"],
    ["Sách", "c_2f33", "type:book"],
    ["Tạp chí", "c_0640", "type:serial"],
    ["Sáng chế", "c_15cd", "type:standard-patent"],
    ["dataset", "c_ddb1", "type:data"],
    ["Bản đồ", "c_12cd", "type:audiovisual"],
    // nobody has said it in words: the concept alone decides
    ["http://purl.org/coar/resource_type/c_6501", "c_6501", "type:article"],
    // a word that another source of evidence has overruled says nothing
    ["Giáo trình", "c_6501", "type:article"],
    // a concept of COAR that no phrase of the table names
    ["peer review", "H9BQ-739P", "type:other"],
  ])("%s (%s) is in %s", (raw, id, setSpec) => {
    expect(ownSetsOf(called(raw, id)).filter((spec) => spec.startsWith("type:"))).toEqual([setSpec]);
  });

  test("of a thesis whose level nobody knows is the set of all theses", () => {
    expect(ownSetsOf(thesis(undefined))).toEqual(["thesis", "endogenous"]);
    expect(ownSetsOf(thesis("other"))).toEqual(["thesis", "endogenous"]);
    expect(ownSetsOf(called("Luận văn", "c_46ec"))).toEqual(["type:thesis", "thesis", "endogenous"]);
  });

  test.each([
    ["Sách cổ", "c_2f33", ["type:book", "rare"]],
    ["Gia phả", "c_0040", ["type:manuscript", "rare"]],
    ["Bản viết tay", "c_0040", ["type:manuscript", "rare"]],
    ["manuscript", "c_0040", ["type:manuscript", "rare"]],
    ["Sách Hán Nôm", "c_0040", ["type:manuscript", "rare", "hannom"]],
  ])("%s (%s) is in %j", (raw, id, sets) => {
    expect(ownSetsOf(called(raw, id))).toEqual(sets);
  });

  test("Hán Nôm is what is written in classical Chinese or has a title in characters, and no modern Chinese book", () => {
    expect(ownSetsOf({ ...titled("Đại Việt sử ký toàn thư"), languages: ["lzh"] })).toEqual(["hannom", "lang:lzh"]);
    expect(ownSetsOf({ ...titled("大越史記全書"), languages: ["vie"] })).toEqual(["hannom", "lang:vie"]);
    expect(ownSetsOf(titled("金雲翹新傳"))).toEqual(["hannom"]);
    expect(ownSetsOf({ ...titled("中国文学史"), languages: ["zho"] })).toEqual(["lang:zho"]);
    expect(ownSetsOf({ ...titled("日本語の文法"), languages: ["jpn", "vie"] })).toEqual(["lang:jpn", "lang:vie"]);
    expect(ownSetsOf({ ...titled("Hán Nôm học nhập môn"), languages: ["vie"] })).toEqual(["lang:vie"]);
    // MARC 21 writes "chi" for both
    const marc = { ...titled("抑齋遺集"), languages: ["zho"] };
    expect(ownSetsOf({ ...marc, ...called("Sách cổ", "c_2f33") })).toContain("hannom");
    expect(ownSetsOf({ ...marc, subjects: [{ value: "Hán Nôm", scheme: "keyword" }] })).toContain("hannom");
    expect(ownSetsOf({ ...marc, descriptions: [{ value: "Chữ Hán và chữ Nôm", type: "note" }] })).toContain("hannom");
    // a book about it
    const subjects = [{ value: "Hán Nôm", scheme: "keyword" as const }];
    expect(ownSetsOf({ ...titled("Di sản Hán Nôm"), subjects, languages: ["vie"] })).toEqual(["lang:vie"]);
  });

  test("endogenous are theses, reports and learning material of libraries that have documents of their own", () => {
    const record = called("Báo cáo tổng kết đề tài", "c_18ws");
    const isEndogenous = (library_type: string | null) =>
      setsOf(record, { ...UEH, library_type }).includes("endogenous");
    expect(LIBRARY_TYPES.filter(isEndogenous)).toEqual(["special", "armed-forces", "university", "school"]);
    expect(isEndogenous(null)).toBe(true);
    expect(ownSetsOf(called("Sách", "c_2f33"))).not.toContain("endogenous");
  });
});

describe("a set", () => {
  const owners = [...PROVINCE_CODES].map((province_code) => ({ ...UEH, province_code }));
  // "und" is never written in a record
  const languages = new Set(readRows("languages").map(({ iso639_3 }) => iso639_3 ?? "und"));
  const specs = [
    ...owners.flatMap((owner) => feedSetsOf(owner, null)),
    ...LIBRARY_TYPES.map((code) => `libtype:${code}`),
    ...readRows("type-groups").map(({ code }) => `type:${code}`),
    ...["thesis", "thesis:doctoral", "thesis:master", "thesis:bachelor", "rare", "hannom", "endogenous"],
    ...Object.keys(ACCESS_RIGHTS).flatMap((uri) => ownSetsOf({ accessRights: { uri, label: "" } })),
    ...[...languages].filter((code) => code !== "und").map((code) => `lang:${code}`),
  ];

  test("can be written in the protocol, and has a name that is more than its code", () => {
    for (const setSpec of new Set(specs)) {
      expect(isSetSpec(setSpec)).toBe(true);
      const { setName } = feedSetNamed(UEH, setSpec);
      expect(setName, setSpec).toMatch(/\p{Lu}/u);
      expect(setSpec.split(":")).not.toContain(setName);
    }
  });

  test("is known as one that there can be, and nothing else is", () => {
    expect(specs.filter((setSpec) => !isFeedSetSpec(setSpec))).toEqual([]);
    const others = [
      "",
      "theses",
      "thesis:phd",
      "prov",
      "prov:99",
      "prov:79:1",
      "type:x",
      "access:x",
      "lang:vi",
      "inst:",
      "toString",
    ];
    expect(others.filter(isFeedSetSpec)).toEqual([]);
  });

  test.each([
    ["inst:ueh", "Đại học Kinh tế TP. Hồ Chí Minh"],
    ["prov:79", "Thành phố Hồ Chí Minh"],
    ["prov:40", "Tỉnh Nghệ An"],
    ["libtype:public", "Thư viện công cộng / Public library"],
    ["type:book", "Sách / Books"],
    ["thesis:master", "Luận văn thạc sĩ / Master's theses"],
    ["access:open", "Truy cập mở / Open access"],
    ["lang:vie", "Tiếng Việt / Vietnamese"],
    ["lang:tyz", "Tiếng Tày"],
  ])("%s is called %s", (setSpec, setName) => {
    expect(feedSetNamed(UEH, setSpec)).toEqual({ setSpec, setName });
  });

  test("of every group that the table of kinds of documents knows has a name", () => {
    const named = new Set(readRows("type-groups").map(({ code }) => code));
    const groups = new Set(readRows("resource-types").map(({ group }) => group));
    expect([...groups].filter((group) => group !== "rare" && !named.has(group))).toEqual([]);
  });
});
