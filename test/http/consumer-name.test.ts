import { describe, expect, test } from "vitest";
import { consumerNameOf, nameAndVersionOf, productOf } from "../../src/http/consumer-name.ts";

/** A header as Node.js reads it: its bytes as Latin-1. */
const latin1 = (text: string | Buffer) => Buffer.from(text as string).toString("latin1");
const userAgent = (header: string) => consumerNameOf({ "user-agent": header }).userAgent;

describe("what a consumer says of itself", () => {
  test("is kept as it is", () => {
    const headers = { "user-agent": "Kho/1.2 (+https://kho.example.vn/)", from: "thuvien@kho.example.vn" };
    expect(consumerNameOf(headers)).toEqual({ userAgent: headers["user-agent"], contact: headers.from });
  });

  test("is empty where it says nothing", () => {
    expect(consumerNameOf({})).toEqual({ userAgent: "", contact: "" });
    expect(consumerNameOf({ "user-agent": " \t ", from: "" })).toEqual({ userAgent: "", contact: "" });
  });

  test("may be Vietnamese in UTF-8", () => {
    expect(userAgent(latin1("Máy-gặt/1.0 (Thư viện Huế)"))).toBe("Máy-gặt/1.0 (Thư viện Huế)");
  });

  test.each([
    ["NUL and other control characters", "a\u0000b\u001b[31mc\u007f", "a b [31mc"],
    ["line breaks and tabs", "a\r\nb\tc", "a b c"],
    ["what changes the direction of writing, and what cannot be seen", latin1("a\u202eb\u200bc\ufeffd"), "a b c d"],
    ["blanks of any kind, several", latin1(" a\u00a0\u3000 b "), "a b"],
    ["bytes that are no UTF-8", "a\u00ff\u00feb\u00c3", "a b"],
    ["surrogates", latin1(Buffer.from([0x61, 0xed, 0xa0, 0x80, 0x62])), "a b"],
  ])("is one line of what can be seen: %s", (_name, header, kept) => {
    expect(userAgent(header)).toBe(kept);
  });

  test("of 100 kB is cut, between characters", () => {
    expect(userAgent("a".repeat(100_000))).toHaveLength(160);
    const letters = userAgent(latin1("𝒦".repeat(25_000)));
    expect(letters).toBe("𝒦".repeat(160));
    expect(consumerNameOf({ from: `${"x".repeat(100_000)}@example.vn` }).contact).toHaveLength(100);
  });
});

test.each([
  ["lienthong/0.1.0 (+https://lienthong.vn)", "lienthong"],
  ["OAI-PMH_Harvester/2 perl", "OAI-PMH_Harvester"],
  ["curl", "curl"],
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/130.0", "Mozilla"],
  ["Mozilla/5.0 (compatible; BASE-Crawler/1.0; +https://base.example.org)", "BASE-Crawler"],
  ["Mozilla/4.0 (compatible; MSIE 6.0)", "MSIE"],
  ["<script>alert(1)</script>", ""],
  ["(others)", ""],
  ["http://spam.example/ cheap", ""],
  ["thuvien@kho.example.vn", ""],
  ["x".repeat(160), ""],
  ["Máy-gặt/1.0", ""],
  ["", ""],
])("the program behind %s is %s", (header, product) => {
  expect(productOf(header)).toBe(product);
});

test.each([
  ["lienthong/0.1.0 (+https://lienthong.vn)", "lienthong/0.1.0"],
  ["Mozilla/5.0 (compatible; BASE-Crawler/1.0; +https://base.example.org)", "BASE-Crawler/1.0"],
  ["Mozilla/5.0 (X11; Linux x86_64)", "Mozilla/5.0"],
  ["Máy gặt 2 của Huế", "Máy gặt 2 của Huế"],
  ["(others)", "(others)"],
])("with its version, %s is %s", (header, name) => {
  expect(nameAndVersionOf(header)).toBe(name);
});
