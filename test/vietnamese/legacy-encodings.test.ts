import { describe, expect, test } from "vitest";
import { readRows } from "../../mappings/tables.ts";
import { decodeText, LEGACY_ENCODINGS, type LegacyEncoding } from "../../src/vietnamese/legacy-encodings.ts";
import { TCVN3 } from "../../src/vietnamese/tcvn3.ts";
import { decodeViqr } from "../../src/vietnamese/viqr.ts";
import { VISCII } from "../../src/vietnamese/viscii.ts";
import { decodeVni } from "../../src/vietnamese/vni.ts";

function decode(name: LegacyEncoding["name"], text: string): string {
  const encoding = LEGACY_ENCODINGS.find((each) => each.name === name);
  if (encoding === undefined) throw new Error(`there is no encoding ${name}`);
  return decodeText(text, encoding);
}

describe("the tables", () => {
  test("TCVN3: every letter by what its byte looks like", () => {
    const rows = readRows("tcvn3");
    expect(rows).toHaveLength(74);
    for (const row of rows)
      expect([row.byte_hex, TCVN3.get(row.seen_as_windows1252 ?? "")]).toEqual([row.byte_hex, row.unicode]);
    // beside the rows: the minus sign and the mu that their notes tell of
    expect(TCVN3.size).toBe(rows.length + 2);
  });

  test("VISCII: every letter as windows-1252 and as ISO 8859-1 show its byte, but for those that are control characters", () => {
    const rows = readRows("viscii").filter(({ byte_hex = "" }) => Number.parseInt(byte_hex, 16) >= 0x80);
    expect(rows).toHaveLength(128);
    for (const { byte_hex = "", seen_as_windows1252 = "", unicode } of rows) {
      const byte = String.fromCharCode(Number.parseInt(byte_hex, 16));
      expect([byte_hex, VISCII.get(seen_as_windows1252), VISCII.get(byte)]).toEqual([byte_hex, unicode, unicode]);
    }
  });

  test("VNI: every letter of one and of two characters", () => {
    const rows = readRows("vni");
    expect(rows).toHaveLength(192);
    for (const { seen_as_windows1252 = "", unicode } of rows) expect(decodeVni(seen_as_windows1252)).toBe(unicode);
  });

  test("VIQR: every letter", () => {
    const rows = readRows("viqr");
    expect(rows).toHaveLength(135);
    for (const { viqr = "", unicode } of rows) expect(decodeViqr(viqr)).toBe(unicode);
  });
});

describe("TCVN3", () => {
  test.each([
    ["soft hyphen", "th\u00ad môc", "thư mục"],
    ["minus sign", "th\u2212 môc", "thư mục"],
    ["hyphen", "Tr-êng th- viÖn n-íc", "Trường thư viện nước"],
    ["twice in a word", "T- t-ëng gi÷a Hµ-Néi", "Tư tưởng giữa Hà-Nội"],
    ["a hyphen between words", "Hµ Néi-Th-îng H¶i", "Hà Nội-Thượng Hải"],
  ])("ư as a %s", (_, text, expected) => {
    expect(decode("tcvn3", text)).toBe(expected);
  });

  test("more hyphens than words have are a list", () => {
    expect(decode("tcvn3", "a-b-c-d-®Êt-n")).toBe("a-b-c-d-đất-n");
  });

  test.each([
    ["TR¦êNG §¹I HäC N¤NG NGHIÖP", "TRƯỜNG ĐẠI HỌC NÔNG NGHIỆP"],
    ["Bé GI¸O DôC Vµ §µO T¹O", "BỘ GIÁO DỤC VÀ ĐÀO TẠO"],
    ["TR¦êNG §¹I HäC S¦ PH¹M Hµ NéI", "TRƯỜNG ĐẠI HỌC SƯ PHẠM HÀ NỘI"],
    ["Hµ Néi vµ UBND tØnh Hµ Nam", "Hà Nội và UBND tỉnh Hà Nam"],
    ["NXB Hµ Néi", "NXB Hà Nội"],
    ["chuÈn MARC 21 ë ViÖt Nam", "chuẩn MARC 21 ở Việt Nam"],
    ["§HQG Hµ Néi", "ĐHQG Hà Nội"],
  ])("capitals come back with the words around: %s", (text, expected) => {
    expect(decode("tcvn3", text)).toBe(expected);
  });

  test.each([
    ["© 2009 §¹i häc, 50 × 60, 5µm", "© 2009 Đại học, 50 × 60, 5µm"],
    ["phÇn mÒm Windows®", "phần mềm Windows®"],
    ["«Th\u00ad viÖn» l¹ qu¸", "«Thư viện» lạ quá"],
    ["« nhiÔm m«i tr\u00adêng b»ng n\u00adíc", "ô nhiễm môi trường bằng nước"],
    ["« Th\u00ad viÖn »", "« Thư viện »"],
    ["¶ RËp, £ §ª, ¸ kh«i", "ả Rập, Ê Đê, á khôi"],
  ])("signs and letters: %s", (text, expected) => {
    expect(decode("tcvn3", text)).toBe(expected);
  });
});

describe("VNI", () => {
  test("takes two characters for a letter before one", () => {
    expect(decode("vni", "nöôùc, öù, ö, ôû, ñöôøng")).toBe("nước, ứ, ư, ở, đường");
  });

  test("a small vowel has small marks", () => {
    expect(decodeVni("aØ Aø AØ")).toBe("aØ À À");
  });
});

describe("VISCII", () => {
  test("signs around words are none of them, the bullet is ở", () => {
    expect(decode("viscii", "“Thß vi®n” · nß¾c ta")).toBe("“Thư viện” ở nước ta");
  });

  test("a power is none of its letters, a syllable is", () => {
    expect(decode("viscii", "hÕt/m³, R² ch² nào")).toBe("hạt/m³, R² chỗ nào");
  });

  test("a blank that does not break stays one", () => {
    expect(decode("viscii", "Thß\u00a0vi®n")).toBe("Thư\u00a0viện");
  });
});

// RFC 1456, section 3
describe("VIQR", () => {
  test.each([
    ["Thu+ vie^.n Quo^'c gia", "Thư viện Quốc gia"],
    ["DDa.i ho.c To^?ng ho+.p", "Đại học Tổng hợp"],
    ["Kha(?ng ddi.nh.", "Khẳng định."],
    ["gia^'y. Bo^.. La`m sao?", "giấy. Bộ. Làm sao?"],
    ["a\\. b\\^", "a. b^"],
  ])("%s", (text, expected) => {
    expect(decode("viqr", text)).toBe(expected);
  });
});
