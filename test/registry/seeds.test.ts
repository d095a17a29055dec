import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { platforms } from "../../harvesters/index.ts";
import { readSeeds } from "../../harvesters/seeds.ts";
import { registerRepository, repositoryOfCode } from "../../src/registry/repositories.ts";
import { importSeeds, type Seed } from "../../src/registry/seeds.ts";
import { timetable } from "../../src/schedule/timetable.ts";
import { listDueRepositories, listRepositories, updateRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  await database.db.deleteFrom("repository").execute();
});

const TLU: Seed = {
  code: "tlu",
  name: "Trường Đại học Thủy lợi",
  baseUrl: "https://tailieuso.tlu.edu.vn/oai/request",
  platform: "dspace",
  provinceCode: "01",
  libraryType: "university",
};
const UNKNOWN: Seed = { ...TLU, code: "phenikaa", name: "Trường Đại học Phenikaa", baseUrl: "", provinceCode: "" };

describe("importing the seed list", () => {
  test("registers drafts, which are never due", async () => {
    expect(await importSeeds(database.db, [TLU, UNKNOWN])).toEqual({
      added: ["tlu"],
      known: [],
      withoutAddress: ["phenikaa"],
    });
    expect(await repositoryOfCode(database.db, "tlu")).toMatchObject({
      state: "draft",
      name: "Trường Đại học Thủy lợi",
      base_url: "https://tailieuso.tlu.edu.vn/oai/request",
      platform: "dspace",
      province_code: "01",
      library_type: "university",
    });
    expect(await listDueRepositories(database.db, new Date("2100-01-01T00:00:00Z"))).toEqual([]);
  });

  test("twice adds nothing", async () => {
    await importSeeds(database.db, [TLU]);
    expect(await importSeeds(database.db, [TLU])).toMatchObject({ added: [], known: ["tlu"] });
    expect(await listRepositories(database.db)).toHaveLength(1);
  });

  test.each([
    ["its address", "thuy-loi", "https://tailieuso.tlu.edu.vn/oai/request"],
    ["its address by http, with a slash", "thuy-loi", "http://tailieuso.tlu.edu.vn/oai/request/"],
    ["its code at another address", "tlu", "https://thuvien.tlu.edu.vn/oai"],
  ])("leaves alone what is registered under %s", async (_what, code, baseUrl) => {
    await registerRepository(database.db, { code, baseUrl }, timetable);
    expect(await importSeeds(database.db, [TLU])).toMatchObject({ added: [], known: ["tlu"] });
    expect(await repositoryOfCode(database.db, code)).toMatchObject({ state: "live", base_url: baseUrl });
  });

  test("does not bring back what was retired", async () => {
    const { repository_id } = await registerRepository(database.db, { code: "old", baseUrl: TLU.baseUrl }, timetable);
    await updateRepository(database.db, repository_id, { state: "retired" });
    expect(await importSeeds(database.db, [TLU])).toMatchObject({ added: [], known: ["tlu"] });
  });

  test("takes one of two rows with one address", async () => {
    const twin = { ...TLU, code: "tlu2", baseUrl: "http://tailieuso.tlu.edu.vn/oai/request" };
    expect(await importSeeds(database.db, [TLU, twin])).toMatchObject({ added: ["tlu"], known: ["tlu2"] });
  });
});

describe("the seed list of Vietnam", () => {
  const seeds = readSeeds();

  test("is imported whole: every row has an address or is known to have none", async () => {
    const { added, known, withoutAddress } = await importSeeds(database.db, seeds);
    const without = seeds.filter(({ status }) => status === "unknown").map(({ code }) => code);
    expect({ known, withoutAddress }).toEqual({ known: [], withoutAddress: without });
    expect(added).toHaveLength(seeds.length - without.length);
    expect(added).toEqual(expect.arrayContaining(["tlu", "ueh", "ctu", "vjol", "vnu"]));
  });

  test("has a code, a name, a province, a type and a source in each row", () => {
    expect(new Set(seeds.map(({ code }) => code)).size).toBe(seeds.length);
    for (const seed of seeds) {
      expect(seed.code).toMatch(/^[a-z][a-z0-9-]{1,62}$/);
      expect(seed.name).not.toBe("");
      expect(seed.provinceCode).toMatch(/^\d{2}$/);
      expect(["university", "special", "public", "national"]).toContain(seed.libraryType);
      expect(["works", "guessed", "down", "unknown"]).toContain(seed.status);
      expect(seed.source).not.toBe("");
    }
  });

  test("names software that we know, and its address is that software's", () => {
    for (const { code, platform, baseUrl } of seeds.filter((seed) => seed.baseUrl !== "")) {
      const known = platforms.find(({ id }) => id === platform);
      expect(known?.matches({ baseUrl, descriptions: [] }), code).toBe(true);
    }
  });
});
