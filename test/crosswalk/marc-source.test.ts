import { describe, expect, test } from "vitest";
import { MarcSource } from "../../src/crosswalk/marc-source.ts";
import type { MarcField } from "../../src/marc/record.ts";

function source(...fields: readonly MarcField[]): MarcSource {
  return new MarcSource({ leader: "00000nam a2200000 a 4500", fields });
}

function field(tag: string, ...subfields: readonly string[]): MarcField {
  return {
    tag,
    indicator1: " ",
    indicator2: " ",
    subfields: subfields.map((text) => ({ code: text.slice(0, 1), value: text.slice(1) })),
  };
}

describe("paths", () => {
  test("a subfield says tag, number of the field and code", () => {
    const marc = source(field("650", "aLuật"), field("650", "aKinh tế"));
    expect(marc.fields("650")[1]?.first("a")?.path).toBe("650[2]$a");
  });

  test("only a repeated subfield has a number of its own", () => {
    const nodes =
      source(field("650", "aLuật", "xLịch sử", "xThế kỷ 20"))
        .fields("650")[0]
        ?.all("ax") ?? [];
    expect(nodes.map(({ path }) => path)).toEqual(["650[1]$a", "650[1]$x[1]", "650[1]$x[2]"]);
  });

  test("control fields are numbered too, and the leader is LDR", () => {
    const marc = source({ tag: "001", value: "42" });
    expect(marc.control("001")?.path).toBe("001[1]");
    expect(marc.leader.path).toBe("LDR");
  });
});

describe("reading", () => {
  test("a value is clean, the text beside it is as it stands", () => {
    const node = source(field("245", "a  Lu\u00e2\u0323t &amp; kinh te\u0302\u0301 ")).fields("245")[0]?.first("a");
    expect(node?.value).toBe("Luật & kinh tế");
    expect(node?.text).toBe("  Lu\u00e2\u0323t &amp; kinh te\u0302\u0301 ");
  });

  test("fields of several tags come in the order in which they stand", () => {
    const marc = source(field("710", "aB"), field("700", "aA"), field("710", "aC"));
    const names = marc.fields("700", "710").map((each) => each.first("a")?.text);
    expect(names).toEqual(["B", "A", "C"]);
  });

  test("subfields of several codes come in the order in which they stand", () => {
    const nodes =
      source(field("260", "aHà Nội", "bA", "aHuế", "bB"))
        .fields("260")[0]
        ?.all("ba") ?? [];
    expect(nodes.map(({ text }) => text)).toEqual(["Hà Nội", "A", "Huế", "B"]);
  });

  test("blank subfields are not there", () => {
    const [title] = source(field("245", "a ", "a\u00a0", "aTên sách", "b")).fields("245");
    expect(title?.first("a")?.text).toBe("Tên sách");
    expect(title?.all("ab")).toHaveLength(1);
    expect(title?.has("b")).toBe(false);
  });

  test("the first control field that is not blank counts", () => {
    const marc = source({ tag: "008", value: "   " }, { tag: "008", value: "160301s2015" });
    expect(marc.control("008")?.path).toBe("008[2]");
    expect(marc.control("003")).toBeNull();
  });

  test("what is not there is an empty list or null", () => {
    const marc = source();
    expect(marc.fields("245")).toEqual([]);
    expect(marc.fields("700", "710")).toEqual([]);
    expect(source(field("245", "bB")).fields("245")[0]?.first("a")).toBeNull();
  });
});

