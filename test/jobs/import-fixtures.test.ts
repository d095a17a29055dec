import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { baseUrlWithout, importFile } from "../../src/jobs/import-file.ts";
import type { Services } from "../../src/jobs/services.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { isInstalled, PROGRAM_ABSENT } from "../marc/programs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

const FOLDER = `${sharedFolder}fixtures/`;
const absent = sharedFolder === null;
const hasXmllint = isInstalled("xmllint");

/** Of other people's making, neither MARC nor a static repository: what is said of each. */
const NO_MARC = /neither MARC \(ISO 2709 or MARCXML\) nor an OAI static repository|there are no records in it/;

/** MARC records of an XML document, as xmllint counts them: `<record>` with anything of MARC in it. */
const XPATH =
  'count(//*[local-name()="record"][*[local-name()="leader" or local-name()="controlfield" or local-name()="datafield"]])';

const files = absent
  ? []
  : readdirSync(`${FOLDER}marc`, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `${entry.parentPath}/${entry.name}`.slice(FOLDER.length));

/** Counted by the manifest for ISO 2709 and for broken XML, by xmllint for XML; `null` where there is nothing to count. */
function countOf(file: string): number | null {
  const line = manifest.find((cells) => cells[0] === file) ?? [];
  const counted = /iso2709 recs=(\d+)/.exec(line.join("\t"))?.[1];
  if (counted !== undefined) return Number(counted);
  if (!file.endsWith(".xml")) return null;
  // xmllint counts what it can mend; the manifest was counted by hand
  if (line.some((cell) => cell.startsWith("NOT WELL-FORMED"))) return Number(line[4]);
  const { status, stdout } = spawnSync("xmllint", ["--nonet", "--recover", "--xpath", XPATH, `${FOLDER}${file}`]);
  const count = Number(stdout.toString());
  return status === 0 && count > 0 ? count : null;
}

const manifest: readonly (readonly string[])[] = absent
  ? []
  : readFileSync(`${FOLDER}MANIFEST.tsv`, "utf8")
      .split("\n")
      .map((line) => line.split("\t"));

test.skipIf(!absent)(SHARED_ABSENT, () => {});
test.skipIf(hasXmllint)(PROGRAM_ABSENT, () => {});

describe.skipIf(absent || !hasXmllint)("files of other programs' tests", () => {
  let database: TestDatabase;
  let services: Services;

  beforeAll(async () => {
    database = await createTestDatabase();
    services = testServices(database.db);
  });

  afterAll(async () => {
    await services?.http.close();
    await database?.close();
  });

  test.each(files)("%s is imported without a loss", async (file) => {
    const code = `f${files.indexOf(file)}`;
    const { repository_id } = await addRepository(database.db, { code, name: file, base_url: baseUrlWithout(code) });
    const { run } = await importFile(services, repository_id, `${FOLDER}${file}`, { replace: false });
    const count = countOf(file);
    if (count === null) {
      expect(run).toMatchObject({ outcome: "failed", received: 0 });
      expect(run.failure).toMatch(NO_MARC);
      return;
    }
    expect(run.received, run.failure ?? "").toBe(count);
    expect(run.added + run.changed + run.unchanged + run.rejected + run.repeated).toBe(count);
    // what could not be read is kept, byte for byte, with the reason and the place
    const quarantine = database.db.selectFrom("quarantine").selectAll().where("repository_id", "=", repository_id);
    const kept = await quarantine.execute();
    expect(kept.length).toBe(run.rejected);
    for (const { reason, raw } of kept)
      expect([reason, raw]).toEqual([expect.stringMatching(/^record \d+, /), expect.stringMatching(/./)]);
  });
});
