import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { feedIsComplete } from "../../bench/fill-feed.ts";
import { outgoingCrosswalks } from "../../mappings/index.ts";
import { sampleRepositories } from "../../src/demo/sample-repositories.ts";
import { startSampleServer } from "../../src/demo/sample-server.ts";
import type { Manifest } from "../../src/export/manifest.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { formatDatestamp } from "../../src/oai/datestamp.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { isInstalled, PROGRAM_ABSENT, runOver, schemaComplaints } from "../marc/programs.ts";
import { addSource, pagesOf, publish, sampleProvider, sampleRecord } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { schemasPresent } from "../support/schemas.ts";
import { testServices } from "../support/services.ts";
import { SHARED_ABSENT } from "../support/shared.ts";
import { dump, formatCalled, jsonLines, makeWorkplace, sha256Of, unpacked, type Workplace } from "./dump.ts";

const RIGHTS = "https://creativecommons.org/publicdomain/zero/1.0/";
const hasXmllint = isInstalled("xmllint");
const hasYaz = isInstalled("yaz-marcdump");
/** Fifty keywords of 2,500 bytes: no field is too long for ISO 2709, but the record is. */
const LONG = {
  subjects: Array.from({ length: 50 }, (_, number) => ({
    value: `${number} ${"từ khoá ".repeat(250)}`,
    scheme: "keyword" as const,
  })),
};

/** A record of the database, as far as all files tell of it. */
interface StoredRecord {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly sets: readonly string[];
  readonly published: unknown;
}

let database: TestDatabase;
let workplace: Workplace;
let folder: string;
let manifest: Manifest;
let stored: readonly StoredRecord[];
let tooLong: string;

/** The sample repositories, harvested, and a record that ISO 2709 cannot carry; dumped in small pages. */
beforeAll(async () => {
  database = await createTestDatabase();
  await fill(database);
  workplace = makeWorkplace();
  folder = join(workplace.path, "whole");
  manifest = await dump(database.db, folder, { metadataRights: RIGHTS, pageSize: 37 });
  stored = await readStored(database);
});
afterAll(async () => {
  workplace.remove();
  await database.close();
});

async function fill({ db }: TestDatabase): Promise<void> {
  const samples = sampleRepositories();
  const server = await startSampleServer(samples);
  const services = testServices(db);
  for (const [index, sample] of samples.entries()) {
    const row = { code: `mau-${index + 1}`, name: sample.name, base_url: server.baseUrl(sample) };
    const { repository_id } = await addRepository(db, row);
    await harvestRepository(services, repository_id, { trigger: "person", full: true });
  }
  await services.http.close();
  await server.close();
  const source = await addSource(db, "dai", "https://dai.example/oai");
  const titles = [{ value: "Một bản ghi quá dài", type: "main" as const }];
  const record = sampleRecord(source, 1_000_000, { published: { titles, ...LONG } });
  tooLong = record.oaiIdentifier;
  await publish(db, source, [
    record,
    sampleRecord(source, 1_000_001, { deletedReason: "source-header", published: null }),
  ]);
  await feedIsComplete(db);
}

/** Everything in the order of the feed. */
async function readStored({ db }: TestDatabase): Promise<readonly StoredRecord[]> {
  const rows = await db.selectFrom("record").selectAll().orderBy("stamp").orderBy("record_id").execute();
  return rows.map((row) => ({
    identifier: row.oai_identifier,
    datestamp: formatDatestamp(row.stamp, "second"),
    deleted: row.deleted,
    sets: row.set_specs,
    published: row.published,
  }));
}

const text = (file: string) => unpacked(folder, `${file}.gz`).toString("utf8");
const idsOf = (records: readonly StoredRecord[]) => records.map(({ identifier }) => identifier);
const live = () => stored.filter(({ deleted }) => !deleted);
const deleted = () => stored.filter((record) => record.deleted);

