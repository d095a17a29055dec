import { describe, expect, test } from "vitest";
import { parseXml } from "../../src/xml/parse.ts";
import { repairXml } from "../../src/xml/repair.ts";

const DC = 'xmlns:dc="http://purl.org/dc/elements/1.1/"';

describe("repairXml", () => {
  test.each([
    ["a control character", "<a>THƯ\u0008 VIỆN</a>", "<a>THƯ VIỆN</a>", "forbidden-character"],
    ["a form feed, which parts words", "<a>chương\u000c1</a>", "<a>chương 1</a>", "forbidden-character"],
    ["a reference to a control character", "<a>x&#8;&#x1F;y</a>", "<a>xy</a>", "forbidden-character"],
    ["a reference beyond Unicode", "<a>x&#x110000;y</a>", "<a>xy</a>", "forbidden-character"],
    ["an ampersand that begins nothing", "<a>R&D & co</a>", "<a>R&amp;D &amp; co</a>", "bare-ampersand"],
    ["an entity of HTML", "<a>&nbsp;&eacute;</a>", "<a>&amp;nbsp;&amp;eacute;</a>", "undeclared-entity"],
    ["a less-than sign in prose", "<a>p < 0,05 và <5%</a>", "<a>p &lt; 0,05 và &lt;5%</a>", "bare-less-than"],
    [
      "a prefix that nobody declared",
      "<r><dc:title>x</dc:title></r>",
      `<r ${DC}><dc:title>x</dc:title></r>`,
      "undeclared-prefix",
    ],
    [
      "an attribute's prefix that nobody knows",
      '<r foo:bar="1"/>',
      '<r xmlns:foo="urn:undeclared:foo" foo:bar="1"/>',
      "undeclared-prefix",
    ],
  ])("mends %s and says so", (_, broken, mended, kind) => {
    expect(() => parseXml(broken)).toThrow();
    expect(repairXml(broken)).toEqual({ text: mended, repairs: [kind] });
    expect(() => parseXml(mended)).not.toThrow();
  });

  test.each([
    `<r ${DC}><dc:title>Luận văn &amp; luận án &#7901; &#x1EDD; &lt;1%</dc:title></r>`,
    "<a><![CDATA[R&D < &nbsp; ]]></a>",
    "<a><!-- R&D < --></a>",
    '<a xml:lang="vi">x</a>',
  ])("leaves %s as it is", (sound) => {
    expect(repairXml(sound)).toEqual({ text: sound, repairs: [] });
  });

  test("takes half a surrogate pair out, although parsers let it through", () => {
    expect(repairXml("<a>x\ud83dy 😀</a>")).toEqual({ text: "<a>xy 😀</a>", repairs: ["forbidden-character"] });
  });

  test("names everything that it did", () => {
    expect(new Set(repairXml("<a>\u0001 & &nbsp; < <dc:b/></a>").repairs)).toEqual(
      new Set(["forbidden-character", "bare-ampersand", "undeclared-entity", "bare-less-than", "undeclared-prefix"]),
    );
  });

  test("mends its own result no further", () => {
    const once = repairXml("<a>\u0001 & &nbsp; < <dc:b/></a>").text;
    expect(repairXml(once)).toEqual({ text: once, repairs: [] });
  });
});