describe("what was not read", () => {
  const unread = (marc: MarcSource) => marc.unread().map(({ path, text }) => `${path} ${text}`);

  test("lists every subfield and control field that holds text, in the order of the record", () => {
    const marc = source({ tag: "001", value: "42" }, field("650", "aLuật", "b "), field("245", "aTên"));
    expect(unread(marc)).toEqual(["001[1] 42", "650[1]$a Luật", "245[1]$a Tên"]);
  });

  test("leaves out what was asked for, and only that", () => {
    const marc = source({ tag: "001", value: "42" }, field("245", "aTên", "cTác giả"), field("245", "aKhác"));
    marc.control("001");
    marc.fields("245")[0]?.all("a");
    expect(unread(marc)).toEqual(["245[1]$c Tác giả", "245[2]$a Khác"]);
  });

  test("the first of two equal subfields does not speak for the second", () => {
    const marc = source(field("022", "a1813-9663", "a0866-7128"));
    marc.fields("022")[0]?.first("a");
    expect(unread(marc)).toEqual(["022[1]$a[2] 0866-7128"]);
  });

  test("looking whether a subfield is there does not read it", () => {
    const marc = source(field("245", "aTên"));
    expect(marc.fields("245")[0]?.has("a")).toBe(true);
    expect(unread(marc)).toHaveLength(1);
  });

  test("links are no text", () => {
    expect(unread(source(field("245", "6880-01", "81.1", "aTên")))).toEqual(["245[1]$a Tên"]);
  });

  test("reading all but some codes leaves those", () => {
    const marc = source(field("500", "aGhi chú", "5VN"));
    expect(
      marc
        .fields("500")[0]
        ?.allBut("5")
        .map(({ text }) => text),
    ).toEqual(["Ghi chú"]);
    expect(unread(marc)).toEqual(["500[1]$5 VN"]);
  });

  test("what is dropped counts as read: subfields of a field, and whatever a rule says", () => {
    const marc = source(
      { tag: "005", value: "2016" },
      field("911", "aNguyễn Văn A"),
      field("245", "aTên", "h[CD]", "cA"),
    );
    marc.fields("245")[0]?.drop("hc");
    marc.drop((tag, code) => tag === "005" || (tag === "911" && code === "a"));
    expect(unread(marc)).toEqual(["245[1]$a Tên"]);
  });

  test("what is dropped can still be read", () => {
    const marc = source(field("927", "aLV"));
    marc.drop(() => true);
    expect(marc.fields("927")[0]?.first("a")?.text).toBe("LV");
  });
});

describe("fields in the original script (LoC MARC 21, Appendix A)", () => {
  const texts = (marc: MarcSource, tag: string, index = 0) => {
    const target = marc.fields(tag)[index];
    return target === undefined ? [] : marc.linkedTo(target).map((each) => each.first("a")?.text);
  };

  test("an 880 belongs to the field whose $6 has its number", () => {
    const marc = source(
      field("700", "6880-01", "aNguyễn Du"),
      field("700", "6880-02", "aĐoàn Thị Điểm"),
      field("880", "6700-02/$1", "a段氏點"),
      field("880", "6700-01/$1", "a阮攸"),
    );
    expect(texts(marc, "700", 0)).toEqual(["阮攸"]);
    expect(texts(marc, "700", 1)).toEqual(["段氏點"]);
  });

  test("a number that no field claims belongs to the first field of the tag", () => {
    const marc = source(field("245", "aKim Vân Kiều"), field("880", "6245-01/$1", "a金雲翹"));
    expect(texts(marc, "245")).toEqual(["金雲翹"]);
  });

  test("number 00 belongs to no field, but is found by its tag", () => {
    const marc = source(field("245", "aKim Vân Kiều"), field("880", "6245-00/$1", "a金雲翹"));
    expect(texts(marc, "245")).toEqual([]);
    expect(marc.originals("245").map((each) => each.first("a")?.text)).toEqual(["金雲翹"]);
  });

  test("an 880 of another tag, or without a link, belongs to nothing", () => {
    const marc = source(field("245", "6880-01", "aKiều"), field("880", "6100-01", "a阮攸"), field("880", "a金雲翹"));
    expect(texts(marc, "245")).toEqual([]);
  });

  test("its path is that of the 880", () => {
    const marc = source(field("245", "6880-01", "aKiều"), field("880", "a-"), field("880", "6245-01", "a金雲翹"));
    const [title] = marc.fields("245");
    expect(title && marc.linkedTo(title)[0]?.first("a")?.path).toBe("880[2]$a");
  });
});
