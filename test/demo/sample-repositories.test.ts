import ISBN from "isbn3";
import { describe, expect, test } from "vitest";
import { DISCIPLINES } from "../../src/demo/disciplines.ts";
import { sampleRepositories } from "../../src/demo/sample-repositories.ts";
import type { SampleItem, SampleRepository } from "../../src/demo/sample-repository.ts";
import { WRITTEN_THESES } from "../../src/demo/written-theses.ts";

const samples = sampleRepositories();
const [theses, journal, catalogue] = samples as [SampleRepository, SampleRepository, SampleRepository];
const live = ({ items }: SampleRepository) => items.filter(({ deleted }) => !deleted);

/** The texts of one element in the records of a repository, record by record. */
function texts(sample: SampleRepository, element: string, prefix = "oai_dc"): string[][] {
  const pattern = new RegExp(`<${element}(?: [^>]*)?>([^<]*)</`, "g");
  return live(sample).map((item) => [...(item.metadata[prefix] ?? "").matchAll(pattern)].map(([, text = ""]) => text));
}

/** The values of a MARC subfield, record by record. */
function subfields(tag: string, code: string): string[][] {
  const field = new RegExp(`<datafield tag="${tag}"[^>]*>(.*?)</datafield>`, "g");
  const subfield = new RegExp(`<subfield code="${code}">([^<]*)</subfield>`, "g");
  return live(catalogue).map(({ metadata }) =>
    [...(metadata.marcxml ?? "").matchAll(field)].flatMap(([, content = ""]) =>
      [...content.matchAll(subfield)].map(([, value = ""]) => value),
    ),
  );
}

const metadataOf = (item: SampleItem) => Object.values(item.metadata);

