import { describe, expect, test } from "vitest";
import { readAccess, readLangTag, readLanguage, readType } from "../../mappings/values.ts";
import { readDdc } from "../../src/crosswalk/ddc.ts";
import { readGrant } from "../../src/crosswalk/grant.ts";
import { isJournalIssue, readJournalCitation } from "../../src/crosswalk/journal-citation.ts";
import { readLicense } from "../../src/crosswalk/license.ts";
import { isThesis, typeRank } from "../../src/crosswalk/resource-types.ts";
import { readThesisNote } from "../../src/crosswalk/thesis-note.ts";

describe("licences", () => {
  test.each([
    [
      "https://creativecommons.org/licenses/by-nc-nd/4.0/",
      "https://creativecommons.org/licenses/by-nc-nd/4.0/",
      "CC BY-NC-ND 4.0",
    ],
    ["http://creativecommons.org/licenses/by/4.0", "https://creativecommons.org/licenses/by/4.0/", "CC BY 4.0"],
    [
      "https://creativecommons.org/licenses/by/4.0/deed.vi",
      "https://creativecommons.org/licenses/by/4.0/",
      "CC BY 4.0",
    ],
    [
      "http://creativecommons.org/licenses/by-sa/3.0/us/",
      "https://creativecommons.org/licenses/by-sa/3.0/us/",
      "CC BY-SA 3.0 US",
    ],
    [
      "https://creativecommons.org/publicdomain/zero/1.0/",
      "https://creativecommons.org/publicdomain/zero/1.0/",
      "CC0 1.0",
    ],
    ["CC0", "https://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"],
    ["CC BY-NC-SA 4.0", "https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC BY-NC-SA 4.0"],
    [
      "Attribution-NonCommercial-NoDerivatives 4.0 International",
      "https://creativecommons.org/licenses/by-nc-nd/4.0/",
      "CC BY-NC-ND 4.0",
    ],
    [
      "Attribution-NonCommercial-NoDerivs 3.0 Unported",
      "https://creativecommons.org/licenses/by-nc-nd/3.0/",
      "CC BY-NC-ND 3.0",
    ],
    [
      "Creative Commons Attribution-ShareAlike 4.0 International License",
      "https://creativecommons.org/licenses/by-sa/4.0/",
      "CC BY-SA 4.0",
    ],
    ["CC BY-ND 4.0", "https://creativecommons.org/licenses/by-nd/4.0/", "CC BY-ND 4.0"],
    ["CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"],
    ["http://rightsstatements.org/vocab/InC/1.0/", "http://rightsstatements.org/vocab/InC/1.0/", "InC 1.0"],
    [
      "Phát hành theo https://creativecommons.org/licenses/by/4.0/.",
      "https://creativecommons.org/licenses/by/4.0/",
      "CC BY 4.0",
    ],
  ])("%s", (text, uri, label) => {
    expect(readLicense(text)).toEqual({ uri, label });
  });

  test.each([
    "CC BY",
    "Attribution 3.0 Vietnam",
    "Bản quyền thuộc tác giả",
    "Open Access",
    "https://example.org/licenses/by/4.0/",
  ])("%s is none that can be told", (text) => {
    expect(readLicense(text)).toBeNull();
  });
});

describe("access", () => {
  test.each([
    ["http://purl.org/coar/access_right/c_abf2", "c_abf2"],
    ["https://purl.org/coar/access_right/c_16ec", "c_16ec"],
    ["info:eu-repo/semantics/closedAccess", "c_14cb"],
    ["info:eu-repo/date/embargoEnd/2027-12-31", "c_f1cf"],
  ])("%s is known", (text, id) => {
    expect(readAccess(text)?.accessRights.uri).toBe(`http://purl.org/coar/access_right/${id}`);
  });

  test("of a COAR concept that does not exist is not known", () => {
    expect(readAccess("http://purl.org/coar/access_right/c_0000")).toBeNull();
  });

  test.each([
    ["info:eu-repo/date/embargoEnd/2027-12-31", "2027-12-31"],
    ["Hạn chế đến ngày 31/12/2027", "2027-12-31"],
    ["Công bố sau ngày 1/2/2026", "2026-02-01"],
    ["Embargo until 2026-05-01", "2026-05-01"],
    ["embargoedAccess", null],
  ])("%s ends an embargo on %s", (text, end) => {
    expect(readAccess(text)).toMatchObject({ embargoEnd: end, accessRights: { label: "embargoed access" } });
  });

  test("a date behind other words ends nothing", () => {
    expect(readAccess("Cập nhật ngày 31/12/2027")).toBeNull();
  });

  test.each([
    ["Mật", true],
    ["Tối mật", true],
    ["Tuyệt mật", true],
    ["Không công bố", false],
    ["Mở", false],
  ])("%s is a state secret: %s", (text, secret) => {
    expect(readAccess(text)?.secret).toBe(secret);
  });
});

