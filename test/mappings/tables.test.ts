import { describe, expect, test } from "vitest";
import { readSeeds } from "../../harvesters/seeds.ts";
import { coarTypes, languages, readRows } from "../../mappings/tables.ts";
import { libraryType, provinces } from "../../mappings/values.ts";
import { relatorOf } from "../../src/crosswalk/relators.ts";
import { ACCESS_RIGHTS, LIBRARY_TYPES, PROVINCE_CODES, THESIS_LEVELS } from "../../src/record/vocabulary.ts";
import { foldKey } from "../../src/vietnamese/fold.ts";
import { REIGN_ERAS } from "../../src/vietnamese/reign-eras.ts";

/** The columns that the interfaces in `mappings/tables.ts` and in `src` declare. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  languages: ["phrase", "key", "iso639_3", "iso639_1", "marc_iso639_2b", "script"],
  "resource-types": ["phrase", "key", "coar_uri", "coar_label", "degree_level", "group"],
  "access-rights": ["phrase", "key", "coar_uri", "coar_label", "eu_repo_uri"],
  "contributor-roles": ["phrase", "key", "role"],
  "coar-resource-types": ["id", "label", "label_vi", "general", "eu_repo"],
  "academic-titles": ["form", "strip", "caution"],
  "family-names": ["name", "key"],
  "reign-eras": ["era", "key", "first_year", "last_year"],
  provinces: [
    "period",
    "gso_code",
    "name",
    "type",
    "aliases_pipe_separated",
    "iso3166_2",
    "region",
    "code_2025",
    "name_2025",
  ],
  places: ["form", "name", "province_code_2025"],
  publishers: ["form_after_stripping_prefix", "key", "name"],
  "library-types": ["code", "name_vi", "name_en"],
};
const PHRASES = ["languages", "resource-types", "access-rights", "contributor-roles"];

test.each(Object.entries(COLUMNS))("%s has the columns that its readers need, filled in every row", (name, columns) => {
  const rows = readRows(name);
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) {
    expect(Object.keys(row)).toEqual(expect.arrayContaining([...columns]));
    expect(row[columns[0] ?? ""]).not.toBe("");
  }
});

describe.each(PHRASES)("%s", (name) => {
  const rows = readRows(name);

  test("has no phrase twice", () => {
    const phrases = rows.map((row) => row.phrase);
    expect(phrases.filter((phrase, index) => phrases.indexOf(phrase) !== index)).toEqual([]);
  });

  test("has the folded phrase as its key", () => {
    const wrong = rows.filter((row) => row.key !== foldKey(row.phrase ?? ""));
    expect(wrong.map((row) => [row.phrase, row.key])).toEqual([]);
  });

  test("is composed Unicode", () => {
    expect(rows.filter((row) => row.phrase !== row.phrase?.normalize("NFC"))).toEqual([]);
  });
});

test("types name concepts of COAR by id and label, and levels that the record knows", () => {
  for (const row of readRows("resource-types")) {
    const id = row.coar_uri?.replace("http://purl.org/coar/resource_type/", "") ?? "";
    expect([row.phrase, coarTypes.byId(id)?.label]).toEqual([row.phrase, row.coar_label]);
    expect(["", ...THESIS_LEVELS]).toContain(row.degree_level);
  }
});

test("COAR types are found by label and by the term of info:eu-repo, and have a kind", () => {
  expect(coarTypes.byTerm("Doctoral Thesis")?.id).toBe("c_db06");
  expect(coarTypes.byTerm("bachelorThesis")?.id).toBe("c_7a1f");
  expect(coarTypes.byTerm("no such term")).toBeNull();
  expect(coarTypes.byId("c_0000")).toBeNull();
  for (const row of readRows("coar-resource-types")) {
    expect(["literature", "dataset", "software", "other"]).toContain(row.general);
  }
});

test("access rights are those of COAR, with COAR's labels", () => {
  for (const row of readRows("access-rights")) expect(ACCESS_RIGHTS[row.coar_uri ?? ""]).toBe(row.coar_label);
});

test("languages have codes of the right length, the same for every phrase of a language", () => {
  const seen = new Map<string, string>();
  for (const row of readRows("languages")) {
    expect(row.iso639_3).toMatch(/^[a-z]{3}$/);
    expect(row.iso639_1).toMatch(/^(?:[a-z]{2})?$/);
    expect(row.marc_iso639_2b).toMatch(/^(?:[a-z]{3})?$/);
    const codes = `${row.iso639_1} ${row.marc_iso639_2b}`;
    expect([row.phrase, seen.get(row.iso639_3 ?? "") ?? codes]).toEqual([row.phrase, codes]);
    seen.set(row.iso639_3 ?? "", codes);
  }
});

test("a country or script behind a code does not matter, a word before a hyphen does", () => {
  expect(languages.find("en-AU")?.iso639_3).toBe("eng");
  expect(languages.find("fr_CA")?.iso639_3).toBe("fra");
  expect(languages.find("Nhật-Anh")).toBeNull();
});

test("every role has a relator or is one of those that name nobody", () => {
  const nobody = ["collective", "anonymous-collective", "anonymous", "unknown", "others", "contributor"];
  for (const { role = "" } of readRows("contributor-roles")) {
    expect([role, nobody.includes(role) || relatorOf(role) !== "ctb"]).toEqual([role, true]);
  }
});

test("the reign eras of the table are those that dates are read with", () => {
  const rows = readRows("reign-eras").map((row) => [row.key, [Number(row.first_year), Number(row.last_year)]]);
  expect(Object.fromEntries(rows)).toEqual(REIGN_ERAS);
});

test("places of publication lie in provinces of today, and publishers have the folded form as their key", () => {
  const today = new Set(
    readRows("provinces")
      .filter(({ period }) => period === "2025")
      .map(({ gso_code }) => gso_code),
  );
  for (const { form, name, province_code_2025 = "" } of readRows("places")) {
    expect([form, name === "" ? province_code_2025 === "" : today.has(province_code_2025)]).toEqual([form, true]);
  }
  const wrong = readRows("publishers").filter((row) => row.key !== foldKey(row.form_after_stripping_prefix ?? ""));
  expect(wrong).toEqual([]);
});

test("no two provinces of a period share a name or an alias", () => {
  for (const period of ["2022", "2025"]) {
    const keys = readRows("provinces")
      .filter((row) => row.period === period)
      .flatMap(({ name = "", aliases_pipe_separated = "" }) => {
        const names = [name, ...aliases_pipe_separated.split("|")].filter((each) => each !== "");
        return [...new Set(names.map(foldKey))];
      });
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
  }
});

test("the kinds of libraries are those of the Library Law, art. 9, in both languages", () => {
  expect(readRows("library-types").map(({ code = "" }) => libraryType(code)?.code)).toEqual([
    "national",
    "public",
    "special",
    "armed-forces",
    "university",
    "school",
    "community-private",
    "foreign",
  ]);
  expect(libraryType("public")).toEqual({ code: "public", name_vi: "Thư viện công cộng", name_en: "Public library" });
  expect(libraryType("bookshop")).toBeNull();
});

test("the seed list names kinds of libraries and provinces that there are", () => {
  for (const { code, libraryType: kind, provinceCode } of readSeeds()) {
    expect([code, libraryType(kind) !== null, provinces().byCode(provinceCode, "2025-07-01") !== null]).toEqual([
      code,
      true,
      true,
    ]);
  }
});

test("the lists of provinces and kinds of libraries in the code are those of the tables", () => {
  expect(new Set(PROVINCE_CODES)).toEqual(new Set(readRows("provinces").map(({ code_2025 }) => code_2025)));
  expect(LIBRARY_TYPES).toEqual(readRows("library-types").map(({ code }) => code));
});
