import { describe, expect, test } from "vitest";
import { dspaceDim } from "../../mappings/incoming/dspace-dim/crosswalk.ts";
import { marc21 } from "../../mappings/incoming/marc21/crosswalk.ts";
import { oaiDc } from "../../mappings/incoming/oai-dc/crosswalk.ts";
import { crosswalkOfRules, mappingRules } from "../../mappings/rules.ts";
import { applyCrosswalk } from "../../src/crosswalk/apply.ts";
import { readQuerySet } from "../../src/query/query-set.ts";
import { type Overrides, overrideComplaints } from "../../src/record/overrides.ts";
import { parseXml } from "../../src/xml/parse.ts";

const MASTER = "http://purl.org/coar/resource_type/c_bdcc";
const DOCTORAL = "http://purl.org/coar/resource_type/c_db06";
const RESTRICTED = "http://purl.org/coar/access_right/c_16ec";

function mapDc(inner: string, overrides: Overrides | null) {
  const metadata = parseXml(
    `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>LA</dc:title>${inner}</oai_dc:dc>`,
  );
  return applyCrosswalk(oaiDc, metadata, { identifier: "oai:x:1", defaultAccessRights: null, overrides });
}

function mapDim(
  fields: readonly (readonly [element: string, qualifier: string, text: string])[],
  overrides: Overrides,
) {
  const inner = fields.map(
    ([element, qualifier, text]) =>
      `<dim:field mdschema="dc" element="${element}" qualifier="${qualifier}">${text}</dim:field>`,
  );
  const metadata = parseXml(
    `<dim:dim xmlns:dim="http://www.dspace.org/xmlns/dspace/dim"><dim:field mdschema="dc" element="title">A</dim:field>${inner.join("")}</dim:dim>`,
  );
  return applyCrosswalk(dspaceDim, metadata, { identifier: "oai:x:1", defaultAccessRights: null, overrides });
}

describe("the words of a repository", () => {
  const words: Overrides = { values: { resourceType: { LA: DOCTORAL, "Sách thư viện": MASTER } } };

  test("mean what it says they mean, where the table says otherwise", () => {
    const { record } = mapDc("<dc:type>LA</dc:type>", { values: { resourceType: { LA: MASTER } } });
    expect(record.resourceType).toMatchObject({ uri: MASTER, raw: "LA" });
    expect(record.thesis).toMatchObject({ level: "master" });
  });

  test("are left alone in fields that do not read the vocabulary", () => {
    expect(mapDc("<dc:type>LA</dc:type>", words).record.titles).toEqual([{ value: "LA", type: "main" }]);
  });

  test("are no longer unmatched, and the trace names the override and the place", () => {
    const inner = "<dc:type> Sách thư viện </dc:type>";
    expect(mapDc(inner, null).issues.map(({ code }) => code)).toContain("unmatched-type");
    const { record, issues, trace } = mapDc(inner, words);
    expect(issues.map(({ code }) => code)).not.toContain("unmatched-type");
    expect(record.resourceType?.raw).toBe("Sách thư viện");
    expect(trace()).toContainEqual({
      field: "resourceType",
      index: 0,
      paths: ["/oai_dc:dc/dc:type"],
      override: "value",
    });
  });

  test("cover languages and access rights, and leave the remarks on other words as they are", () => {
    const overrides: Overrides = {
      values: { languages: { "Tiếng phổ thông": "vie" }, accessRights: { "Lưu hành nội bộ": RESTRICTED } },
    };
    const { record, issues } = mapDc(
      "<dc:language>Tiếng phổ thông</dc:language><dc:language>Klingonese</dc:language><dc:rights>Lưu hành nội bộ</dc:rights>",
      overrides,
    );
    expect(record.languages).toEqual(["vie"]);
    expect(record.accessRights).toMatchObject({ uri: RESTRICTED, raw: "Lưu hành nội bộ" });
    expect(issues).toContainEqual(expect.objectContaining({ code: "unmatched-language", value: "Klingonese" }));
  });

  test("change nothing in a record that has none of them", () => {
    const inner = "<dc:type>article</dc:type><dc:language>vi</dc:language>";
    // functions are never equal
    const without = { trace: null, texts: null };
    expect({ ...mapDc(inner, words), ...without }).toEqual({ ...mapDc(inner, null), ...without });
  });
});

describe("defaults of a repository", () => {
  const defaults: Overrides = {
    defaults: {
      languages: ["vie"],
      publishers: ["Trường Đại học Thủy lợi"],
      license: "https://creativecommons.org/licenses/by/4.0/",
    },
  };

  test("stand where the record says nothing, and the trace says so", () => {
    const { record, trace } = mapDc("", defaults);
    expect(record.languages).toEqual(["vie"]);
    expect(record.publishers).toEqual([{ name: "Trường Đại học Thủy lợi" }]);
    expect(record.license).toEqual({ uri: "https://creativecommons.org/licenses/by/4.0/" });
    expect(trace()).toContainEqual({ field: "publishers", index: 0, paths: [], override: "default" });
  });

  test("give way to what the record says", () => {
    const { record } = mapDc("<dc:language>en</dc:language><dc:publisher>Nhà xuất bản Trẻ</dc:publisher>", defaults);
    expect(record.languages).toEqual(["eng"]);
    expect(record.publishers).toMatchObject([{ name: "Nhà xuất bản Trẻ" }]);
  });
});

