import { describe, expect, test } from "vitest";
import { dspaceOaiDc } from "../../mappings/incoming/dspace-oai-dc/crosswalk.ts";
import { oaiDc } from "../../mappings/incoming/oai-dc/crosswalk.ts";
import { applyCrosswalk } from "../../src/crosswalk/apply.ts";
import { parseXml } from "../../src/xml/parse.ts";

const NAMESPACES =
  'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';

/** The record of a list of `[element, text]`. */
function map(elements: readonly (readonly [name: string, text: string])[], crosswalk = oaiDc) {
  const inner = elements.map(([name, text]) => `<dc:${name}>${text.replaceAll("&", "&amp;")}</dc:${name}>`).join("");
  const metadata = parseXml(`<oai_dc:dc ${NAMESPACES}>${inner}</oai_dc:dc>`);
  return applyCrosswalk(crosswalk, metadata, { identifier: "oai:x:1", defaultAccessRights: null });
}

const dates = (...texts: readonly string[]) => texts.map((text) => ["date", text] as const);

describe("the date of publication", () => {
  test.each([
    [["2015", "2012", "2018-01-01"], "2012"],
    [["2015", "2015-06-01"], "2015-06-01"],
    [["2015-06-01", "2015"], "2015-06-01"],
    [["2015-08-19", "2015-04-12"], "2015-04-12"],
    [["2001-01-01T10:00:00Z", "2015"], "2015"],
    [["2015-01-01T10:00:00Z"], undefined],
    [["không rõ", "2015"], "2015"],
    [["info:eu-repo/date/publication/2015-03-01"], "2015-03-01"],
    [["info:eu-repo/date/embargoEnd/2015-03-01"], undefined],
  ])("of %j is %s", (texts, value) => {
    expect(map(dates(...texts)).record.issued?.value).toBe(value);
  });

  test.each([
    [["2020-02-17T09:38:18Z", "2020-02-17T09:38:18Z", "2019", "2001"], "2019"],
    [["2004-08-19", "2004-08-19", "2004-04-12"], "2004-04-12"],
    [["2004-08-19", "2004-08-19"], "2004-08-19"],
    [["2004", "2004", "2003"], "2004"],
    [["2020-02-17T09:38:18Z"], undefined],
  ])("of %j, written by DSpace, is %s", (texts, value) => {
    expect(map(dates(...texts), dspaceOaiDc).record.issued?.value).toBe(value);
  });

  test("a timestamp is remarked on once, by the general crosswalk only", () => {
    const texts = dates("2020-02-17T09:38:18Z", "2020-02-17T09:38:18Z", "2019");
    const codes = (crosswalk: typeof oaiDc) =>
      map(texts, crosswalk).issues.filter(({ code }) => code === "system-timestamp").length;
    expect([codes(oaiDc), codes(dspaceOaiDc)]).toEqual([1, 0]);
  });
});

