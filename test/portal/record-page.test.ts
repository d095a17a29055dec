import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { explainRecord } from "../../src/explain-record.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { portalRoutes } from "../../src/portal/routes.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";

const METADATA = `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:title>Nghi\u00ean c\u1ee9u &amp;amp; \u1ee9ng d\u1ee5ng &lt;b&gt;</dc:title><dc:creator>Nguy\u1ec5n V\u0103n An</dc:creator>
<dc:date>2019</dc:date><dc:date>n\u0103m kh\u00f4ng r\u00f5</dc:date><dc:type>http://purl.org/coar/resource_type/c_bdcc</dc:type></oai_dc:dc>`;
const LONG = `oai:kho.example.edu.vn:${"a/b".repeat(60)}`;
const sample = thesesRepository([
  thesis(1, { metadata: { oai_dc: METADATA } }),
  thesis(2, { deleted: true, metadata: {} }),
  thesis(3, { identifier: LONG }),
  thesis(4, { metadata: { oai_dc: METADATA.replace(/<dc:type>.*<\/dc:type>/, "<dc:type>Nhà in Lý</dc:type>") } }),
]);
const FIRST = `oai:lienthong.example:kho/${thesis(1).identifier.slice("oai:".length)}`;
const FOURTH = thesis(4).identifier;
let database: TestDatabase;
let repository: SampleServer;
let server: FastifyInstance;

beforeAll(async () => {
  database = await createTestDatabase();
  repository = await startSampleServer([sample]);
  const row = { code: "kho", name: "Kho", base_url: repository.baseUrl(sample) };
  const { repository_id } = await addRepository(database.db, row);
  const services = testServices(database.db);
  await harvestRepository(services, repository_id, { trigger: "person", full: false });
  await services.http.close();
  server = fastify();
  await server.register(
    portalRoutes({
      db: database.db,
      name: "Cổng",
      oaiUrl: () => "https://cong.example.vn/oai",
      prefixes: ["oai_dc", "marc21"],
      explain: async (repository, record) => explainRecord(repository, record, []),
      explainToken: () => null,
    }),
  );
});

afterAll(async () => {
  await server.close();
  await repository.close();
  await database.close();
});

const page = async (identifier: string, language = "en") =>
  await server.inject(`/records/${encodeURIComponent(identifier)}?lang=${language}`);
/** The text of a page, as a reader sees it. */
const textOf = (html: string) =>
  html
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ")
    .replaceAll("&lt;", "<")
    .replaceAll("&amp;", "&");

describe("the page of a record", () => {
  test("shows each value with the place that it came from, and the text there as it was sent", async () => {
    const { statusCode, body } = await page(FIRST);
    expect(statusCode).toBe(200);
    const text = textOf(body);
    // the repository has escaped its ampersand twice: that is mended, and what was sent stands beside it
    expect(text).toContain("titles titles Nghiên cứu & ứng dụng <b> lang: vi · type: main");
    expect(text).toMatch(/Nghiên cứu &amp; ứng dụng <b> \/record\/metadata\/oai_dc:dc\/dc:title mended: entities/);
    expect(text).toMatch(/creators creators Nguyễn Văn An .* Nguyễn Văn An \/record\/metadata\/oai_dc:dc\/dc:creator/);
  });

  test("names a term of a vocabulary in the reader's language", async () => {
    // COAR Resource Types 3.2: c_bdcc
    expect(textOf((await page(FIRST, "vi")).body)).toContain("loại tài liệu resourceType Luận văn thạc sĩ");
    expect(textOf((await page(FIRST)).body)).toContain("resource type resourceType master thesis");
  });

  test("shows what is remarked on it, and what was sent, both escaped", async () => {
    const { body } = await page(FIRST);
    expect(textOf(body)).toContain("“năm không rõ” /record/metadata/oai_dc:dc/dc:date[2]");
    expect(body).toContain("&lt;dc:creator>Nguyễn Văn An&lt;/dc:creator>");
  });

  test("leads to the record in each format of the feed, and to its repository", async () => {
    const { body } = await page(FIRST);
    const query = new URLSearchParams({ verb: "GetRecord", metadataPrefix: "marc21", identifier: FIRST }).toString();
    expect(body).toContain(`href="/oai?${query.replaceAll("&", "&amp;")}"`);
    expect(body).toContain('href="/repositories/kho"');
  });

  test("is in Vietnamese where nothing else was chosen", async () => {
    const { body } = await server.inject(`/records/${encodeURIComponent(FIRST)}`);
    expect(body).toContain('<html lang="vi">');
    expect(textOf(body)).toContain("Giá trị và nguồn gốc");
  });

  test("of one that its repository has deleted says so, and offers no formats", async () => {
    const { body } = await page(thesis(2).identifier);
    expect(textOf(body)).toContain("Not in the feed any more: its repository has deleted it.");
    expect(body).not.toContain("verb=GetRecord");
  });

  test("is found by the repository's own identifier, however long it is and whatever slashes it holds", async () => {
    const { statusCode, body } = await page(LONG);
    expect([statusCode, textOf(body).includes(LONG)]).toEqual([200, true]);
    expect((await server.inject(`/records/${LONG}`)).statusCode).toBe(200);
  });

  test("of an identifier that there is not is not found, and says so on a page", async () => {
    const { statusCode, body } = await page("oai:nobody:1");
    expect([statusCode, textOf(body).includes("There is no record of that identifier")]).toEqual([404, true]);
  });

  test("shows what the repository's overrides decided, beside the word that the repository sent", async () => {
    const change = "UPDATE repository SET overrides = $1 WHERE code = 'kho'";
    const meaning = { "Nhà in Lý": "http://purl.org/coar/resource_type/c_2f33" };
    await database.pool.query(change, [JSON.stringify({ values: { resourceType: meaning } })]);
    const text = textOf((await page(FOURTH)).body);
    await database.pool.query(change, [null]);
    // COAR Resource Types 3.2: c_2f33
    expect(text).toMatch(
      /resource type resourceType book .* Nhà in Lý \/record\/metadata\/oai_dc:dc\/dc:type by a rule of this repository's own/,
    );
  });

  test("of one mapped by older rules says that it is explained by those that hold now", async () => {
    const before = "SELECT crosswalk FROM source_record WHERE identifier = $1";
    const identifier = thesis(1).identifier;
    const { rows } = await database.pool.query<{ crosswalk: string }>(before, [identifier]);
    const change = "UPDATE source_record SET crosswalk = $1 WHERE identifier = $2";
    await database.pool.query(change, ["oai-dc@0+0000000000000000", identifier]);
    expect(textOf((await page(FIRST)).body)).toContain("mapped by older rules");
    await database.pool.query(change, [rows[0]?.crosswalk, identifier]);
    expect(textOf((await page(FIRST)).body)).not.toContain("mapped by older rules");
  });
});

test("a record is looked up from the first page, blanks around the identifier do no harm", async () => {
  expect((await server.inject("/")).body).toContain('<form action="/records"');
  const { statusCode, headers } = await server.inject(`/records?identifier=%20${encodeURIComponent(FIRST)}%20`);
  expect([statusCode, headers.location]).toEqual([302, `/records/${encodeURIComponent(FIRST)}`]);
  expect((await server.inject("/records?identifier=")).headers.location).toBe("/");
});
