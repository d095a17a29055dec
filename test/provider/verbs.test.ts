import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Provider } from "../../src/provider/provider.ts";
import { readHorizon } from "../../src/store/fence.ts";
import { updateRepository } from "../../src/store/repositories.ts";
import { ensureSet } from "../../src/store/sets.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import {
  addSource,
  BASE_URL,
  DOMAIN,
  fillSets,
  pagesOf,
  publish,
  type SampleSource,
  sampleProvider,
  sampleRecord,
  textsOf,
} from "./sample-feed.ts";

const FIRST = new Date("2024-01-02T03:04:05Z");
const LATER = new Date("2024-05-06T07:08:09Z");
let database: TestDatabase;
let provider: Provider;
let source: SampleSource;

beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  provider = sampleProvider(db);
  source = await addSource(db, "kho", "https://user:secret@kho.example.edu.vn/oai?x=[1]");
  await addSource(db, "may-nha", "http://localhost:8080/oai");
  await addSource(db, "noi-bo", "http://10.0.0.7/oai");
  const retired = await addSource(db, "da-nghi", "https://old.example.edu.vn/oai");
  await updateRepository(db, retired.repositoryId, { state: "retired" });
  const paused = await addSource(db, "tam-dung", "https://paused.example.edu.vn/oai");
  await updateRepository(db, paused.repositoryId, { state: "paused" });
  const records = [
    sampleRecord(source, 1, { title: "Nhan đề <một> & \u0001hai" }),
    sampleRecord(source, 2, { sourceIdentifier: "số hai|[2]", sourceDatestamp: "2020-02-03 04:05:06.7+07:00" }),
    sampleRecord(source, 3, { sourceDatestamp: "hôm qua" }),
  ];
  await publish(db, source, records, FIRST);
  const deleted = sampleRecord(source, 4);
  await publish(db, source, [deleted], FIRST);
  await publish(db, source, [{ ...deleted, deletedReason: "sweep", published: null, contentHash: null }], LATER);
  const neverSeen = sampleRecord(source, 5, { deletedReason: "source-header", published: null, contentHash: null });
  await publish(db, source, [neverSeen], LATER);
});

afterAll(async () => await database.close());

async function answer(query: string): Promise<string> {
  const xml = await provider.answer(query);
  if (schemasPresent) expect(await schemaComplaints(xml)).toEqual([]);
  expect(xml).not.toContain("<error");
  return xml;
}

function identifierOf(recordId: number): string {
  return sampleRecord(source, recordId).oaiIdentifier;
}

async function getRecord(identifier: string): Promise<string> {
  return await answer(`verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent(identifier)}`);
}

describe("Identify", () => {
  test("tells who we are and how we keep our promises", async () => {
    const xml = await answer("verb=Identify");
    expect(xml).toContain("<repositoryName>Liên thông &lt;thử&gt; &amp; nghiệm</repositoryName>");
    expect(textsOf(xml, "adminEmail")).toEqual(["admin@lienthong.example", "thuvien@lienthong.example"]);
    expect(textsOf(xml, "protocolVersion")).toEqual(["2.0"]);
    expect(textsOf(xml, "deletedRecord")).toEqual(["persistent"]);
    expect(textsOf(xml, "granularity")).toEqual(["YYYY-MM-DDThh:mm:ssZ"]);
    expect(textsOf(xml, "compression")).toEqual(["gzip", "br"]);
    expect(xml).toContain(`<request verb="Identify">${BASE_URL}</request>`);
    expect(textsOf(xml, "baseURL")[0]).toBe(BASE_URL);
  });

  test("tells the datestamp of the oldest record", async () => {
    expect(textsOf(await answer("verb=Identify"), "earliestDatestamp")).toEqual(["2024-01-02T03:04:05Z"]);
  });

  test("names the repositories that are harvested and that strangers can reach, without their passwords", async () => {
    const friends = /<friends .*<\/friends>/.exec(await answer("verb=Identify"))?.[0] ?? "";
    expect(textsOf(friends, "baseURL")).toEqual(["https://kho.example.edu.vn/oai?x=%5B1%5D"]);
  });

  test("shows our sign, which lies beside the feed and leads to our pages", async () => {
    const icon = /<collectionIcon>.*<\/collectionIcon>/.exec(await answer("verb=Identify"))?.[0] ?? "";
    expect(textsOf(icon, "url")).toEqual(["https://feed.example.vn/lien-thong/favicon.svg"]);
    expect(textsOf(icon, "link")).toEqual(["https://feed.example.vn/lien-thong/"]);
    expect(textsOf(icon, "title")).toEqual(["Liên thông &lt;thử&gt; &amp; nghiệm"]);
  });

  test("explains the identifiers and the software", async () => {
    const xml = await answer("verb=Identify");
    expect(textsOf(xml, "repositoryIdentifier")).toEqual([DOMAIN]);
    expect(textsOf(xml, "sampleIdentifier")[0]).toMatch(/^oai:lienthong\.example:[a-z]+\/./);
    expect(xml).toContain("<title>lienthong</title><version>1.2.3</version>");
  });
});