describe("the preferred element of a repository", () => {
  test("decides where several could", () => {
    const dates = [
      ["date", "issued", "2019"],
      ["date", "created", "2011"],
    ] as const;
    expect(mapDim(dates, {}).record.issued?.value).toBe("2019");
    const { record, trace } = mapDim(dates, { preferences: { issued: ["dc.date.created"] } });
    expect(record.issued?.value).toBe("2011");
    expect(trace()).toContainEqual({
      field: "issued",
      index: 0,
      paths: ["dc.date.created"],
      override: "preference",
    });
  });

  test("gives way to the next, and then to what the crosswalk reads, where it is missing or says nothing", () => {
    const dates = [
      ["date", "issued", "2019"],
      ["date", "created", "không rõ"],
    ] as const;
    const overrides = { preferences: { issued: ["dc.date.submitted", "dc.date.created"] } };
    expect(mapDim(dates, overrides).record.issued?.value).toBe("2019");
  });

  test("is named in MARC by field and subfield", () => {
    const field = (tag: string, year: string) =>
      `<datafield tag="${tag}" ind1=" " ind2="1"><subfield code="c">${year}</subfield></datafield>`;
    const record = parseXml(
      `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 a 4500</leader>${field("260", "1998")}${field("264", "2001")}</record>`,
    );
    const issued = (overrides: Overrides | null) =>
      applyCrosswalk(marc21, record, { identifier: "oai:x:1", defaultAccessRights: null, overrides }).record.issued
        ?.value;
    expect(issued(null)).toBe("2001");
    expect(issued({ preferences: { issued: ["260$c"] } })).toBe("1998");
  });
});

describe("overrides are checked", () => {
  test("sound ones pass", () => {
    const overrides: Overrides = {
      values: { resourceType: { LA: DOCTORAL }, languages: { VN: "vie" }, accessRights: { "": RESTRICTED } },
      defaults: { languages: ["vie"] },
      preferences: { issued: ["dc.date.issued", "dc:date"] },
    };
    expect(overrideComplaints(overrides)).toEqual([]);
  });

  test.each([
    [{ value: {} }, "overrides: value is unknown; known are values, defaults, preferences"],
    [{ values: { types: {} } }, "overrides: values.types is unknown; known are resourceType, languages, accessRights"],
    [
      { values: { resourceType: { "Luận án": "thesis" } } },
      /^overrides: values\.resourceType\."Luận án" must be a URI of COAR/,
    ],
    [{ defaults: { languages: ["vi"] } }, "overrides: defaults.languages.0 must be a code of ISO 639-3, e.g. vie"],
    [{ preferences: { date: ["dc:date"] } }, /^overrides: preferences\.date is unknown; known are identifier,/],
    [["LA"], /^overrides must be/],
  ])("%j is refused by key and place", (value, complaint) => {
    const complaints = overrideComplaints(value);
    expect(complaints).toHaveLength(1);
    expect(complaints[0]).toMatch(complaint);
  });
});

describe("the rules that map a record", () => {
  const repository = { default_access_rights: null, overrides: null, province_code: null, library_type: null };

  test("name the crosswalk and its version", () => {
    const rules = mappingRules(oaiDc, repository, []);
    expect(rules).toMatch(new RegExp(`^oai-dc@${oaiDc.version}\\+[0-9a-f]{16}$`));
    expect(crosswalkOfRules(rules)).toBe("oai-dc");
  });

  test("change with the version, the overrides, the default access right and what decides the sets, and with nothing else", () => {
    const overrides: Overrides = { values: { languages: { VN: "vie", EN: "eng" } } };
    const setsOf = (condition: string) => [readQuerySet({ setSpec: "query:x", conditions: [condition] })];
    const turned: Overrides = { values: { languages: { EN: "eng", VN: "vie" } } };
    const all = [
      mappingRules(oaiDc, repository, []),
      mappingRules({ ...oaiDc, version: oaiDc.version + 1 }, repository, []),
      mappingRules(oaiDc, { ...repository, overrides }, []),
      mappingRules(oaiDc, { ...repository, default_access_rights: RESTRICTED }, []),
      mappingRules(oaiDc, { ...repository, province_code: "79" }, []),
      mappingRules(oaiDc, { ...repository, library_type: "university" }, []),
      mappingRules(oaiDc, repository, setsOf("title=Mê Kông")),
      mappingRules(oaiDc, repository, setsOf("title=Cửu Long")),
    ];
    expect(new Set(all.map((rules) => rules.split("+")[1])).size).toBe(8);
    expect(mappingRules(oaiDc, { ...repository, overrides: turned }, [])).toBe(all[2]);
  });
});
