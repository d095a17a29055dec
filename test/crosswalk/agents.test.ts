import { describe, expect, test } from "vitest";
import { readAgent } from "../../mappings/values.ts";
import { findOrcid } from "../../src/crosswalk/orcid.ts";
import { grantsDegrees, isOrganization } from "../../src/crosswalk/organizations.ts";
import { relatorOf } from "../../src/crosswalk/relators.ts";

const only = (text: string) => {
  const { agents } = readAgent(text);
  expect(agents).toHaveLength(1);
  return agents[0];
};

describe("a name", () => {
  test("that nothing divides stays whole and is personal where it begins with a Vietnamese family name", () => {
    expect(only("Trần Thị Minh Nguyệt")).toEqual({ name: "Trần Thị Minh Nguyệt", nameType: "personal" });
    expect(only("John Smith")).toEqual({ name: "John Smith", nameType: "unknown" });
  });

  test.each([
    ["Nguyễn, Văn An", "Nguyễn", "Văn An"],
    ["Nguyễn Văn, An", "Nguyễn", "Văn An"],
    ["An, Nguyễn Văn", "Nguyễn", "Văn An"],
    ["Hà, Nguyễn Thị", "Nguyễn", "Thị Hà"],
    ["Smith, John", "Smith", "John"],
    ["Van Dyke, John", "Van Dyke", "John"],
    ["Press, John", "Press", "John"],
    ["NGUYỄN, VĂN ĐỨC", "NGUYỄN", "VĂN ĐỨC"],
  ])("divided by a comma is taken apart and stays as found: %s", (name, family, given) => {
    expect(only(name)).toEqual({ name, nameType: "personal", family, given });
  });

  test.each([
    ["PGS. TS. Nguyễn Văn An", "Nguyễn Văn An"],
    ["GS,TSKH Nguyễn Văn An", "Nguyễn Văn An"],
    ["Nguyễn, PGS.TS. Văn An", "Nguyễn, Văn An"],
    ["Nguyễn Văn An, PGS.TS.", "Nguyễn Văn An"],
    ["Phó Giáo sư, Tiến sĩ Nguyễn Văn An", "Nguyễn Văn An"],
    ["TT. Thích Nhật Từ", "Thích Nhật Từ"],
    ["Smith, John, PhD", "Smith, John"],
  ])("loses its titles: %s", (text, name) => {
    expect(only(text)?.name).toBe(name);
    expect(readAgent(text).flags).toEqual(["title-stripped"]);
  });

  test.each(["Ma Văn Kháng", "Cô Tô", "Bà Triệu", "Ông Ích Khiêm", "Thích Nhất Hạnh", "ThS"])(
    "keeps what only looks like a title: %s",
    (name) => {
      expect(only(name)?.name).toBe(name);
      expect(readAgent(name).flags).toEqual([]);
    },
  );

  test("with an affiliation behind a semicolon keeps the two apart", () => {
    expect(only("Nguyễn Văn An; Trường Đại học Vinh")).toEqual({
      name: "Nguyễn Văn An",
      nameType: "personal",
      affiliations: [{ name: "Trường Đại học Vinh" }],
    });
  });

  test.each([
    ["Nguyễn Văn A; Trần Thị B", ["Nguyễn Văn A", "Trần Thị B"]],
    ["Nguyễn Văn A, Trần Thị B, Lê Văn C", ["Nguyễn Văn A", "Trần Thị B", "Lê Văn C"]],
    ["TS. Nguyễn Văn A, ThS. Trần Thị B", ["Nguyễn Văn A", "Trần Thị B"]],
  ])("may be several: %s", (text, names) => {
    const { agents, flags } = readAgent(text);
    expect(agents.map(({ name }) => name)).toEqual(names);
    expect(flags).toContain("several-names");
  });

  test("may say that there were others", () => {
    for (const text of ["Nguyễn Văn A ... [et al.]", "Nguyễn Văn A và những người khác", "Nguyễn Văn A, et al."]) {
      expect(only(text)?.name).toBe("Nguyễn Văn A");
      expect(readAgent(text).flags).toEqual(["others"]);
    }
  });

  test.each(["Nhiều tác giả", "Khuyết danh", "Đang cập nhật", "  "])("%s is none", (text) => {
    expect(readAgent(text)).toEqual({ agents: [], role: null, flags: ["no-name"] });
  });

  test.each([
    ["Người hướng dẫn: TS. Lê Thị Hoa", "advisor", "ths"],
    ["Người hướng dẫn khoa học PGS.TS. Trần Thị Quý", "advisor", "ths"],
    ["Nguyễn Văn An (chủ biên)", "editor", "edt"],
    ["Nguyễn Văn An, chủ biên", "editor", "edt"],
    ["Trần Thị B [dịch]", "translator", "trl"],
    ["Hiệu đính: Lê Văn C", "reviser", "crr"],
    ["Nguyễn Văn An", null, "ctb"],
  ])("carries a role where words say it: %s", (text, role, relator) => {
    expect(readAgent(text).role).toBe(role);
    expect(relatorOf(role)).toBe(relator);
  });
});

describe("ORCID iDs", () => {
  // the example of ORCID's own documentation of the check digit, and one that ends in X
  test.each(["0000-0002-1825-0097", "0000-0002-1694-233X"])("%s is sound and leaves the name", (orcid) => {
    expect(only(`Lê Văn Hải (https://orcid.org/${orcid})`)).toEqual({
      name: "Lê Văn Hải",
      nameType: "personal",
      identifiers: [{ scheme: "ORCID", value: orcid }],
    });
  });

  test("with a wrong check digit is not kept", () => {
    expect(readAgent("Lê Văn Hải 0000-0002-1825-0098")).toEqual({
      agents: [{ name: "Lê Văn Hải", nameType: "personal" }],
      role: null,
      flags: ["invalid-orcid"],
    });
  });

  test("is not seen in longer numbers", () => {
    expect(findOrcid("10000-0002-1825-0097")).toBeNull();
    expect(findOrcid("0000-0002-1825-00971")).toBeNull();
  });
});

describe("bodies", () => {
  test.each([
    "Trường Đại học Thủy lợi",
    "Bộ Y tế",
    "UBND tỉnh Nghệ An",
    "University of Hue",
    "World Bank",
    "Ủy ban Dân tộc",
  ])("%s is one", (name) => {
    expect(isOrganization(name)).toBe(true);
    expect(only(name)?.nameType).toBe("organizational");
  });

  test.each(["Trường Chinh", "Bộ", "Đoàn Giỏi", "Vũ Trọng Phụng", "Bankole, Ade"])("%s is none", (name) => {
    expect(isOrganization(name)).toBe(false);
  });

  test.each([
    ["Trường Đại học Vinh", true],
    ["Học viện Ngân hàng", true],
    ["Hue University", true],
    ["Nxb. Giáo dục", false],
    ["Thư viện Quốc gia Việt Nam", false],
  ])("%s grants degrees: %s", (name, grants) => {
    expect(grantsDegrees(name)).toBe(grants);
  });
});
