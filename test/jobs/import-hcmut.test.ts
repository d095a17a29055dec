import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outgoingCrosswalks } from "../../mappings/index.ts";
import { baseUrlWithout, importFile } from "../../src/jobs/import-file.ts";
import type { Services } from "../../src/jobs/services.ts";
import { createProvider } from "../../src/provider/provider.ts";
import { readHorizon } from "../../src/store/fence.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { isInstalled, PROGRAM_ABSENT, runOver, schemaComplaints } from "../marc/programs.ts";
import { horizonReaches, pagesOf } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

/** The catalogue of a university library as its system (Koha) exported it: no 001, no 003, no 035, text in NFD. */
const FILE = `${sharedFolder}fixtures/vietnam/hcmut-library-koha-4860.mrc`;
const absent = sharedFolder === null;
const judged = ["yaz-marcdump", "xmllint"].every(isInstalled);

test.skipIf(!absent)(SHARED_ABSENT, () => {});
test.skipIf(judged)(PROGRAM_ABSENT, () => {});

describe.skipIf(absent)("the 4,860 records of a Vietnamese library", () => {
  let database: TestDatabase;
  let services: Services;
  let first: Awaited<ReturnType<typeof importFile>>;
  /** Every record that our feed serves, as MARCXML. */
  let served: readonly string[];

  const importAgain = (repositoryId: number) => importFile(services, repositoryId, FILE, { replace: false });

  beforeAll(async () => {
    database = await createTestDatabase();
    services = testServices(database.db);
    const row = { code: "hcmut", name: "Thư viện Trường ĐH Bách khoa", base_url: baseUrlWithout("hcmut") };
    first = await importAgain((await addRepository(database.db, row)).repository_id);
    served = await serveAll();
  }, 300_000);

  afterAll(async () => {
    await services?.http.close();
    await database?.close();
  });

  async function serveAll(): Promise<readonly string[]> {
    const { db } = database;
    const query = db.selectFrom("record").select((eb) => eb.fn.max("stamp").as("last"));
    await horizonReaches(db, (await query.executeTakeFirstOrThrow()).last);
    const provider = createProvider({
      db,
      horizon: () => readHorizon(db),
      baseUrl: "https://lienthong.example/oai",
      domain: services.domain,
      repositoryName: "Liên thông",
      adminEmails: ["oai@lienthong.example"],
      pageSize: 500,
      tokenSecret: "secret of a test, long enough to sign tokens with",
      formats: outgoingCrosswalks,
      productVersion: "0.0.0",
    });
    const pages = await pagesOf(provider, "verb=ListRecords&metadataPrefix=marc21");
    return pages.flatMap((page) => page.match(/(?<=<metadata>)[\s\S]*?(?=<\/metadata>)/g) ?? []);
  }

  test("are all stored, none rejected", () => {
    expect(first.run).toMatchObject({
      received: 4_860,
      added: 4_860,
      rejected: 0,
      repeated: 0,
      complete_list_size: 4_860,
    });
    expect(first.outcome).toBe("complete");
  });

  test("are all served again but for those without a title", () => {
    const titled = recordsOf(readFileSync(FILE)).filter(hasTitle).length;
    say(`${first.run.added} records stored, ${titled} have a title, ${served.length} are served`);
    expect(served.length).toBe(titled);
  });

  test("are unchanged, all of them, when the same file comes again, and nothing moves in the feed", async () => {
    const before = await database.db.selectFrom("record").select(["record_id", "stamp"]).orderBy("record_id").execute();
    const { run, outcome } = await importAgain(first.run.repository_id);
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ received: 4_860, unchanged: 4_860, added: 0, changed: 0 });
    const after = await database.db.selectFrom("record").select(["record_id", "stamp"]).orderBy("record_id").execute();
    expect(after).toEqual(before);
  });

  test.skipIf(!judged)("come out as MARCXML that is valid and that yaz-marcdump reads, as many as are served", () => {
    const collection = `<collection xmlns="http://www.loc.gov/MARC21/slim">${served.join("\n")}</collection>`;
    expect(schemaComplaints(collection, "marc/MARC21slim.xsd")).toBe("");
    const { status, stdout } = runOver(collection, "yaz-marcdump", ["-i", "marcxml", "-o", "marc", "{}"]);
    expect(status).toBe(0);
    const read = stdout.reduce((count, byte) => (byte === 0x1d ? count + 1 : count), 0);
    say(`yaz-marcdump reads ${read} of the ${served.length} records that are served`);
    expect(read).toBe(served.length);
  });
});

function say(counts: string): void {
  process.stdout.write(`HCMUT: ${counts}\n`);
}

function recordsOf(bytes: Buffer): readonly string[] {
  return bytes.toString("latin1").split("\x1d").slice(0, -1);
}

/** Whether the directory names a 245 and anything stands in it (ISO 2709 §4.4). */
function hasTitle(record: string): boolean {
  const trimmed = record.trimStart();
  const base = Number(trimmed.slice(12, 17));
  for (let at = 24; at < base - 1; at += 12) {
    if (trimmed.slice(at, at + 3) !== "245") continue;
    const start = base + Number(trimmed.slice(at + 7, at + 12));
    const content = trimmed.slice(start, start + Number(trimmed.slice(at + 3, at + 7)) - 1);
    const values = content.split("\x1f").slice(1);
    if (values.some((value) => value.slice(1).trim() !== "")) return true;
  }
  return false;
}
