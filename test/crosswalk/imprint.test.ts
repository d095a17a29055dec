import { describe, expect, test } from "vitest";
import { imprints } from "../../mappings/values.ts";

describe("places of imprints", () => {
  test.each([
    ["H.", "Hà Nội", "01"],
    ["H. :", "Hà Nội", "01"],
    ["[H.]", "Hà Nội", "01"],
    ["Hanoi", "Hà Nội", "01"],
    ["TP. Hồ Chí Minh", "Thành phố Hồ Chí Minh", "79"],
    ["Tp. HCM ;", "Thành phố Hồ Chí Minh", "79"],
    // the name of its time stays
    ["S.", "Sài Gòn", "79"],
    ["Quy Nhơn", "Quy Nhơn", "52"],
  ])("%s is %s, today in province %s", (text, name, province) => {
    expect(imprints().place(text)).toEqual({ name, province });
  });

  test.each(["[k.đ.]", "K.Đ.", "s.l", "[S.l.]"])("%s says that there is none", (text) => {
    expect(imprints().place(text)).toEqual({ name: null, province: null });
  });

  test.each(["Paris", "", "Hà Nội : Giáo dục"])("%j is in no table", (text) => {
    expect(imprints().place(text)).toBeNull();
  });
});

describe("publishers of imprints", () => {
  test.each([
    ["Nxb. Giáo dục", "Nhà xuất bản Giáo dục Việt Nam"],
    ["NXB GIÁO DỤC", "Nhà xuất bản Giáo dục Việt Nam"],
    ["Nhà xuất bản Giáo dục Việt Nam,", "Nhà xuất bản Giáo dục Việt Nam"],
    ["CTQG", "Nhà xuất bản Chính trị quốc gia Sự thật"],
    ["N.x.b. KH&KT", "Nhà xuất bản Khoa học và Kỹ thuật"],
    ["Văn hóa thông tin", "Nhà xuất bản Văn hóa - Thông tin"],
    ["NXBGD", "Nhà xuất bản Giáo dục Việt Nam"],
  ])("%s is %s", (text, name) => {
    expect(imprints().publisher(text)).toEqual({ name });
  });

  test.each(["k.nxb.", "[s.n.]", "s.n"])("%s says that there is none", (text) => {
    expect(imprints().publisher(text)).toEqual({ name: null });
  });

  test.each(["Springer", "Trường Đại học Vinh", ""])("%j is in no table", (text) => {
    expect(imprints().publisher(text)).toBeNull();
  });
});