describe("types", () => {
  test.each([
    ["info:eu-repo/semantics/doctoralThesis", "c_db06"],
    ["info:eu-repo/semantics/conferenceObject", "c_c94f"],
    ["doc-type:patent", "c_15cd"],
    ["http://purl.org/coar/resource_type/c_6501", "c_6501"],
    ["review article", "c_dcae04bc"],
    ["Conference or Workshop Item", "c_c94f"],
    ["Peer-reviewed Article", "c_6501"],
  ])("%s is %s of COAR", (text, id) => {
    expect(readType(text)).toMatchObject({ uri: `http://purl.org/coar/resource_type/${id}`, raw: text });
  });

  test.each([
    ["Dataset", "dataset"],
    ["Software", "software"],
    ["Luận văn", "literature"],
    ["Bản đồ", "other"],
  ])("%s is %s in the kinds of OpenAIRE", (text, general) => {
    expect(readType(text)?.general).toBe(general);
  });

  test("that say more rank above those that say less", () => {
    const ranks = ["Other", "Text", "Thesis", "Luận văn thạc sĩ"].map((text) => {
      const type = readType(text);
      return type === null ? -1 : typeRank(type);
    });
    expect(ranks).toEqual([...new Set(ranks)].sort((a, b) => a - b));
    expect(ranks).not.toContain(-1);
  });

  test("theses are told from the rest", () => {
    const thesis = (text: string) => {
      const type = readType(text);
      return type !== null && isThesis(type);
    };
    expect(["Luận văn", "Luận án tiến sĩ", "KLTN", "Sách", "Bài báo"].map(thesis)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });
});

describe("languages", () => {
  test.each([
    ["en-AU", "eng"],
    ["zh-Hant", "zho"],
    ["sv", "swe"],
    ["dut", "nld"],
  ])("%s is %s", (text, code) => {
    expect(readLanguage(text)).toBe(code);
  });

  test.each([
    ["vi-VN", "vi"],
    ["vie", "vi"],
    ["lzh", "lzh"],
    ["und", null],
    ["x-klingon", null],
    [null, null],
  ])("xml:lang %s is %s in BCP 47", (tag, lang) => {
    expect(readLangTag(tag)).toBe(lang);
  });
});

describe("notes about theses", () => {
  test.each([
    ["Luận văn thạc sĩ Khoa học máy tính: 60480101", "master", "Khoa học máy tính", "60480101"],
    ["Luận văn ThS. Kinh tế chính trị -- Trường Đại học Kinh tế, 2010", "master", "Kinh tế chính trị", undefined],
    ["Luận án tiến sĩ ngành Nông học; Mã số: 62 62 01 10", "doctoral", "Nông học", "62 62 01 10"],
    ["Luận văn chuyên ngành Kế toán, mã số 8340301", "master", "Kế toán", "8340301"],
    ["Khóa luận tốt nghiệp ngành Quản trị kinh doanh", "bachelor", "Quản trị kinh doanh", undefined],
    ["Khóa luận ngành Kế toán", "bachelor", "Kế toán", undefined],
    ["Đồ án chuyên ngành Kiến trúc", "bachelor", "Kiến trúc", undefined],
    ["Luận án ngành Sử học", "doctoral", "Sử học", undefined],
    // "luận văn" alone is a master's thesis in the north and a bachelor's in the south
    ["Luận văn ngành Sử học", null, "Sử học", undefined],
    ["Luận văn chuyên khoa II Nội khoa: CK 62 72 20 40", "other", "Nội khoa: CK", "62 72 20 40"],
  ])("%s", (text, level, label, code) => {
    const note = readThesisNote(text);
    expect(note?.level).toBe(level);
    expect(note?.discipline).toEqual(code === undefined ? { label } : { label, code });
  });

  test("the words that name the work stand first", () => {
    expect(readThesisNote("Luận văn thạc sĩ")).toEqual({
      phrase: "Luận văn thạc sĩ",
      level: "master",
      degreeName: "thạc sĩ",
      discipline: null,
    });
  });

  test.each([
    "Luận văn đề xuất một giải thuật phân cụm văn bản.",
    "Luận văn thạc sĩ này nghiên cứu năng suất lúa.",
    "Luận án được trình bày trong năm chương.",
    "Nghiên cứu luận văn thạc sĩ",
    "Luận vănthạc sĩ",
  ])("%s is prose", (text) => {
    expect(readThesisNote(text)).toBeNull();
  });
});

describe("class numbers", () => {
  test("a cutter behind the number makes a call number", () => {
    expect(readDdc("342.597 L504L")).toEqual({ number: "342.597", callNumber: "342.597 L504L" });
    expect(readDdc("info:eu-repo/classification/ddc/330")).toEqual({ number: "330", callNumber: null });
  });

  test.each(["2019", "33", "1000", "342.597 Luật", "H5N1", "COVID 19"])("%s is no class number", (text) => {
    expect(readDdc(text)).toBeNull();
  });
});

describe("citations of journals", () => {
  test.each([
    [
      "Tạp chí Khoa học; Tập 55 Số 3 (2019): Nông nghiệp; 12-20",
      { title: "Tạp chí Khoa học", volume: "55", issue: "3", startPage: "12", endPage: "20" },
    ],
    [
      "Journal of Science; Vol. 12 No. 4A (2020); 101-110",
      { title: "Journal of Science", volume: "12", issue: "4A", startPage: "101", endPage: "110" },
    ],
    [
      "Tạp chí Thư viện Việt Nam, số 6, tr. 3-9",
      { title: "Tạp chí Thư viện Việt Nam", issue: "6", startPage: "3", endPage: "9" },
    ],
    ["Tạp chí Khoa học", { title: "Tạp chí Khoa học" }],
  ])("%s", (text, host) => {
    expect(readJournalCitation(text)).toEqual(host);
  });

  test.each(["Thư viện Quốc gia", "1859-2333", "Thu thập tại thực địa năm 2010", "https://example.org/journal"])(
    "%s is none",
    (text) => {
      expect(readJournalCitation(text)).toBeNull();
    },
  );
});

test.each([
  ["Tạp chí Thư viện Việt Nam;Số 6", true],
  ["Revue d’histoire de l’Amérique française; vol. 68 no. 3-4 (2015)", true],
  ["Working papers;14", false],
  ["Technical notes;No. 5", false],
])("%s names an issue of a journal: %s", (text, issue) => {
  expect(isJournalIssue(text)).toBe(issue);
});

test("a grant is read from its identifier (OpenAIRE Guidelines v3)", () => {
  expect(readGrant("info:eu-repo/grantAgreement/EC/FP7/244909/EU/Making Capabilities Work/WorkAble")).toEqual({
    funderName: "EC",
    awardNumber: "244909",
    awardTitle: "Making Capabilities Work",
  });
  expect(readGrant("info:eu-repo/grantAgreement/NAFOSTED//105.08-2015.03")).toEqual({
    funderName: "NAFOSTED",
    awardNumber: "105.08-2015.03",
  });
  expect(readGrant("info:eu-repo/grantAgreement/EC/H2020/777541/EU//OpenAIRE%20Advance")).toEqual({
    funderName: "EC",
    awardNumber: "777541",
    awardTitle: "OpenAIRE Advance",
  });
  expect(readGrant("info:eu-repo/semantics/article")).toBeNull();
});