describe("the type", () => {
  test.each([
    [["Other", "Bài báo"], "c_6501"],
    [["Text", "Thesis", "Luận văn thạc sĩ"], "c_bdcc"],
    [["NonPeerReviewed", "Book"], "c_2f33"],
    [["info:eu-repo/semantics/publishedVersion", "info:eu-repo/semantics/openAccess"], undefined],
    [["Luận văn thạc sĩ ngành Kế toán"], "c_bdcc"],
  ])("of %j is %s", (types, id) => {
    const { record, issues } = map(types.map((type) => ["type", type] as const));
    expect(record.resourceType?.uri).toBe(id === undefined ? undefined : `http://purl.org/coar/resource_type/${id}`);
    expect(issues.map(({ code }) => code)).not.toContain("unmatched-type");
  });

  test("of a thesis is made exact by its note, else by its title, and contradicted by neither", () => {
    const exact = (title: string, ...rest: readonly (readonly [string, string])[]) =>
      map([["title", title], ...rest]).record.resourceType?.label.en;
    expect(exact("A", ["type", "Thesis"], ["description", "Luận án tiến sĩ Y học: 62720140"])).toBe("doctoral thesis");
    expect(exact("Luận văn thạc sĩ: Năng suất lúa", ["type", "Thesis"])).toBe("master thesis");
    expect(exact("A", ["type", "Khóa luận"], ["description", "Luận án tiến sĩ Y học"])).toBe("bachelor thesis");
    expect(exact("A", ["type", "Thesis"])).toBe("thesis");
    expect(exact("Luận văn thạc sĩ: Năng suất lúa", ["type", "Book"])).toBe("book");
  });

  test("the thesis block belongs to theses alone, and only a university grants a degree", () => {
    expect(
      map([
        ["type", "Book"],
        ["publisher", "Trường Đại học Vinh"],
      ]).record.thesis,
    ).toBeNull();
    expect(
      map([
        ["type", "Luận án tiến sĩ"],
        ["publisher", "Nxb. Giáo dục"],
      ]).record.thesis,
    ).toEqual({ level: "doctoral" });
  });
});

describe("descriptions", () => {
  const typed = (...texts: readonly string[]) =>
    map(texts.map((text) => ["description", text] as const)).record.descriptions.map(({ type }) => type);
  const vietnamese = "Bài báo trình bày kết quả ba năm quan trắc độ mặn và năng suất lúa tại sáu xã ven biển.";
  const english = "The results of three years of salinity and rice yield in six coastal communes are presented.";

  test("the longest is the abstract, wherever it stands", () => {
    expect(typed("Tài liệu tham khảo ở cuối mỗi chương, phụ lục ở cuối sách này.", vietnamese)).toEqual([
      "note",
      "abstract",
    ]);
  });

  test("a second one in another language is an abstract if it is long enough", () => {
    expect(typed(vietnamese, english)).toEqual(["abstract", "abstract"]);
    expect(typed(vietnamese.repeat(4), english)).toEqual(["abstract", "note"]);
    expect(typed(english, `${english} More.`)).toEqual(["note", "abstract"]);
  });

  test("short remarks and contents are no abstracts", () => {
    expect(typed("In trên giấy dó")).toEqual(["note"]);
    expect(typed(`Mục lục: ${vietnamese}`)).toEqual(["toc"]);
  });

  test.each([
    "Made available in DSpace on 2012",
    "Approved for entry into archive by A",
    "Item withdrawn by A",
    "Step: x",
  ])("provenance is told by its beginning: %s", (text) => {
    expect(typed(text)).toEqual(text === "Step: x" ? ["note"] : []);
  });

  test.each(["98 tr.", "xii, 120 p.", "120 trang + 1 CD-ROM", "85 tờ"])("%s is an extent", (text) => {
    const { record } = map([["description", text]]);
    expect([record.descriptions, record.extents]).toEqual([[], [text]]);
  });
});

