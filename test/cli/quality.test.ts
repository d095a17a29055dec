import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Issue } from "../../src/record/issue.ts";
import { savePage } from "../../src/store/page.ts";
import { changed, page, startHarvest } from "../store/harvested.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runCliHere } from "./run-cli-here.ts";

let database: TestDatabase;

/** Two records that have a title and nothing else, of a repository that runs on DSpace; one was judged when it was stored. */
beforeEach(async () => {
  database = await createTestDatabase();
  const harvest = await startHarvest(database.db, "kho");
  await database.db.updateTable("repository").set({ platform: "dspace" }).where("code", "=", "kho").execute();
  const remark: Issue = { code: "unmatched-type", severity: "warning", field: null, path: null, value: "Khác lạ" };
  const records = [{ identifier: "a", issues: [remark] }, { identifier: "b" }].map((one) => changed(harvest, one));
  const judged = records.map((one, index) =>
    index > 0 || one.record === null
      ? one
      : { ...one, record: { ...one.record, quality: { score: 40, missed: 0b10 } } },
  );
  await savePage(database.db, { ...page(harvest, []), changed: judged });
});
afterEach(async () => await database.close());

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });

describe("lienthong quality", () => {
  test("shows the kept scores of each repository, and which have records without one", async () => {
    const { code, stdout } = await lienthong("quality");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^kho\s+2\s+40\s+0\s+0\s+1\s+identifier \(1\)$/m);
    expect(stdout).toContain("some records have no score yet: kho");
  });

  test("judges all stored records anew where that is asked for", async () => {
    const { stdout } = await lienthong("quality", "--renew", "--json");
    const { tiers, judged, score } = JSON.parse(stdout)[0];
    expect({ tiers, judged, score }).toEqual({
      tiers: { complete: 0, sufficient: 0, deficient: 2 },
      judged: 2,
      score: 17,
    });
  });

  test("has nothing to renew of a profile that is not kept", async () => {
    const { code, stderr } = await lienthong("quality", "--renew", "--profile", "openaire4");
    expect(code).toBe(1);
    expect(stderr).toContain("scores of the profile openaire4 are not kept");
  });

  test("shows one rule by rule: how many miss it, what to do in general and in its software, and what was found", async () => {
    const { code, stdout } = await lienthong("quality", "kho");
    expect(code).toBe(0);
    // 5 (title) + 3 (sound text) of 5 M, 7 MA (creator publisher language abstract subject landing-page sound-text), 1 R
    expect(stdout).toMatch(
      /^kho: score 17 of 100 by the profile national; 2 records: 0 complete, 0 sufficient, 2 deficient$/m,
    );
    expect(stdout).toMatch(
      /^resource-type \(M\): Resource type\n {4}missed by 2, met by 0\n {4}A record has a type .*\n {4}DSpace: The list of types .*\n {4}bad: {2}"Khác lạ" \(1\)$/m,
    );
    expect(stdout).toContain("met wherever it applies: main-title, sound-text");
  });

  test("judges by another profile, for programs too, with the sentences in both languages", async () => {
    const { stdout } = await lienthong("quality", "kho", "--profile", "lareferencia", "--json");
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ repository: "kho", profile: "lareferencia", records: 2 });
    const type = report.rules.find((rule: { code: string }) => rule.code === "accepted-type");
    expect(type).toMatchObject({ level: "M", met: 0, missed: 2, bad: [{ value: "Khác lạ", times: 1 }] });
    expect(type.text.vi.name).toBe("Loại được LA Referencia nhận");
  });

  test("names the profiles that there are where one is misspelt", async () => {
    const { code, stderr } = await lienthong("quality", "--profile", "openaire5");
    expect(code).toBe(1);
    expect(stderr).toContain('"openaire5" is no profile; there are national, openaire4, lareferencia');
  });
});
