import { utimesSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { RepositoryBusy } from "../../src/jobs/harvest-lease.ts";
import { baseUrlWithout, type ImportOptions, importFile } from "../../src/jobs/import-file.ts";
import type { Services } from "../../src/jobs/services.ts";
import { readMarcXml } from "../../src/marc/marcxml.ts";
import { takeLease } from "../../src/store/leases.ts";
import { addRepository, getRepository, updateRepository } from "../../src/store/repositories.ts";
import { findOpenRun, listRuns, startRun } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import {
  book,
  collection,
  createTestFolder,
  iso2709,
  marcXml,
  metadataIn,
  type TestField,
  type TestFolder,
} from "./marc-files.ts";

let database: TestDatabase;
let services: Services;
let folder: TestFolder;
let repositoryId: number;

beforeEach(async () => {
  folder = createTestFolder();
  database = await createTestDatabase();
  services = testServices(database.db);
  const row = { code: "tinh", name: "Thư viện tỉnh", base_url: baseUrlWithout("tinh") };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

afterEach(async () => {
  await services.http.close();
  await database.close();
  folder.remove();
});

const importBytes = (content: string | Uint8Array, options: Partial<ImportOptions> = {}) =>
  importFile(services, repositoryId, folder.write("books.mrc", content), { replace: false, ...options });
const booksOf = (count: number, change: (number: number) => readonly TestField[] = book) =>
  Buffer.concat(Array.from({ length: count }, (_, index) => iso2709(change(index + 1))));

const sources = () => database.db.selectFrom("source_record").selectAll().orderBy("identifier").execute();
const quarantined = () => database.db.selectFrom("quarantine").selectAll().orderBy("quarantine_id").execute();

async function liveTitles(): Promise<readonly string[]> {
  const query = database.db.selectFrom("record").selectAll().where("deleted", "=", false);
  const rows = await query.orderBy("source_identifier").execute();
  return rows.map((row) => row.published?.titles?.[0]?.value ?? "");
}

async function issuesOf(code: string) {
  return await database.db.selectFrom("record_issue").selectAll().where("code", "=", code).execute();
}

describe("importing a file", () => {
  test("stores and publishes its records, in transactions of 500, as a run of its own", async () => {
    const pages: number[] = [];
    const { run, outcome } = await importBytes(booksOf(1_203), { onPage: ({ received }) => pages.push(received) });
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({
      metadata_prefix: "marc21",
      metadata_namespace: "http://www.loc.gov/MARC21/slim",
      trigger: "person",
      pages: 3,
      received: 1_203,
      added: 1_203,
      complete_list_size: 1_203,
    });
    expect(pages).toEqual([500, 1_000, 1_203]);
    expect((await liveTitles()).length).toBe(1_203);
  });

  test("leaves the cursor of harvesting alone", async () => {
    await updateRepository(database.db, repositoryId, { harvested_until: "2024-01-01", harvested_prefix: "oai_dc" });
    await importBytes(booksOf(2));
    const { harvested_until, harvested_prefix } = await getRepository(database.db, repositoryId);
    expect([harvested_until, harvested_prefix]).toEqual(["2024-01-01", "oai_dc"]);
  });

  test("again changes nothing where nothing changed, be it as another format, and touches only what did", async () => {
    await importBytes(booksOf(10));
    const same = await importBytes(gzipSync(booksOf(10)));
    expect(same.run).toMatchObject({ received: 10, unchanged: 10, added: 0, changed: 0 });
    const newer = await importBytes(booksOf(11, (number) => book(number, number === 3 ? "Tên mới" : undefined)));
    expect(newer.run).toMatchObject({ received: 11, unchanged: 9, added: 1, changed: 1 });
    expect(await liveTitles()).toContain("Tên mới");
  });

  test("keeps what it does not hold any more, without --replace", async () => {
    await importBytes(booksOf(5));
    await importBytes(booksOf(3));
    expect((await liveTitles()).length).toBe(5);
  });

  test("gives records without a date of their own the date of the file, once: a new file date changes nothing", async () => {
    const file = folder.write(
      "dated.mrc",
      Buffer.concat([
        iso2709([
          ["001", "1"],
          ["005", "20230405101112.0"],
          ["245", "00$aMột"],
        ]),
        iso2709([
          ["001", "2"],
          ["245", "00$aHai"],
        ]),
      ]),
    );
    utimesSync(file, new Date("2024-05-06T07:08:09Z"), new Date("2024-05-06T07:08:09Z"));
    await importFile(services, repositoryId, file, { replace: false });
    expect((await sources()).map(({ datestamp }) => datestamp)).toEqual(["2023-04-05", "2024-05-06T07:08:09Z"]);
    utimesSync(file, new Date("2025-01-01T00:00:00Z"), new Date("2025-01-01T00:00:00Z"));
    const { run } = await importFile(services, repositoryId, file, { replace: false });
    expect(run.unchanged).toBe(2);
  });

  test("takes the last of records with the same number, wherever they stand, counts the others, and is stable", async () => {
    const file = booksOf(1_100, (number) =>
      number === 1 || number === 2 || number === 1_100 ? book(7_000, `Bản ${number}`) : book(number),
    );
    const first = await importBytes(file);
    expect(first.outcome).toBe("complete");
    expect(first.run).toMatchObject({ received: 1_100, added: 1_098, changed: 0, repeated: 2 });
    expect((await liveTitles()).filter((title) => title.startsWith("Bản"))).toEqual(["Bản 1100"]);
    const second = await importBytes(file);
    expect(second.run).toMatchObject({ received: 1_100, unchanged: 1_098, changed: 0, added: 0, repeated: 2 });
  });

  test("remarks on a record that is known by its content only", async () => {
    await importBytes(iso2709([["245", "00$aKhông số"]]));
    expect((await issuesOf("identity-from-content")).map(({ severity }) => severity)).toEqual(["warning"]);
    await importBytes(
      iso2709([
        ["001", "1"],
        ["245", "00$aCó số"],
      ]),
    );
    expect((await issuesOf("identity-from-content")).length).toBe(1);
  });
});

describe("what is stored of a record", () => {
  test("is MARCXML that says what the ISO 2709 said, in the form that harvested records have", async () => {
    await importBytes(iso2709([...book(1, "Đại Việt sử ký & toàn thư"), ["520", "  $aMột <tóm tắt>$bhai"]]));
    const [source] = await sources();
    expect(source?.identifier).toBe("marc:VN-TV/vtls000001");
    expect(source?.raw).not.toContain("base64");
    expect(readMarcXml(metadataIn(source?.raw ?? "")).fields).toEqual([
      { tag: "001", value: "vtls000001" },
      { tag: "003", value: "VN-TV" },
      dataField("245", "00", "Đại Việt sử ký & toàn thư"),
      {
        ...dataField("520", "  ", ""),
        subfields: [
          { code: "a", value: "Một <tóm tắt>" },
          { code: "b", value: "hai" },
        ],
      },
    ]);
  });

  test("is MARCXML byte for byte where that was sent, with the namespaces of the file around it", async () => {
    const record = marcXml(book(1)).replace(
      "<record>",
      "<record xmlns='http://www.loc.gov/MARC21/slim'  type = 'Bibliographic'>",
    );
    await importBytes(collection([record]));
    expect((await sources())[0]?.raw).toContain(record);
  });

  test("holds the bytes beside where ISO 2709 was damaged, and there is a remark", async () => {
    const bytes = iso2709([...book(1), ["999", "  $aVi\u0001t"]]);
    bytes.write("00099", 0);
    await importBytes(bytes);
    const kept = /<iso2709 [^>]*encoding="base64">([^<]*)</.exec((await sources())[0]?.raw ?? "")?.[1] ?? "";
    expect(Buffer.from(kept, "base64").equals(bytes)).toBe(true);
    const [issue] = await issuesOf("marc-damaged");
    expect(issue?.value).toMatch(/the leader says 00099 bytes/);
    expect((await liveTitles()).length).toBe(1);
  });

  test("holds the bytes beside where MARCXML cannot say all of them, although nothing else is wrong", async () => {
    const bytes = iso2709([...book(1), ["999", "  $aVi\u0001t"]]);
    await importBytes(bytes);
    expect((await sources())[0]?.raw).toContain(bytes.toString("base64"));
    expect((await issuesOf("marc-damaged")).length).toBe(1);
  });
});

describe("a record that cannot be read", () => {
  test("goes to quarantine with its bytes, its place and the reason; the others are imported", async () => {
    const file = Buffer.concat([booksOf(20), Buffer.from("rubbish\x1d"), iso2709(book(21))]);
    const { run, outcome } = await importBytes(file);
    expect(outcome).toBe("complete_with_rejects");
    expect(run).toMatchObject({ received: 22, added: 21, rejected: 1 });
    const [kept] = await quarantined();
    expect(kept?.reason).toBe(`record 21, byte ${booksOf(20).length}: 8 bytes are no MARC record`);
    expect(kept?.raw).toBe(`data:application/marc;base64,${Buffer.from("rubbish\x1d").toString("base64")}`);
  });

  test("in MARCXML is kept as text, and told by its line", async () => {
    const records = Array.from({ length: 20 }, (_, index) => marcXml(book(index + 1)));
    records[1] = "<record><leader></oops></record>";
    const { run } = await importBytes(collection(records));
    expect(run).toMatchObject({ outcome: "complete_with_rejects", received: 20, added: 19, rejected: 1 });
    const [kept] = await quarantined();
    expect(kept?.reason).toMatch(/^record 2, line 9: not well-formed XML/);
    expect(kept?.raw).toContain("<leader></oops>");
  });

  test("in MARCXML is mended where that can be done, as harvested ones are", async () => {
    const { run } = await importBytes(collection([marcXml(book(1, "Nguyễn & Trần"))]));
    expect(run).toMatchObject({ outcome: "complete", added: 1 });
    expect(await liveTitles()).toEqual(["Nguyễn & Trần"]);
  });
});

describe("a file that cannot be read", () => {
  test("is a failed run that names it and says why", async () => {
    const missing = await importFile(services, repositoryId, `${folder.path}/none.mrc`, { replace: false });
    expect(missing.run).toMatchObject({
      outcome: "failed",
      received: 0,
      failure: `${folder.path}/none.mrc: there is no such file`,
    });
    const letter = await importBytes("Kính gửi thư viện");
    expect(letter.run.outcome).toBe("failed");
    expect(letter.run.failure).toMatch(/books\.mrc: this is neither MARC/);
    expect((await importFile(services, repositoryId, folder.path, { replace: false })).run.failure).toBe(
      `${folder.path}: this is a folder`,
    );
    expect((await importBytes(collection([]))).run.failure).toMatch(
      /there are no records in it; its root is <collection>/,
    );
  });

  test("to its end is a partial run: what came is stored, and the failure says where it ends", async () => {
    const packed = gzipSync(booksOf(900, (number) => book(number, `Sách ${number} ${Math.sin(number)}`)));
    const { run, outcome } = await importBytes(packed.subarray(0, Math.floor(packed.length * 0.8)));
    expect(outcome).toBe("partial");
    expect(run.received).toBeGreaterThan(500);
    expect(run.added).toBe(run.received);
    expect(run.failure).toMatch(
      new RegExp(`books\\.mrc: after record ${run.received}, byte \\d+: the compressed data is cut off`),
    );
    expect((await liveTitles()).length).toBe(run.received);
    expect([run.diagnosis, run.missing?.windows]).toMatchObject([
      "file_unreadable",
      [{ from: null, until: null, why: run.failure, diagnosis: "file_unreadable" }],
    ]);
  });

  test("to its end in ISO 2709 keeps the half record in quarantine: it replaces nothing", async () => {
    await importBytes(booksOf(3));
    const file = booksOf(3);
    const { run } = await importBytes(file.subarray(0, file.length - 20));
    expect(run).toMatchObject({ outcome: "partial", received: 3, unchanged: 2, rejected: 1 });
    expect(await liveTitles()).toEqual(["Sách số 1", "Sách số 2", "Sách số 3"]);
  });
});

describe("--replace", () => {
  const replace = true;

  test("takes out of the feed what the file does not hold any more", async () => {
    await importBytes(booksOf(200));
    const { run, outcome } = await importBytes(booksOf(195), { replace });
    expect(outcome).toBe("complete");
    expect(run).toMatchObject({ full_list: true, unchanged: 195, withdrawn: 5, vanished: 5 });
    expect((await liveTitles()).length).toBe(195);
    const deleted = await database.db.selectFrom("record").selectAll().where("deleted", "=", true).execute();
    expect(new Set(deleted.map((row) => row.deleted_reason))).toEqual(new Set(["sweep"]));
  });

  test("brings back what comes again", async () => {
    await importBytes(booksOf(20));
    await importBytes(booksOf(15), { replace });
    expect((await liveTitles()).length).toBe(15);
    await importBytes(booksOf(20), { replace });
    expect((await liveTitles()).length).toBe(20);
  });

  test("holds for review what would take out too much: nothing leaves the feed", async () => {
    await importBytes(booksOf(200));
    const { run, outcome } = await importBytes(booksOf(100), { replace });
    expect(outcome).toBe("held_for_review");
    expect(run).toMatchObject({ review: "pending", withdrawn: 0 });
    expect(run.failure).toMatch(/100 of 200 records would leave the feed/);
    expect((await liveTitles()).length).toBe(200);
  });

  test.each([
    ["is cut off", (file: Buffer) => file.subarray(0, file.length - 20), "partial"],
    [
      "holds a record that cannot be read",
      (file: Buffer) => Buffer.concat([file, Buffer.from("rubbish\x1d")]),
      "complete_with_rejects",
    ],
  ])("takes nothing out where the file %s", async (_what, damage, expected) => {
    await importBytes(booksOf(25));
    const { outcome, run } = await importBytes(damage(booksOf(22)), { replace });
    expect(outcome).toBe(expected);
    expect(run.withdrawn).toBe(0);
    expect((await liveTitles()).length).toBe(25);
  });
});

describe("beside others", () => {
  test("it waits for nobody: a repository that is being harvested is busy", async () => {
    const { host } = new URL(baseUrlWithout("tinh"));
    await takeLease(database.db, { repositoryId, host, owner: "somebody else" }, 60_000);
    await expect(importBytes(booksOf(1))).rejects.toThrow(RepositoryBusy);
  });

  test("it ends a run that was killed, and leaves none open itself", async () => {
    await startRun(database.db, {
      repositoryId,
      trigger: "person",
      metadataPrefix: "marc21",
      metadataNamespace: "http://www.loc.gov/MARC21/slim",
      sourceStarted: null,
      fullList: false,
      windows: [{ from: null, until: null, resumptionToken: null, received: 0 }],
    });
    expect((await importBytes(booksOf(1))).outcome).toBe("complete");
    expect((await listRuns(database.db, repositoryId, 5)).map(({ outcome }) => outcome)).toEqual([
      "complete",
      "partial",
    ]);
    expect(await findOpenRun(database.db, repositoryId)).toBeNull();
  });

  test("it stops after the page in hand when a person says so", async () => {
    const controller = new AbortController();
    const { run, outcome } = await importBytes(booksOf(1_200), {
      signal: controller.signal,
      onPage: () => controller.abort(),
    });
    expect(outcome).toBe("cancelled");
    expect(run.received).toBe(500);
    expect((await liveTitles()).length).toBe(500);
  });
});

function dataField(tag: string, indicators: string, value: string) {
  return { tag, indicator1: indicators[0], indicator2: indicators[1], subfields: [{ code: "a", value }] };
}
