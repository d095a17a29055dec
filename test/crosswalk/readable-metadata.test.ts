import { describe, expect, test } from "vitest";
import { marc21 } from "../../mappings/incoming/marc21/crosswalk.ts";
import { oaiDc } from "../../mappings/incoming/oai-dc/crosswalk.ts";
import { applyCrosswalk } from "../../src/crosswalk/apply.ts";
import { readableMetadata } from "../../src/crosswalk/readable-metadata.ts";
import { parseXml } from "../../src/xml/parse.ts";

const CONTEXT = { identifier: "oai:x:1", defaultAccessRights: null };

function dublinCore(...elements: readonly string[]) {
  const namespaces =
    'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
  return parseXml(`<oai_dc:dc ${namespaces}>${elements.join("")}</oai_dc:dc>`);
}

describe("a record in an old font", () => {
  const metadata = dublinCore(
    "<dc:title>Ph¸p luËt vÒ b¶o vÖ m«i tr\u00adêng</dc:title>",
    "<dc:creator>Vò, Minh</dc:creator>",
    "<dc:publisher>Trường Đại học Vinh</dc:publisher>",
    "<dc:date>n¨m 2004</dc:date>",
    "<dc:type>LuËn v¨n th¹c sÜ</dc:type>",
    "<dc:language>tiÕng ViÖt</dc:language>",
  );
  const mapping = applyCrosswalk(oaiDc, metadata, CONTEXT);

  test("is mapped as if it were in Unicode: types, dates and languages are found by their words", () => {
    expect(mapping.record).toMatchObject({
      titles: [{ value: "Pháp luật về bảo vệ môi trường", lang: "vi", type: "main" }],
      issued: { value: "2004" },
      resourceType: { uri: "http://purl.org/coar/resource_type/c_bdcc" },
      publishers: [{ name: "Trường Đại học Vinh" }],
      languages: ["vie"],
    });
  });

  test("says so, with the text as it was found", () => {
    expect(mapping.issues).toContainEqual({
      code: "legacy-encoding",
      severity: "warning",
      field: null,
      path: "/oai_dc:dc/dc:title",
      value: "tcvn3: Ph¸p luËt vÒ b¶o vÖ m«i tr\u00adêng",
    });
  });

  test("keeps in its trace what stood there and what was done", () => {
    expect(mapping.trace()).toContainEqual({
      field: "titles",
      index: 0,
      paths: ["/oai_dc:dc/dc:title"],
      repaired: [{ path: "/oai_dc:dc/dc:title", original: "Ph¸p luËt vÒ b¶o vÖ m«i tr\u00adêng", repairs: ["tcvn3"] }],
    });
    expect(mapping.trace()).toContainEqual({ field: "publishers", index: 0, paths: ["/oai_dc:dc/dc:publisher"] });
  });

  test("stays as it was sent", () => {
    expect(metadata.text).toContain("Ph¸p luËt");
  });
});

test("entities and UTF-8 read as windows-1252 are undone before the font is looked for", () => {
  const { record, trace } = applyCrosswalk(
    oaiDc,
    dublinCore("<dc:title>Nghi&amp;ordf;n c&amp;oslash;u kh&amp;para; n&amp;uml;ng   hÊp phô</dc:title>"),
    CONTEXT,
  );
  expect(record.titles[0]?.value).toBe("Nghiên cứu khả năng hấp phụ");
  expect(trace()[0]?.repaired?.[0]?.repairs).toEqual(["entities", "tcvn3", "space"]);
});

test("MARC is decoded too, whatever the field", () => {
  const xml = `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>
    <datafield tag="100" ind1="1" ind2=" "><subfield code="a">NguyÔn V¨n §øc</subfield></datafield>
    <datafield tag="245" ind1="1" ind2="0"><subfield code="a">C¬ së d÷ liÖu :</subfield><subfield code="b">gi¸o tr×nh</subfield></datafield></record>`;
  const { record, issues } = applyCrosswalk(marc21, parseXml(xml), CONTEXT);
  expect(record.titles[0]?.value).toContain("Cơ sở dữ liệu");
  expect(record.creators[0]?.name).toBe("Nguyễn Văn Đức");
  expect(issues.map(({ code }) => code)).toContain("legacy-encoding");
});

describe("damage that nothing mends", () => {
  test.each([
    ["Ð?i h?c Qu?c gia", "lossy-question-marks"],
    ["Nghiờn cứu tỏc giả", "double-conversion"],
  ])("%s: once for a record, at the first place", (text, code) => {
    const metadata = dublinCore(
      "<dc:title>A</dc:title>",
      `<dc:subject>${text}</dc:subject>`,
      `<dc:subject>${text} 2</dc:subject>`,
    );
    expect(readableMetadata(metadata).issues).toEqual([
      { code, severity: "warning", field: null, path: "/oai_dc:dc/dc:subject[1]", value: text },
    ]);
  });
});

test("a record in Unicode comes back as the same object, without a remark", () => {
  const metadata = dublinCore("<dc:title>Nguyễn &amp; Trần, Université de Hué</dc:title>", "<dc:date>2004</dc:date>");
  expect(readableMetadata(metadata)).toEqual({ metadata, decoded: null, issues: [] });
  expect(readableMetadata(metadata).metadata).toBe(metadata);
});

test("a trace names repairs where there were some, and says nothing where there were none", () => {
  const { trace } = applyCrosswalk(
    oaiDc,
    dublinCore("<dc:title>Ðại  học</dc:title>", "<dc:publisher>A</dc:publisher>"),
    CONTEXT,
  );
  const [title, publisher] = ["titles", "publishers"].map((field) => trace().find((line) => line.field === field));
  expect(title?.repaired).toEqual([{ path: "/oai_dc:dc/dc:title", original: "Ðại  học", repairs: ["eth", "space"] }]);
  expect(Object.hasOwn(publisher ?? {}, "repaired")).toBe(false);
});
