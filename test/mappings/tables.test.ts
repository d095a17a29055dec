import { describe, expect, test } from "vitest";
import { coarTypes, languages, readRows } from "../../mappings/tables.ts";
import { relatorOf } from "../../src/crosswalk/relators.ts";
import { ACCESS_RIGHTS, THESIS_LEVELS } from "../../src/record/vocabulary.ts";
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