describe("rights in the metadata", () => {
  const licence = "https://creativecommons.org/publicdomain/zero/1.0/";
  const ask = async (query: string, metadataRights: string | null) => {
    const xml = await sampleProvider(database.db, { metadataRights }).answer(query);
    if (schemasPresent) expect(await schemaComplaints(xml)).toEqual([]);
    return xml;
  };
  const record = (recordId: number) =>
    `verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent(identifierOf(recordId))}`;

  test("stand in every record that has metadata, and Identify lists them", async () => {
    const reference = `<rightsReference ref="${licence}"/>`;
    const manifest = /<rightsManifest .*<\/rightsManifest>/.exec(await ask("verb=Identify", licence))?.[0] ?? "";
    expect(manifest).toContain('appliesTo="http://www.openarchives.org/OAI/2.0/entity#metadata"');
    expect(manifest).toContain(`<rights>${reference}</rights>`);
    for (const query of [record(1), "verb=ListRecords&metadataPrefix=oai_dc"]) {
      const xml = await ask(query, licence);
      expect(xml.split(`${reference}</rights></about></record>`)).toHaveLength(xml.split("<metadata>").length);
    }
    expect(await ask(record(4), licence)).not.toContain("<about>");
  });

  test("are not invented", async () => {
    for (const query of ["verb=Identify", record(1)]) expect(await ask(query, null)).not.toContain("<rights");
  });
});

describe("ListMetadataFormats", () => {
  const both = ["oai_dc", "own"];

  test("names the formats, and finds a schema of ours beside the feed", async () => {
    const xml = await answer("verb=ListMetadataFormats");
    expect(textsOf(xml, "metadataPrefix")).toEqual(both);
    expect(textsOf(xml, "schema")).toEqual([
      "http://www.openarchives.org/OAI/2.0/oai_dc.xsd",
      "https://feed.example.vn/lien-thong/schema/own.xsd",
    ]);
  });

  test.each([1, 4, 5])("of item %i names them all, deleted or not", async (recordId) => {
    const query = `verb=ListMetadataFormats&identifier=${encodeURIComponent(identifierOf(recordId))}`;
    expect(textsOf(await answer(query), "metadataPrefix")).toEqual(both);
  });
});

describe("ListSets", () => {
  beforeAll(async () => await fillSets(database.db));

  test("does not tell of a set in which there is no record", async () => {
    await ensureSet(database.db, { setSpec: "hannom", setName: "Hán Nôm" });
    expect(textsOf(await answer("verb=ListSets"), "setSpec")).toHaveLength(5);
  });

  test("lists every set once, page by page", async () => {
    const pages = await pagesOf(sampleProvider(database.db, { pageSize: 2 }), "verb=ListSets");
    for (const page of pages) if (schemasPresent) expect(await schemaComplaints(page)).toEqual([]);
    expect(pages.map((page) => textsOf(page, "setSpec"))).toEqual([
      ["inst:da-nghi", "inst:kho"],
      ["inst:may-nha", "inst:noi-bo"],
      ["inst:tam-dung"],
    ]);
    expect(pages.map((page) => /cursor="(\d+)"/.exec(page)?.[1])).toEqual(["0", "2", "4"]);
    expect(pages[2]).toContain('<resumptionToken cursor="4"/>');
  });

  test("needs no token where one page holds them all", async () => {
    const xml = await answer("verb=ListSets");
    expect(xml).toContain("<setName>Kho kho &amp; &lt;con&gt;</setName>");
    expect(xml).not.toContain("resumptionToken");
  });
});

describe("GetRecord", () => {
  test("gives header, metadata and provenance", async () => {
    const xml = await getRecord(identifierOf(1));
    expect(xml).toContain(
      `<header><identifier>${identifierOf(1)}</identifier><datestamp>2024-01-02T03:04:05Z</datestamp><setSpec>inst:kho</setSpec></header>`,
    );
    expect(xml).toContain("<dc:title>Nhan đề &lt;một&gt; &amp; \ufffdhai</dc:title>");
    const about = /<about>.*<\/about>/.exec(xml)?.[0] ?? "";
    expect(about).toContain('<originDescription harvestDate="2024-01-02T03:04:05Z" altered="true">');
    expect(textsOf(about, "baseURL")).toEqual(["https://kho.example.edu.vn/oai?x=%5B1%5D"]);
    expect(textsOf(about, "identifier")).toEqual(["oai:kho.example.edu.vn:1"]);
    expect(textsOf(about, "datestamp")).toEqual(["2020-02-03T04:05:06Z"]);
    expect(textsOf(about, "metadataNamespace")).toEqual(["http://www.openarchives.org/OAI/2.0/oai_dc/"]);
  });

  test("writes provenance that is valid although its repository's words are not", async () => {
    const identifier = sampleRecord(source, 2, { sourceIdentifier: "số hai|[2]" }).oaiIdentifier;
    const about = /<about>.*<\/about>/.exec(await getRecord(identifier))?.[0] ?? "";
    expect(textsOf(about, "identifier")).toEqual(["s%E1%BB%91%20hai%7C%5B2%5D"]);
    expect(textsOf(about, "datestamp")).toEqual(["2020-02-02T21:05:06Z"]);
  });

  test("leaves provenance out where it would have to invent a datestamp", async () => {
    expect(await getRecord(identifierOf(3))).not.toContain("<about>");
  });

  test.each([4, 5])("gives of the deleted record %i its header alone", async (recordId) => {
    const xml = await getRecord(identifierOf(recordId));
    expect(xml).toContain(
      `<record><header status="deleted"><identifier>${identifierOf(recordId)}</identifier><datestamp>2024-05-06T07:08:09Z</datestamp><setSpec>inst:kho</setSpec></header></record>`,
    );
  });

  test("finds a record that changed a moment ago, although lists wait for it", async () => {
    const stamp = new Date((await readHorizon(database.db)).getTime() + 60 * 60 * 1000);
    const record = sampleRecord(source, 6);
    await publish(database.db, source, [record], stamp);
    expect(textsOf(await getRecord(record.oaiIdentifier), "dc:title")).toEqual(["Luận văn số 6"]);
    expect(await answer("verb=ListIdentifiers&metadataPrefix=oai_dc")).not.toContain(record.oaiIdentifier);
  });
});
