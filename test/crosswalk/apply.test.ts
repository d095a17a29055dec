import { describe, expect, test } from "vitest";
import { oaiDc } from "../../mappings/incoming/oai-dc/crosswalk.ts";
import { applyCrosswalk } from "../../src/crosswalk/apply.ts";
import { RECORD_FIELDS } from "../../src/record/common-record.ts";
import { XmlError } from "../../src/xml/errors.ts";
import { parseXml } from "../../src/xml/parse.ts";

const NAMESPACES =
  'xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"';
const OPEN = { uri: "http://purl.org/coar/access_right/c_abf2", label: "open access" };

function map(inner: string, defaultAccessRights: typeof OPEN | null = null) {
  const metadata = parseXml(`<oai_dc:dc ${NAMESPACES}>${inner}</oai_dc:dc>`);
  return applyCrosswalk(oaiDc, metadata, { identifier: "oai:example.org:1", defaultAccessRights });
}

describe("mapping a record", () => {
  test("gives every field of the common record", () => {
    expect(Object.keys(map("").record).sort()).toEqual([...RECORD_FIELDS].sort());
  });

  test("puts the header's identifier where the metadata has none, and says so", () => {
    const { record, issues } = map("<dc:title>A</dc:title>");
    expect(record.identifier).toEqual({ value: "oai:example.org:1", scheme: "OAI" });
    expect(issues).toContainEqual({
      code: "identifier-missing",
      severity: "info",
      field: "identifier",
      path: null,
      value: null,
    });
  });

  test("takes the declared default of access, without raw, and remarks on it", () => {
    const { record, issues } = map("<dc:title>A</dc:title>", OPEN);
    expect(record.accessRights).toEqual(OPEN);
    expect(issues.map(({ code }) => code)).toContain("access-rights-unknown");
  });

  test("never makes a record open by itself", () => {
    const { record } = map(
      "<dc:title>A</dc:title><dc:rights>https://creativecommons.org/licenses/by/4.0/</dc:rights><dc:identifier>https://example.org/a.pdf</dc:identifier>",
    );
    expect(record.accessRights).toBeNull();
  });

  test("a record without a title has an error, any other gap is a warning or less", () => {
    const severities = new Map(map("").issues.map(({ code, severity }) => [code, severity]));
    expect(severities.get("title-missing")).toBe("error");
    expect([...severities].filter(([code]) => code !== "title-missing").map(([, severity]) => severity)).not.toContain(
      "error",
    );
  });

  test("text that no field reads is kept with its place", () => {
    const { unmapped, issues } = map(
      "<dc:title>A</dc:title><dc:shelf> B 7 </dc:shelf><dc:shelf/><dc:shelf>C</dc:shelf>",
    );
    expect(unmapped).toEqual([
      { path: "/oai_dc:dc/dc:shelf[1]", value: "B 7" },
      { path: "/oai_dc:dc/dc:shelf[3]", value: "C" },
    ]);
    expect(issues.filter(({ code }) => code === "unmapped-element")).toHaveLength(2);
  });

  test("every value can be traced to its place", () => {
    const { trace } = map("<dc:title>A</dc:title><dc:title>B</dc:title><dc:language>vi; en</dc:language>");
    expect(trace()).toContainEqual({ field: "titles", index: 1, paths: ["/oai_dc:dc/dc:title[2]"] });
    expect(trace()).toContainEqual({ field: "languages", index: 1, paths: ["/oai_dc:dc/dc:language"] });
  });

  test("what is filled from the envelope has no place", () => {
    expect(
      map("<dc:title>A</dc:title>", OPEN)
        .trace()
        .map(({ field }) => field),
    ).toEqual(["titles"]);
  });

  test("long values are cut in issues", () => {
    const long = "x".repeat(500);
    const value = map(`<dc:language>${long}</dc:language>`).issues.find(
      ({ code }) => code === "unmatched-language",
    )?.value;
    expect(value).toHaveLength(300);
    expect(value?.endsWith("…")).toBe(true);
  });

  test("an element in a misspelt namespace counts as Dublin Core", () => {
    const metadata = parseXml('<dc xmlns="http://purl.org/dc/elements/1.1"><title>A</title></dc>');
    const { record } = applyCrosswalk(oaiDc, metadata, { identifier: "x", defaultAccessRights: null });
    expect(record.titles).toEqual([{ value: "A", type: "main" }]);
  });

  test("metadata of another format is refused", () => {
    const context = { identifier: "x", defaultAccessRights: null };
    expect(() => applyCrosswalk(oaiDc, parseXml("<mods><title>A</title></mods>"), context)).toThrow(XmlError);
  });
});

describe("e-mail addresses", () => {
  test.each([
    "creator",
    "contributor",
    "description",
    "rights",
    "title",
    "identifier",
    "subject",
    "publisher",
    "source",
    "relation",
  ])("never come through dc:%s, not even in a remark", (element) => {
    const { record, issues } = map(
      `<dc:${element}>Nguyễn Văn An (an.nv@example.edu.vn) mailto:b@example.org</dc:${element}>`,
    );
    expect(JSON.stringify([record, issues])).not.toMatch(/example\.(?:edu\.vn|org"|org\))|@/);
  });

  test("an at sign in the address of a page is none", () => {
    const url = "https://example.org/@nguyen/item?by=a@b.vn";
    expect(map(`<dc:identifier>${url}</dc:identifier>`).record.landingPage).toBe(url);
  });
});
