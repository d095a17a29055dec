import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";
import { sampleRepositories } from "../../src/demo/sample-repositories.ts";
import { startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { baseUrlWithout, importFile } from "../../src/jobs/import-file.ts";
import { previewRemap } from "../../src/jobs/remap-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import { createTestFolder, iso2709, type TestFolder } from "./marc-files.ts";

let database: TestDatabase;
let services: Services;
let folder: TestFolder;

beforeEach(async () => {
  folder = createTestFolder();
  database = await createTestDatabase();
  services = testServices(database.db);
});
afterEach(async () => {
  await services.http.close();
  await database.close();
  folder.remove();
});

const add = async (code: string, url: string) =>
  (await addRepository(database.db, { code, name: code, base_url: url })).repository_id;

/** What a remap comes to where every record is said to have been mapped by rules of another day, which give the same. */
async function remapped(repositoryId: number) {
  await sql`UPDATE source_record SET crosswalk = regexp_replace(crosswalk, '[+].*', '+of another day')`.execute(
    database.db,
  );
  return await previewRemap(services, repositoryId);
}

const NOTHING = { changed: 0, published: 0, withdrawn: 0, remarked: 0, unreadable: 0, issues: {} };

test("rules that give the same change nothing in repositories of three kinds, remarks included", async () => {
  const samples = sampleRepositories();
  const server = await startSampleServer(samples);
  try {
    for (const [index, sample] of samples.entries()) {
      const repositoryId = await add(`kho-${index}`, server.baseUrl(sample));
      await harvestRepository(services, repositoryId, { trigger: "person", full: false });
      const { records, ...effects } = await remapped(repositoryId);
      expect(effects).toEqual(NOTHING);
      expect(records).toBeGreaterThan(20);
    }
  } finally {
    await server.close();
  }
});

test("what was remarked before a record was stored stays: a damaged file, an identity from the content, other bytes", async () => {
  const repositoryId = await add("tinh", baseUrlWithout("tinh"));
  const sound = iso2709([
    ["001", "vtls1"],
    ["245", "00$aSách"],
  ]);
  const nameless = iso2709([["245", "00$aSách không số"]]);
  const damaged = iso2709([
    ["001", "vtls2"],
    ["245", "00$aSách"],
  ]);
  damaged.write("99999", 0, "latin1");
  await importFile(services, repositoryId, folder.write("a.mrc", Buffer.concat([sound, nameless, damaged])), {
    replace: false,
  });
  const codes = await database.db.selectFrom("record_issue").select("code").execute();
  expect(codes.map(({ code }) => code)).toEqual(expect.arrayContaining(["identity-from-content", "marc-damaged"]));
  const { records, ...effects } = await remapped(repositoryId);
  expect([records, effects]).toEqual([3, NOTHING]);
});

test("a record whose bytes were of another encoding goes on saying so", async () => {
  const xml = Buffer.concat([
    Buffer.from(
      '<?xml version="1.0" encoding="UTF-8"?><Repository xmlns="http://www.openarchives.org/OAI/2.0/static-repository" xmlns:oai="http://www.openarchives.org/OAI/2.0/"><Identify><oai:repositoryName>Kho</oai:repositoryName><oai:baseURL>https://kho.example/</oai:baseURL><oai:protocolVersion>2.0</oai:protocolVersion><oai:adminEmail>a@kho.example</oai:adminEmail><oai:earliestDatestamp>2020-01-01</oai:earliestDatestamp><oai:deletedRecord>no</oai:deletedRecord><oai:granularity>YYYY-MM-DD</oai:granularity></Identify><ListMetadataFormats><oai:metadataFormat><oai:metadataPrefix>oai_dc</oai:metadataPrefix><oai:schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</oai:schema><oai:metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</oai:metadataNamespace></oai:metadataFormat></ListMetadataFormats><ListRecords metadataPrefix="oai_dc"><oai:record><oai:header><oai:identifier>oai:kho.example:1</oai:identifier><oai:datestamp>2020-01-01</oai:datestamp></oai:header><oai:metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Caf',
    ),
    Buffer.from([0xe9]),
    Buffer.from("</dc:title></oai_dc:dc></oai:metadata></oai:record></ListRecords></Repository>"),
  ]);
  const repositoryId = await add("kho", baseUrlWithout("kho"));
  await importFile(services, repositoryId, folder.write("a.xml", xml), { replace: false });
  const values = await database.db
    .selectFrom("record_issue")
    .select("value")
    .where("code", "=", "xml-repaired")
    .execute();
  expect(values).toEqual([{ value: "bytes read as windows-1252" }]);
  const { records, ...effects } = await remapped(repositoryId);
  expect([records, effects]).toEqual([1, NOTHING]);
});
