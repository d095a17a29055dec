import { describe, expect, test } from "vitest";
import { parseDocument } from "../../src/xml/document.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { XmlError } from "../../src/xml/errors.ts";
import { parseXml } from "../../src/xml/parse.ts";

const DOCUMENT = `<a xmlns="urn:a" xmlns:b="urn:b"><b:c b:d="1" e="2">x &amp; y<![CDATA[ <z> ]]></b:c>tail<c/><c>2</c></a>`;

/** Both parsers, the strict one for records and the other for small documents, must agree on what is well-formed. */
const PARSERS = [
  ["parseXml", async (text: string) => parseXml(text)],
  ["parseDocument", parseDocument],
] as const;

describe.each(PARSERS)("%s", (_, parse) => {
  test("resolves names, replaces entities and keeps the order", async () => {
    const root = await parse(DOCUMENT);
    expect([root.local, root.namespace]).toEqual(["a", "urn:a"]);
    const [first, second, third] = root.elements;
    expect([first?.name, first?.local, first?.namespace]).toEqual(["b:c", "c", "urn:b"]);
    expect(first?.text).toBe("x & y <z> ");
    expect(first?.attribute("d")).toBe("1");
    expect(first?.attributes.map(({ local, namespace }) => [local, namespace])).toEqual([
      ["d", "urn:b"],
      ["e", ""],
    ]);
    expect([second?.text, third?.text]).toEqual(["", "2"]);
    expect(root.text).toBe("x & y <z> tail2");
  });

  test("says where an element stands, as a person would", async () => {
    const paths = (await parse(DOCUMENT)).elements.map((element: XmlElement) => element.path);
    expect(paths).toEqual(["/a/b:c", "/a/c[1]", "/a/c[2]"]);
  });

  test.each([
    ["a DOCTYPE with entities", `<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>`],
    ["a control character", "<a>\u0008</a>"],
    ["an element that is not closed", "<a><b></a>"],
    ["an undeclared prefix", "<x:a/>"],
    ["nothing", ""],
    ["plain text", "hello"],
  ])("refuses %s", async (_what, text) => {
    await expect(parse(text)).rejects.toThrow(XmlError);
  });
});

test("an entity that only HTML knows is refused in a record and forgiven in a small document", async () => {
  expect(() => parseXml("<a>caf&eacute;</a>")).toThrow(XmlError);
  expect((await parseDocument("<a>caf&eacute;</a>")).text).toBe("café");
});

test("parseXml refuses depth that only an attack has", () => {
  const deep = `${"<a>".repeat(300)}${"</a>".repeat(300)}`;
  expect(() => parseXml(deep)).toThrow(/nested deeper/);
});

test("parseXml names the line", () => {
  expect(() => parseXml("<a>\n\n<b></a>")).toThrow(/line 3/);
});
