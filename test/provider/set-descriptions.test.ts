import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { feedSetNamed } from "../../mappings/feed-sets.ts";
import { readRows } from "../../mappings/tables.ts";
import { setElement } from "../../src/provider/set-description.ts";
import { ensureSet } from "../../src/store/sets.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import { addSource, fillSets, pagesOf, publish, sampleProvider, sampleRecord, textsOf } from "./sample-feed.ts";

const OWNER = { code: "ueh", name: "Đại học / University", province_code: null, library_type: null };
const GROUPS = readRows("type-groups").map(({ code }) => `type:${code}`);
const THESES = ["thesis", "thesis:doctoral", "thesis:master", "thesis:bachelor"];
const ACCESS = ["access:open", "access:embargoed", "access:restricted", "access:metadata"];
/** All whose name does not say what is in them (docs/provider.md, "Sets"). */
const DESCRIBED = [...THESES, "rare", "hannom", "endogenous", ...GROUPS, ...ACCESS, "prov:79", "libtype:university"];
let database: TestDatabase;
let pages: readonly string[];
let setOf: ReadonlyMap<string, string>;

beforeAll(async () => {
  database = await createTestDatabase();
  const ueh = await addSource(database.db, "ueh", "https://thu-vien:bi-mat@digital.ueh.edu.vn/oai?a=1&b=2");
  await addSource(database.db, "noi-bo", "http://192.168.1.5/oai");
  for (const setSpec of [...DESCRIBED, "lang:vie"]) await ensureSet(database.db, feedSetNamed(OWNER, setSpec));
  await publish(database.db, ueh, [sampleRecord(ueh, 1)], new Date("2026-01-01T00:00:00Z"));
  await fillSets(database.db);
  pages = await pagesOf(sampleProvider(database.db, { pageSize: 7 }), "verb=ListSets");
  const elements = pages.flatMap((page) => page.match(/<set>.*?<\/set>/gs) ?? []);
  setOf = new Map(elements.map((element) => [textsOf(element, "setSpec")[0] ?? "", element]));
});
afterAll(async () => {
  await database.close();
});

const about = (setSpec: string) => /<setDescription>.*<\/setDescription>/s.exec(setOf.get(setSpec) ?? "")?.[0] ?? "";
function inLanguage(setSpec: string, name: string, language: string): readonly string[] {
  const element = new RegExp(`<dc:${name} xml:lang="${language}">([^<]*)</dc:${name}>`, "g");
  return [...about(setSpec).matchAll(element)].map(([, text = ""]) => text);
}

describe("the descriptions of sets", () => {
  test.skipIf(!schemasPresent)("are valid, on every page of the list", async () => {
    expect(pages.length).toBeGreaterThan(3);
    for (const page of pages) expect(await schemaComplaints(page)).toEqual([]);
  });

  test.each(DESCRIBED)("tell what is in %s in Vietnamese and English", (setSpec) => {
    const [vi, en] = ["vi", "en"].map((language) => inLanguage(setSpec, "description", language));
    expect([vi?.length, en?.length]).toEqual([1, 1]);
    expect(vi?.[0]).not.toBe(en?.[0]);
    expect(vi?.[0]).toBe(vi?.[0]?.normalize("NFC"));
  });

  test("give the name in each language where it has both", () => {
    expect(inLanguage("endogenous", "title", "vi")).toEqual(["Tài liệu nội sinh"]);
    expect(inLanguage("endogenous", "title", "en")).toEqual(["Endogenous documents"]);
  });

  test("of a repository tell its address, without the name and password in it", () => {
    expect(textsOf(about("inst:ueh"), "dc:source")).toEqual(["https://digital.ueh.edu.vn/oai?a=1&amp;b=2"]);
    expect(inLanguage("inst:ueh", "description", "en")).toHaveLength(1);
  });

  test("are left out where the name says all: of a language, and of a repository whose address is nobody's business", () => {
    expect([setOf.has("lang:vie"), about("lang:vie")]).toEqual([true, ""]);
    expect([setOf.has("inst:noi-bo"), about("inst:noi-bo")]).toEqual([true, ""]);
  });

  test("are those of the table, which names no set that there cannot be", () => {
    const named = readRows("set-descriptions").map(({ set_spec = "" }) => set_spec);
    expect(named.toSorted()).toEqual(
      [...DESCRIBED.filter((spec) => !/^(prov|libtype):/.test(spec)), "inst:*", "prov:*", "libtype:*"].toSorted(),
    );
  });

  test("of whatever else has one are written as they are, with what XML reserves escaped", () => {
    const text = { language: null, value: "A & <B>" };
    const description = { titles: [], texts: [text], source: null };
    expect(setElement({ setSpec: "query:x", setName: "X", description })).toContain(
      "<dc:description>A &amp; &lt;B&gt;</dc:description></oai_dc:dc></setDescription></set>",
    );
  });
});
