import { describe, expect, test } from "vitest";
import { decodeXml } from "../../src/xml/decode.ts";
import { collect } from "../support/collect.ts";

async function* pieces(bytes: Buffer, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function decode(bytes: Buffer, httpCharset: string | null = null, size = 7): Promise<string> {
  return (await collect(decodeXml(pieces(bytes, size), httpCharset))).join("");
}

const TEXT = "<a>Trường Đại học Cần Thơ — luận án</a>";

describe("decodeXml", () => {
  test.each([
    ["UTF-8 without any hint", Buffer.from(TEXT), null],
    ["UTF-8 with a byte order mark", Buffer.from(`\ufeff${TEXT}`), null],
    [
      "UTF-8 although the server says ISO-8859-1, where the declaration says UTF-8",
      Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>${TEXT}`),
      "iso-8859-1",
    ],
    ["UTF-16LE with a byte order mark", Buffer.from(`\ufeff${TEXT}`, "utf16le"), "utf-8"],
    ["UTF-16BE with a byte order mark", Buffer.from(`\ufeff${TEXT}`, "utf16le").swap16(), null],
    ["UTF-16LE without one", Buffer.from(TEXT, "utf16le"), null],
  ])("reads %s", async (_, bytes, charset) => {
    expect((await decode(bytes, charset)).replace(/^<\?xml.*?\?>/, "")).toBe(TEXT);
  });

  test("reads what the HTTP header names where nothing else tells", async () => {
    expect(await decode(Buffer.from("<a>caf\u00e9</a>", "latin1"), "iso-8859-1")).toBe("<a>café</a>");
  });

  test("reads the dashes and quotes of windows-1252, whatever the length of the document", async () => {
    const declared = '<?xml version="1.0" encoding="windows-1252"?>';
    for (const times of [1, 1_000]) {
      const body = Buffer.concat(Array.from({ length: times }, () => Buffer.of(0x93, 0xe9, 0x96, 0x94)));
      expect(await decode(Buffer.concat([Buffer.from(declared), body]))).toBe(declared + "“é–”".repeat(times));
    }
  });

  test.each(["iso-8859-1", "us-ascii", "windows-1252", "windows-1258", "UTF8MB4"])(
    "reads UTF-8 as such although %s is declared, however it is cut into pieces",
    async (charset) => {
      const declared = `<?xml version="1.0" encoding="${charset}"?>`;
      for (const filler of [0, 2_000]) {
        const text = `${declared}${"x".repeat(filler)}${TEXT}`;
        for (const size of [1, 2, 3, 7, 5_000]) expect(await decode(Buffer.from(text), null, size)).toBe(text);
      }
    },
  );

  test("reads what is declared where the bytes are no UTF-8, however it is cut into pieces", async () => {
    const declared = '<?xml version="1.0" encoding="iso-8859-1"?>';
    const bytes = Buffer.from(`${declared}${"x".repeat(2_000)}<a>déjà vu, caf\u00e9</a>`, "latin1");
    for (const size of [1, 2, 3, 7, 5_000]) expect(await decode(bytes, null, size)).toBe(bytes.toString("latin1"));
    const short = Buffer.from(`${declared}<a>caf\u00e9`, "latin1");
    expect(await decode(short, null, 1)).toBe(short.toString("latin1"));
  });

  test("finds the declaration behind what a server printed before it", async () => {
    const warning = "<br />\n<b>Warning</b>: headers already sent in <b>/oai.php</b> on line <b>7</b><br />\n";
    const document = `${warning}<?xml version="1.0" encoding="iso-8859-1"?><a>déjà vu, caf\u00e9</a>`;
    for (const size of [1, 5_000]) expect(await decode(Buffer.from(document, "latin1"), null, size)).toBe(document);
    const many = warning.repeat(30) + document;
    expect(await decode(Buffer.from(many, "latin1"), null, 1_000)).toBe(many);
  });

  test.each([
    ["a quoted one", `<a xmlns="urn:a"><x>&lt;</x><?xml version="1.0" encoding="klingon"?></a>`],
    ["one in a CDATA section", `<a><![CDATA[<?xml version="1.0" encoding="klingon"?>]]></a>`],
    ["the second one", `<?xml version="1.0"?><?xml version="1.0" encoding="klingon"?><a/>`],
    ["one with a name that only begins like it", `<?xml-stylesheet href="a" encoding="klingon"?><a/>`],
    ["an attribute of the root", `<?xml version="1.0"?><a encoding="klingon"/>`],
  ])("does not take %s for the declaration of the document", async (_, document) => {
    // Latin-1 on purpose: what the header says must count, and not that the bytes happen to be UTF-8
    const bytes = Buffer.from(`${document}caf\u00e9`, "latin1");
    expect(await decode(bytes, "iso-8859-1")).toBe(`${document}caf\u00e9`);
  });

  test("does not believe in UTF-16 that is written in single bytes", async () => {
    const declared = `<?xml version="1.0" encoding="UTF-16"?>${TEXT}`;
    expect(await decode(Buffer.from(declared))).toBe(declared);
  });

  test("keeps characters whole across pieces of any size", async () => {
    for (const size of [1, 2, 3, 1_000, 5_000])
      expect(await decode(Buffer.from(TEXT.repeat(100)), null, size)).toBe(TEXT.repeat(100));
  });

  test("names an encoding that nobody knows", async () => {
    await expect(
      decode(Buffer.from(`<?xml version="1.0" encoding="klingon"?><a>\u00e9</a>`, "latin1")),
    ).rejects.toThrow(/"klingon"/);
  });
});