/** The values of 001 of each record, with what stands before it in our identifiers. */
function marcIdentifiers(xml: string): readonly string[] {
  const numbers = [...xml.matchAll(/<controlfield tag="001">([^<]*)<\/controlfield><controlfield tag="003">([^<]*)/g)];
  return numbers.map(([, local, domain]) => `oai:${domain}:${local}`);
}

describe("a dump holds every record of the feed once, in the order of the feed", () => {
  test("the samples are enough to see it", () => {
    expect(live().length).toBeGreaterThan(200);
    expect(deleted().length).toBeGreaterThan(3);
  });

  test("records.jsonl: identifier, datestamp, sets and the common record as stored; deleted ones without a record", () => {
    const lines = jsonLines(folder);
    expect(lines.map(({ identifier, datestamp, deleted, sets }) => ({ identifier, datestamp, deleted, sets }))).toEqual(
      stored.map(({ published, ...rest }) => rest),
    );
    for (const [index, { record, source, deleted }] of lines.entries()) {
      if (deleted) expect([record, source]).toEqual([undefined, undefined]);
      else expect(record).toEqual(stored[index]?.published);
    }
    expect(lines[0]?.source).toMatchObject({
      repository: expect.stringMatching(/^mau-\d$/),
      datestamp: expect.any(String),
    });
  });

  test("oai_dc.xml: exactly the records that the feed answers, licence and deleted ones included", async () => {
    const options = { formats: outgoingCrosswalks, metadataRights: RIGHTS, pageSize: 1_000 };
    const pages = await pagesOf(sampleProvider(database.db, options), "verb=ListRecords&metadataPrefix=oai_dc");
    const records = (xml: string) => xml.match(/<record>.*?<\/record>/gs) ?? [];
    const dumped = records(text("oai_dc.xml"));
    expect(dumped).toHaveLength(stored.length);
    expect(dumped).toEqual(pages.flatMap(records));
    expect(text("oai_dc.xml")).toContain(`<rightsReference ref="${RIGHTS}"/>`);
  });

  test("marc21.xml: the live ones", () => {
    expect(marcIdentifiers(text("marc21.xml"))).toEqual(idsOf(live()));
  });

  test("deleted.tsv: the deleted ones, with their datestamps", () => {
    const [head, ...lines] = text("deleted.tsv").trimEnd().split("\n");
    expect(head).toBe("identifier\tdatestamp");
    expect(lines).toEqual(deleted().map(({ identifier, datestamp }) => `${identifier}\t${datestamp}`));
  });
});

