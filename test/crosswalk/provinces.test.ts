import { describe, expect, test } from "vitest";
import { readRows } from "../../mappings/tables.ts";
import { provinces } from "../../mappings/values.ts";

const BEFORE = "2025-06-30";
const SINCE = "2025-07-01";

describe("the provinces of Vietnam", () => {
  // 63 up to 30 June 2025 and 34 since (resolution 202/2025/QH15)
  test("are 63 before the merger and 34 after it", () => {
    const codes = readRows("provinces").map(({ gso_code = "" }) => gso_code);
    const count = (day: string) => new Set(codes.filter((code) => provinces().byCode(code, day) !== null)).size;
    expect([count(BEFORE), count(SINCE)]).toEqual([63, 34]);
  });

  test.each([
    ["15", "Yên Bái", "Lào Cai"],
    ["24", "Bắc Giang", "Bắc Ninh"],
    ["44", "Quảng Bình", "Quảng Trị"],
    ["52", "Bình Định", "Gia Lai"],
    ["80", "Long An", "Tây Ninh"],
    ["82", "Tiền Giang", "Đồng Tháp"],
    ["91", "Kiên Giang", "An Giang"],
  ])("code %s was %s and is %s", (code, before, since) => {
    expect(provinces().byCode(code, BEFORE)?.name).toBe(before);
    expect(provinces().byCode(code, SINCE)?.name).toBe(since);
  });

  test("a year counts as its first day", () => {
    expect(provinces().byCode("15", "2025")?.name).toBe("Yên Bái");
    expect(provinces().byCode("15", "2026")?.name).toBe("Lào Cai");
  });

  test("a merged province says where its land belongs today", () => {
    expect(provinces().byName("Hà Giang", BEFORE)).toEqual({
      code: "02",
      name: "Hà Giang",
      type: "Tỉnh",
      iso3166: "VN-03",
      region: "Đông Bắc Bộ",
      today: { code: "08", name: "Tuyên Quang" },
    });
    expect(provinces().byName("Hà Giang", SINCE)).toBeNull();
    expect(provinces().everNamed("Hà Giang")?.today.name).toBe("Tuyên Quang");
  });

  test("one that is there in both periods is found as it is today", () => {
    expect(provinces().everNamed("Hà Nội")).toMatchObject({ iso3166: null, region: null, today: { code: "01" } });
  });

  test.each([
    ["Tỉnh Nghệ An", "Nghệ An"],
    ["TỈNH HÀ TĨNH", "Hà Tĩnh"],
    ["Thành phố Đà Nẵng", "Đà Nẵng"],
    ["TP. HCM", "Hồ Chí Minh"],
    ["Hoà Bình", "Hòa Bình"],
    ["Thua Thien Hue", "Huế"],
    ["Daklak", "Đắk Lắk"],
  ])("%s is %s", (text, name) => {
    expect(provinces().everNamed(text)?.name).toBe(name);
  });

  test.each(["Paris", "", "tỉnh", "99"])("%j is none", (text) => {
    expect(provinces().everNamed(text)).toBeNull();
    expect(provinces().byCode(text, SINCE)).toBeNull();
  });

  test("every province of before leads to one of today", () => {
    for (const { gso_code = "", period } of readRows("provinces").filter((row) => row.period === "2022")) {
      const today = provinces().byCode(gso_code, BEFORE)?.today;
      expect([period, gso_code, provinces().byCode(today?.code ?? "", SINCE)?.name]).toEqual([
        period,
        gso_code,
        today?.name,
      ]);
    }
  });
});