describe("links", () => {
  test.each([
    [["https://a.vn/item/1", "hdl:10419/1", "10.1000/182"], "DOI"],
    [["https://a.vn/item/1", "urn:nbn:de:1", "hdl:10419/1"], "Handle"],
    [["https://a.vn/item/1", "urn:nbn:de:1"], "URN"],
    [["https://a.vn/item/1", "ISBN 978-0-306-40615-7"], "URL"],
    [["ISBN 978-0-306-40615-7", "LA 1"], "OAI"],
    [["https://a.vn/a.pdf"], "OAI"],
  ])("the best identifier of %j is the %s", (texts, scheme) => {
    expect(map(texts.map((text) => ["identifier", text] as const)).record.identifier?.scheme).toBe(scheme);
  });

  test("nothing is identified twice", () => {
    const { record } = map([
      ["identifier", "doi:10.1000/182"],
      ["identifier", "https://doi.org/10.1000/182"],
      ["identifier", "https://a.vn/1"],
      ["identifier", "https://a.vn/1"],
    ]);
    expect([record.alternateIdentifiers, record.landingPage]).toEqual([[], "https://a.vn/1"]);
  });

  test("a private address comes through nowhere", () => {
    const url = "http://192.168.1.9/bitstream/1/a.pdf";
    const { record } = map([
      ["identifier", url],
      ["relation", url],
      ["source", url],
    ]);
    expect(JSON.stringify(record)).not.toContain("192.168");
  });

  test.each([
    ["https://a.vn/luan-van.PDF?sequence=1", "application/pdf"],
    ["https://a.vn/bitstream/handle/1/2/x", undefined],
    ["https://a.vn/server/api/core/bitstreams/3f/content", undefined],
    ["https://a.vn/index.php/j/article/download/1/2", undefined],
  ])("%s is a file", (url, mediaType) => {
    const { record } = map([["identifier", url]]);
    expect(record.files).toEqual([mediaType === undefined ? { url } : { url, mediaType }]);
    expect(record.landingPage).toBeNull();
  });

  test("the only format is that of the only file", () => {
    const file: readonly [string, string] = ["relation", "https://a.vn/article/download/1/2"];
    expect(map([file, ["format", "text/html"]]).record.files[0]?.mediaType).toBe("text/html");
    expect(map([file, ["format", "98 tr."]]).record.files[0]?.mediaType).toBeUndefined();
    expect(
      map([file, ["format", "text/html"], ["format", "application/pdf"]]).record.files[0]?.mediaType,
    ).toBeUndefined();
  });

  test("a page is neither a file nor a name when a name is there", () => {
    const { record } = map([
      ["identifier", "https://hdl.handle.net/10419/1"],
      ["identifier", "https://a.vn/view.php?id=1"],
    ]);
    expect([record.identifier?.scheme, record.landingPage]).toEqual(["Handle", "https://a.vn/view.php?id=1"]);
  });
});

describe("rights", () => {
  const rights = (...texts: readonly string[]) => map(texts.map((text) => ["rights", text] as const)).record;

  test("an embargo's end alone makes a record embargoed, an explicit statement goes before it", () => {
    const end = "info:eu-repo/date/embargoEnd/2010-01-01";
    expect(rights(end)).toMatchObject({ embargoEnd: "2010-01-01", accessRights: { label: "embargoed access" } });
    expect(rights(end, "info:eu-repo/semantics/openAccess").accessRights?.label).toBe("open access");
  });

  test("a second licence and a sentence around the first one are kept as notes", () => {
    const sentence = "Phát hành theo giấy phép https://creativecommons.org/licenses/by/4.0/ kể từ 2019";
    expect(rights(sentence, "CC BY-NC 4.0")).toMatchObject({
      license: { label: "CC BY 4.0" },
      rightsNotes: [sentence, "CC BY-NC 4.0"],
    });
  });
});

test("several languages may stand in one element, undetermined ones are left out", () => {
  expect(
    map([
      ["language", "vi; en"],
      ["language", "und"],
      ["language", "Tiếng Pháp"],
    ]).record.languages,
  ).toEqual(["vie", "eng", "fra"]);
});

test("a language is guessed only where none is stated that can be read, and only Vietnamese", () => {
  expect(
    map([
      ["title", "Ảnh hưởng của xâm nhập mặn"],
      ["language", "en"],
    ]).record.languages,
  ).toEqual(["eng"]);
  expect(map([["title", "The history of the delta and of rice"]]).record.languages).toEqual([]);
});

test.each([
  ["Hà Nội", "spatial"],
  ["Thế kỷ XIX", "temporal"],
  ["1945-1954", "temporal"],
  ["2010", "temporal"],
  ["Quận 1, Thành phố Hồ Chí Minh", "spatial"],
])("coverage %s is %s", (text, kind) => {
  expect(map([["coverage", text]]).record.coverage).toEqual([{ kind, value: text }]);
});
