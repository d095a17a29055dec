import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { baseUrlWithout, importFile } from "../../src/jobs/import-file.ts";
import type { Services } from "../../src/jobs/services.ts";
import { addRepository, getRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import { createTestFolder, type TestFolder } from "./marc-files.ts";

const OAI = "http://www.openarchives.org/OAI/2.0/";
const PREFIXES = {
  oai_dc: [`${OAI}oai_dc/`, `${OAI}oai_dc.xsd`],
  marc21: ["http://www.loc.gov/MARC21/slim", "http://www.loc.gov/standards/marcxml/schema/MARC21slim.xsd"],
  rfc1807: ["http://info.internet.isi.edu/in-notes/rfc/files/rfc1807.txt", `${OAI}rfc1807.xsd`],
} as const;
type Prefix = keyof typeof PREFIXES;

const METADATA: Readonly<Record<Prefix, (title: string) => string>> = {
  oai_dc: (title) =>
    `<oai_dc:dc xmlns:oai_dc="${OAI}oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></oai_dc:dc>`,
  marc21: (title) =>
    `<record xmlns="http://www.loc.gov/MARC21/slim"><leader>00000nam a2200000 i 4500</leader><datafield tag="245" ind1="0" ind2="0"><subfield code="a">${title}</subfield></datafield></record>`,
  rfc1807: () => `<rfc1807 xmlns="http://info.internet.isi.edu/in-notes/rfc/files/rfc1807.txt"/>`,
};

/** A static repository as the specification shows it (§3.6): lists of records in each of the formats. */
function staticRepository(lists: Partial<Record<Prefix, readonly string[]>>): string {
  const prefixes = Object.keys(lists) as Prefix[];
  const formats = prefixes.map(
    (prefix) =>
      `<oai:metadataFormat><oai:metadataPrefix>${prefix}</oai:metadataPrefix><oai:schema>${PREFIXES[prefix][1]}</oai:schema><oai:metadataNamespace>${PREFIXES[prefix][0]}</oai:metadataNamespace></oai:metadataFormat>`,
  );
  const record = (prefix: Prefix, title: string, index: number) =>
    `<oai:record><oai:header><oai:identifier>oai:thuvien.example:${index + 1}</oai:identifier><oai:datestamp>2024-02-0${index + 1}</oai:datestamp></oai:header><oai:metadata>${METADATA[prefix](title)}</oai:metadata></oai:record>`;
  const written = prefixes.map(
    (prefix) =>
      `<ListRecords metadataPrefix="${prefix}">\n${(lists[prefix] ?? []).map((title, index) => record(prefix, title, index)).join("\n")}\n</ListRecords>`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<Repository xmlns="${OAI}static-repository" xmlns:oai="${OAI}">
<Identify>
<oai:repositoryName>Thư viện huyện</oai:repositoryName>
<oai:baseURL>http://gateway.example.org/oai/thuvien.example/oai.xml</oai:baseURL>
<oai:protocolVersion>2.0</oai:protocolVersion>
<oai:adminEmail>thuvien@example.org</oai:adminEmail>
<oai:earliestDatestamp>2024-02-01</oai:earliestDatestamp>
<oai:deletedRecord>no</oai:deletedRecord>
<oai:granularity>YYYY-MM-DD</oai:granularity>
</Identify>
<ListMetadataFormats>${formats.join("\n")}</ListMetadataFormats>
${written.join("\n")}
</Repository>
`;
}

let database: TestDatabase;
let services: Services;
let folder: TestFolder;
let repositoryId: number;

beforeEach(async () => {
  folder = createTestFolder();
  database = await createTestDatabase();
  services = testServices(database.db);
  const row = { code: "huyen", name: "huyen", base_url: baseUrlWithout("huyen") };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});

afterEach(async () => {
  await services.http.close();
  await database.close();
  folder.remove();
});

const importText = (xml: string) =>
  importFile(services, repositoryId, folder.write("oai.xml", xml), { replace: false });
const stored = () => database.db.selectFrom("record").selectAll().orderBy("source_identifier").execute();

describe("an OAI static repository", () => {
  test("is imported in the richest format that can be mapped, each record once, under its own identifier and date", async () => {
    const titles = ["Một", "Hai", "Ba"];
    const { run, outcome } = await importText(staticRepository({ rfc1807: titles, oai_dc: titles, marc21: titles }));
    expect(outcome, run.failure ?? "").toBe("complete");
    expect(run).toMatchObject({ metadata_prefix: "marc21", received: 3, added: 3, complete_list_size: 3 });
    expect(
      (await stored()).map((row) => [row.source_identifier, row.source_datestamp, row.metadata_namespace]),
    ).toEqual([1, 2, 3].map((n) => [`oai:thuvien.example:${n}`, `2024-02-0${n}`, PREFIXES.marc21[0]]));
  });

  test("in Dublin Core alone is imported in that", async () => {
    const { run } = await importText(staticRepository({ oai_dc: ["Một"], rfc1807: ["Một"] }));
    expect(run).toMatchObject({ metadata_prefix: "oai_dc", added: 1 });
    expect((await stored())[0]?.published?.titles).toMatchObject([{ value: "Một" }]);
  });

  test("gives its name, its address and what it says of itself to a repository that has none", async () => {
    await importText(staticRepository({ oai_dc: ["Một"] }));
    expect(await getRepository(database.db, repositoryId)).toMatchObject({
      name: "Thư viện huyện",
      base_url: "http://gateway.example.org/oai/thuvien.example/oai.xml",
      identity: {
        repositoryName: "Thư viện huyện",
        protocolVersion: "2.0",
        adminEmails: ["thuvien@example.org"],
        earliestDatestamp: "2024-02-01",
        deletedRecord: "no",
        granularity: "day",
      },
    });
  });

  test("does not rename a repository that a person named", async () => {
    await database.db.updateTable("repository").set({ name: "Tên khác" }).execute();
    await importText(staticRepository({ oai_dc: ["Một"] }));
    expect((await getRepository(database.db, repositoryId)).name).toBe("Tên khác");
  });

  test("in formats that nobody can map is a failed run that names them", async () => {
    const { run } = await importText(staticRepository({ rfc1807: ["Một"] }));
    expect(run).toMatchObject({ outcome: "failed", received: 0 });
    expect(run.failure).toContain("none of the formats offered (rfc1807) can be mapped yet");
  });

  test("that was cut off is a failed run: only a whole document says which formats it holds", async () => {
    const xml = staticRepository({ oai_dc: ["Một", "Hai"] });
    const { run } = await importText(xml.slice(0, xml.indexOf("Hai")));
    expect(run).toMatchObject({ outcome: "failed", received: 0 });
    expect(run.failure).toMatch(/oai\.xml: after record 1, line \d+: the document ends inside a <record>/);
  });

  test("is fetched where a URL is named", async () => {
    const file = folder.write("oai.xml", staticRepository({ oai_dc: ["Một", "Hai"] }));
    const server: Server = createServer((request, response) =>
      request.url === "/oai.xml" ? response.end(readFileSync(file)) : response.writeHead(404).end(),
    );
    await once(server.listen(0, "127.0.0.1"), "listening");
    const { port } = server.address() as AddressInfo;
    try {
      const { run } = await importFile(services, repositoryId, `http://127.0.0.1:${port}/oai.xml`, { replace: false });
      expect(run).toMatchObject({ outcome: "complete", added: 2 });
      const missing = await importFile(services, repositoryId, `http://127.0.0.1:${port}/no.xml`, { replace: false });
      expect(missing.run.outcome).toBe("failed");
      expect(missing.run.failure).toMatch(/answered HTTP 404/);
    } finally {
      server.close();
    }
  });
});

test("an answer of an OAI-PMH repository in a file is refused: the repository is to be harvested", async () => {
  const record = `<record><header><identifier>a</identifier><datestamp>2024-01-01</datestamp></header><metadata>${METADATA.oai_dc("Một")}</metadata></record>`;
  const { run } = await importText(`<OAI-PMH xmlns="${OAI}"><ListRecords>${record}</ListRecords></OAI-PMH>`);
  expect(run).toMatchObject({ outcome: "failed", received: 0 });
  expect(run.failure).toMatch(/this is an answer of an OAI-PMH repository; harvest the repository instead$/);
});