describe("the samples", () => {
  test("are the same every time", () => {
    expect(sampleRepositories()).toEqual(samples);
  });

  test("are written in composed Vietnamese (NFC), without broken or control characters", () => {
    for (const text of samples.flatMap(({ items }) => items.flatMap(metadataOf))) {
      expect(text.normalize("NFC")).toBe(text);
      expect(text).not.toMatch(/[^\P{Cc}\n]|\ufffd/u);
    }
  });

  test("describe no work twice within one repository", () => {
    for (const sample of samples) {
      const titles = texts(sample, "dc:title").map(([first]) => first);
      expect(new Set(titles).size).toBe(titles.length);
    }
  });

  test("have datestamps of their repository's granularity, none in the future of anybody's clock", () => {
    for (const { items, granularity } of samples) {
      const shape = granularity.replace(/[A-Zhms](?=.)/g, (letter) => (letter === "T" ? "T" : "9"));
      const form = new RegExp(`^${shape.replaceAll("9", "\\d").replace(/D$/, "\\d").replace(/Z$/, "Z")}$`);
      for (const { datestamp } of items) {
        expect(datestamp).toMatch(form);
        expect(datestamp < "2025-11-01").toBe(true);
      }
    }
  });

  test("point to no real host: every address is reserved for examples, private, or of a public vocabulary", () => {
    const allowed =
      /^(?:[\w.-]+\.)?(?:example(?:\.edu)?\.vn|creativecommons\.org|openarchives\.org|purl\.org|w3\.org|loc\.gov)$/;
    for (const text of samples.flatMap(({ items }) => items.flatMap(metadataOf))) {
      for (const [url] of text.matchAll(/https?:\/\/[^\s"<]+/g)) {
        expect(new URL(url).hostname.replace(/^192\.168\.10\.5$/, "example.vn")).toMatch(allowed);
      }
    }
  });
});

describe("the university's DSpace", () => {
  test("names items by handle and puts each into a community and a collection", () => {
    for (const { identifier, setSpecs } of theses.items) {
      expect(identifier).toMatch(/^oai:repository\.example\.edu\.vn:123456789\/\d+$/);
      expect(setSpecs).toEqual([
        expect.stringMatching(/^com_123456789_\d+$/),
        expect.stringMatching(/^col_123456789_\d+$/),
      ]);
    }
  });

  test("writes accession and availability before the year of the thesis, which is no later", () => {
    for (const dates of texts(theses, "dc:date")) {
      expect(dates).toEqual([expect.stringMatching(/T/), dates[0], expect.stringMatching(/^\d{4}$/)]);
      expect(String(dates[2]) <= String(dates[0])).toBe(true);
    }
  });

  test("records no thesis of a discipline it does not teach", () => {
    const names = DISCIPLINES.map(({ name }) => name);
    for (const { discipline } of WRITTEN_THESES) expect(names).toContain(discipline);
  });

  test("has several ways of saying the same: language, type, rights, name", () => {
    for (const element of ["dc:language", "dc:type", "dc:rights"]) {
      expect(new Set(texts(theses, element).flat()).size).toBeGreaterThan(2);
    }
    const creators = texts(theses, "dc:creator").flat();
    expect(creators.filter((name) => name.includes(",")).length).toBeGreaterThan(50);
    expect(creators.filter((name) => !name.includes(",")).length).toBeGreaterThan(20);
  });
});

describe("the journals' OJS", () => {
  test("tells titles and abstracts in both languages", () => {
    for (const item of live(journal)) {
      for (const element of ["title", "description"]) {
        const languages = [
          ...(item.metadata.oai_dc ?? "").matchAll(new RegExp(`<dc:${element} xml:lang="(\\w+)"`, "g")),
        ];
        expect(languages.map(([, language]) => language)).toEqual(["vi", "en"]);
      }
    }
  });

  test("has ISSNs with a correct check digit", () => {
    for (const issn of new Set(texts(journal, "dc:source").map((sources) => sources.at(-1)))) {
      const digits = [...String(issn).replace("-", "")].map((digit) => (digit === "X" ? 10 : Number(digit)));
      const sum = digits.reduce((total, digit, place) => total + digit * (8 - place), 0);
      expect([digits.length, sum % 11]).toEqual([8, 0]);
    }
  });
});

describe("the public library's Koha", () => {
  test("catalogues in MARC 21 and numbers each record as Koha does", () => {
    expect(subfields("999", "c").map(([number]) => `KOHA-THUVIEN:${number}`)).toEqual(
      live(catalogue).map(({ identifier }) => identifier),
    );
  });

  test.each([
    ["245", "a"],
    ["082", "a"],
    ["040", "b"],
    ["041", "a"],
    ["300", "a"],
    ["653", "a"],
    ["852", "a"],
  ])("has a field %s with a subfield $%s in every record", (tag, code) => {
    for (const values of subfields(tag, code)) expect(values.length).toBeGreaterThan(0);
  });

  test("gives every ISBN a correct check digit, in Viet Nam's own group", () => {
    const isbns = subfields("020", "a")
      .flat()
      .map((value) => value.replace(/\(.*/, ""));
    expect(isbns.length).toBeGreaterThan(40);
    for (const isbn of isbns) expect(ISBN.parse(isbn)).toMatchObject({ isValid: true, group: "604" });
  });

  test("links every 880 to the field it writes in its own script, and back (MARC 21, Appendix A)", () => {
    let links = 0;
    for (const { metadata } of live(catalogue)) {
      const fields = [...(metadata.marcxml ?? "").matchAll(/<datafield tag="(\d+)"[^>]*><subfield code="6">([^<]+)</g)];
      const regular = fields.filter(([, tag]) => tag !== "880").map(([, tag, link]) => `${tag}-${link?.slice(4)}`);
      const own = fields.filter(([, tag]) => tag === "880").map(([, , link]) => link?.replace(/\/\$1$/, ""));
      expect(own.sort()).toEqual(regular.sort());
      links += own.length;
    }
    expect(links).toBeGreaterThan(5);
  });

  test("holds printed copies of theses that the university has online", () => {
    const online = new Set(texts(theses, "dc:title").flat());
    const titles = subfields("245", "a").map(([title = ""]) => title.replace(/ :$/, ""));
    expect(titles.filter((title) => online.has(title)).length).toBeGreaterThan(4);
  });
});