describe("the manifest", () => {
  test("tells length and SHA-256 of each file as sha256sum and the disk do, and names every file there is", async () => {
    const names = manifest.files.map(({ name }) => name);
    expect(readdirSync(folder).toSorted()).toEqual([...names, "manifest.json"].toSorted());
    for (const { name, bytes, sha256 } of manifest.files) {
      expect(statSync(join(folder, name)).size, name).toBe(bytes);
      expect(await sha256Of(join(folder, name)), name).toBe(sha256);
    }
  });

  test("tells how many records are in each file, live and deleted", () => {
    const counts = { jsonl: [1, 1], marcxml: [1, 0], iso2709: [1, 0], oai_dc: [1, 1], deleted: [0, 1] };
    const [all, gone] = [live().length, deleted().length];
    expect([manifest.records, manifest.deleted]).toEqual([all, gone]);
    for (const { format, records, deleted, leftOut } of manifest.files) {
      const [withLive = 0, withDeleted = 0] = counts[format as keyof typeof counts];
      expect([format, records + leftOut.length, deleted]).toEqual([format, withLive * all, withDeleted * gone]);
    }
  });

  test("is what the export returned, with the horizon, the licence and how to go on", () => {
    expect(JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"))).toEqual(manifest);
    expect(manifest.horizon >= (stored.at(-1)?.datestamp ?? "none")).toBe(true);
    expect(manifest).toMatchObject({ manifestVersion: 1, set: null, compression: "gzip", metadataRights: RIGHTS });
    expect(manifest.howToGoOn).toContain(`${manifest.baseUrl} with from=${manifest.horizon}`);
  });

  test("names a record that is too long for ISO 2709, and why; all other formats hold it", () => {
    for (const { format, leftOut } of manifest.files) {
      if (format === "iso2709")
        expect(leftOut).toEqual([{ identifier: tooLong, reason: expect.stringMatching(/ISO 2709/) }]);
      else expect(leftOut).toEqual([]);
    }
    expect(jsonLines(folder).filter(({ identifier }) => identifier === tooLong)).toHaveLength(1);
  });
});

test.skipIf(schemasPresent)(SHARED_ABSENT, () => {});
test.skipIf(hasXmllint && hasYaz)(PROGRAM_ABSENT, () => {});

describe("independent programs", () => {
  test.skipIf(!schemasPresent || !hasXmllint)("xmllint finds both XML files valid", () => {
    expect(schemaComplaints(text("oai_dc.xml"), "all.xsd")).toBe("");
    expect(schemaComplaints(text("marc21.xml"), "marc/MARC21slim.xsd")).toBe("");
  });

  test.skipIf(!hasYaz)("yaz-marcdump reads every record of ISO 2709, and the same in it as in MARCXML", () => {
    const lines = (file: string, form: string) => {
      const { status, stdout, complaints } = runOver(text(file), "yaz-marcdump", ["-i", form, "-o", "line", "{}"]);
      expect([status, complaints]).toEqual([0, ""]);
      const records = stdout.toString("utf8").trimEnd().split("\n\n");
      // leaders tell lengths, which MARCXML has not
      return records.map((record) => record.slice(record.indexOf("\n") + 1));
    };
    const fromXml = lines("marc21.xml", "marcxml");
    expect(fromXml).toHaveLength(live().length);
    const carried = fromXml.filter((_, index) => live()[index]?.identifier !== tooLong);
    expect(lines("marc21.mrc", "marc")).toEqual(carried);
  });
});

describe("a dump of a set", () => {
  test("holds that set alone, and tells how to go on with it", async () => {
    const part = join(workplace.path, "part");
    const { set, howToGoOn, horizon } = await dump(database.db, part, { setSpec: "inst:mau-2" });
    expect([set, howToGoOn]).toEqual(["inst:mau-2", expect.stringContaining(`from=${horizon}&set=inst:mau-2`)]);
    const expected = stored.filter(({ sets }) => sets.includes("inst:mau-2"));
    expect(expected.length).toBeGreaterThan(10);
    expect(jsonLines(part).map(({ identifier }) => identifier)).toEqual(idsOf(expected));
  });

  test("that does not exist is refused, and no folder is made", async () => {
    const part = join(workplace.path, "none");
    await expect(dump(database.db, part, { setSpec: "inst:khong-co" })).rejects.toThrow(/no set "inst:khong-co"/);
    expect(readdirSync(workplace.path)).not.toContain("none");
  });
});

test("an empty feed makes an empty dump, of files that are valid all the same", async () => {
  const empty = await createTestDatabase();
  const place = join(workplace.path, "empty");
  const { records, files } = await dump(empty.db, place);
  await empty.close();
  expect([records, files.length]).toEqual([0, 5]);
  expect(jsonLines(place)).toEqual([]);
  expect(unpacked(place, "marc21.mrc.gz")).toHaveLength(0);
  const xml = unpacked(place, "oai_dc.xml.gz").toString("utf8");
  expect(xml).toContain('<error code="noRecordsMatch">');
  if (!schemasPresent || !hasXmllint) return;
  expect(schemaComplaints(xml, "all.xsd")).toBe("");
  expect(schemaComplaints(unpacked(place, "marc21.xml.gz").toString("utf8"), "marc/MARC21slim.xsd")).toBe("");
});

test("only the formats that are asked for are written, and always the list of what is deleted", async () => {
  const place = join(workplace.path, "one");
  await dump(database.db, place, { formats: [formatCalled("iso2709")] });
  expect(readdirSync(place).toSorted()).toEqual(["deleted.tsv.gz", "manifest.json", "marc21.mrc.gz"]);
});
