import { gunzipSync } from "node:zlib";
import { request } from "undici";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleRepositories } from "../../src/demo/sample-repositories.ts";
import type { SampleRepository } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import { SHARED_ABSENT } from "../support/shared.ts";
import { readList } from "./read-list.ts";

const samples = sampleRepositories();
const [theses, journal, catalogue] = samples as [SampleRepository, SampleRepository, SampleRepository];
const each = samples.map((sample) => [sample.name, sample] as const);
let server: SampleServer;

beforeAll(async () => {
  server = await startSampleServer(samples);
});

afterAll(async () => await server.close());

async function ask(sample: SampleRepository, query: string): Promise<string> {
  const answer = await fetch(`${server.baseUrl(sample)}?${query}`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get("content-type")).toMatch(/^text\/xml/);
  const xml = await answer.text();
  if (schemasPresent) expect(await schemaComplaints(xml), query).toEqual([]);
  return xml;
}

/** All pages of a list. Fails where a page repeats an identifier. */
async function askAll(sample: SampleRepository, query: string) {
  const pages = [readList(await ask(sample, query))];
  const verb = new URLSearchParams(query).get("verb");
  for (let token = pages[0]?.token ?? ""; token !== ""; token = pages.at(-1)?.token ?? "") {
    pages.push(readList(await ask(sample, `verb=${verb}&resumptionToken=${encodeURIComponent(token)}`)));
  }
  const headers = pages.flatMap((page) => page.headers);
  expect(new Set(headers.map(({ identifier }) => identifier)).size).toBe(headers.length);
  return { pages, headers };
}

function errorOf(xml: string): string | undefined {
  return /<error code="(\w+)">/.exec(xml)?.[1];
}

test.skipIf(schemasPresent)(SHARED_ABSENT, () => {});

describe.each(each)("%s", (_name, sample) => {
  const prefixes = sample.formats.map(({ prefix }) => prefix);

  test("names itself, its clock and what becomes of deleted records", async () => {
    const xml = await ask(sample, "verb=Identify");
    expect(xml).toContain(`<repositoryName>${sample.name}</repositoryName>`);
    expect(xml).toContain(`<baseURL>${server.baseUrl(sample)}</baseURL>`);
    expect(xml).toContain(`<granularity>${sample.granularity}</granularity>`);
    expect(xml).toContain(`<deletedRecord>${sample.deletedRecord}</deletedRecord>`);
  });

  test("has no record older than its earliestDatestamp, and one as old", async () => {
    const earliest = /<earliestDatestamp>([^<]+)/.exec(await ask(sample, "verb=Identify"))?.[1];
    const { headers } = await askAll(sample, "verb=ListIdentifiers&metadataPrefix=oai_dc");
    expect(headers.map(({ datestamp }) => datestamp).sort()[0]).toBe(earliest);
  });

  test.each(prefixes)("lists every item once, over several pages, as %s", async (metadataPrefix) => {
    const { pages, headers } = await askAll(sample, `verb=ListRecords&metadataPrefix=${metadataPrefix}`);
    expect(pages.length).toBeGreaterThan(2);
    expect(headers.map(({ identifier }) => identifier).sort()).toEqual(
      sample.items.map(({ identifier }) => identifier).sort(),
    );
    expect(pages.map(({ completeListSize }) => completeListSize)).toEqual(pages.map(() => sample.items.length));
    expect(pages.map(({ cursor }) => cursor)).toEqual(pages.map((_, index) => index * sample.pageSize));
  });

  test("gives deleted records without metadata, and all others with it", async () => {
    const { headers } = await askAll(sample, "verb=ListRecords&metadataPrefix=oai_dc");
    const deleted = headers.filter((header) => header.deleted);
    expect(deleted.length).toBeGreaterThan(2);
    expect(headers.filter(({ hasMetadata }) => hasMetadata)).toEqual(headers.filter((header) => !header.deleted));
  });

  test("says the same in ListIdentifiers and in ListRecords", async () => {
    const identifiers = await askAll(sample, "verb=ListIdentifiers&metadataPrefix=oai_dc");
    const records = await askAll(sample, "verb=ListRecords&metadataPrefix=oai_dc");
    expect(records.headers.map((header) => ({ ...header, hasMetadata: false }))).toEqual(identifiers.headers);
  });

  test("lists in each of its sets the items that say so, and none in two lists that should be apart", async () => {
    const { headers } = await askAll(sample, "verb=ListIdentifiers&metadataPrefix=oai_dc");
    for (const { spec } of sample.sets) {
      const members = headers.filter(({ setSpecs }) => setSpecs.some((own) => `${own}:`.startsWith(`${spec}:`)));
      if (members.length === 0) continue;
      expect((await askAll(sample, `verb=ListIdentifiers&metadataPrefix=oai_dc&set=${spec}`)).headers).toEqual(members);
    }
  });

  test("announces every set that a header names", async () => {
    const xml = await ask(sample, "verb=ListSets");
    const specs = new Set(sample.items.flatMap(({ setSpecs }) => setSpecs));
    for (const spec of specs) expect(xml).toContain(`<setSpec>${spec}</setSpec>`);
  });

  test("from and until both include their own moment, and together they split the list", async () => {
    const all = (await askAll(sample, "verb=ListIdentifiers&metadataPrefix=oai_dc")).headers;
    const middle = all[Math.floor(all.length / 2)]?.datestamp ?? "";
    const list = "verb=ListIdentifiers&metadataPrefix=oai_dc";
    const until = (await askAll(sample, `${list}&until=${middle}`)).headers;
    const from = (await askAll(sample, `${list}&from=${middle}`)).headers;
    const only = (await askAll(sample, `${list}&from=${middle}&until=${middle}`)).headers;
    expect(until).toEqual(all.filter(({ datestamp }) => datestamp <= middle));
    expect(from).toEqual(all.filter(({ datestamp }) => datestamp >= middle));
    expect(only).toEqual(all.filter(({ datestamp }) => datestamp === middle));
  });

  test.each(prefixes)("gives single records as %s, live and deleted", async (metadataPrefix) => {
    for (const deleted of [false, true]) {
      const item = sample.items.find((candidate) => candidate.deleted === deleted);
      const identifier = encodeURIComponent(item?.identifier ?? "");
      const xml = await ask(sample, `verb=GetRecord&metadataPrefix=${metadataPrefix}&identifier=${identifier}`);
      expect(readList(xml).headers).toEqual([
        expect.objectContaining({ identifier: item?.identifier, deleted, hasMetadata: !deleted }),
      ]);
    }
  });

  test.each([
    ["", "badVerb"],
    ["verb=junk", "badVerb"],
    ["verb=Identify&verb=Identify", "badVerb"],
    ["verb=Identify&set=a", "badArgument"],
    ["verb=ListRecords", "badArgument"],
    ["verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"],
    ["verb=ListRecords&metadataPrefix=oai_dc&from=yesterday", "badArgument"],
    ["verb=ListRecords&metadataPrefix=oai_dc&from=2023-02-30", "badArgument"],
    ["verb=ListRecords&metadataPrefix=oai_dc&from=2023-01-02&until=2023-01-01", "badArgument"],
    ["verb=ListRecords&metadataPrefix=oai_dc&from=2023-01-02&until=2023-01-03T00:00:00Z", "badArgument"],
    ["verb=ListRecords&metadataPrefix=oai_dc&resumptionToken=x", "badArgument"],
    ["verb=ListRecords&metadataPrefix=oai_dc&set=%20", "badArgument"],
    ["verb=ListRecords&resumptionToken=junk", "badResumptionToken"],
    ["verb=ListRecords&resumptionToken=%22%3E%3Cx%26", "badResumptionToken"],
    ["verb=ListSets&resumptionToken=junk", "badResumptionToken"],
    ["verb=ListRecords&metadataPrefix=mods", "cannotDisseminateFormat"],
    ["verb=ListRecords&metadataPrefix=oai_dc&until=1970-01-01", "noRecordsMatch"],
    ["verb=ListRecords&metadataPrefix=oai_dc&set=no:such:set", "noRecordsMatch"],
    ["verb=GetRecord&metadataPrefix=oai_dc&identifier=oai:example.org:0", "idDoesNotExist"],
    ["verb=ListMetadataFormats&identifier=oai:example.org:0", "idDoesNotExist"],
  ])("answers %j with %s", async (query, code) => {
    expect(errorOf(await ask(sample, query))).toBe(code);
  });

  test("refuses a format it does not have even where the record is deleted", async () => {
    const deleted = sample.items.find((item) => item.deleted)?.identifier ?? "";
    const query = `verb=GetRecord&metadataPrefix=mods&identifier=${encodeURIComponent(deleted)}`;
    expect(errorOf(await ask(sample, query))).toBe("cannotDisseminateFormat");
  });
});

describe("a set that has sets below it", () => {
  test("holds their items", async () => {
    const { headers } = await askAll(journal, "verb=ListIdentifiers&metadataPrefix=oai_dc&set=tckh");
    const sections = new Set(headers.flatMap(({ setSpecs }) => setSpecs));
    expect([...sections].sort()).toEqual(["tckh:ART", "tckh:REV"]);
  });
});

describe("a repository that keeps days", () => {
  test("refuses seconds as badArgument", async () => {
    const query = "verb=ListRecords&metadataPrefix=oai_dc&from=2024-01-01T00:00:00Z";
    expect(errorOf(await ask(catalogue, query))).toBe("badArgument");
    expect(errorOf(await ask(theses, query))).toBeUndefined();
  });
});

describe("the server", () => {
  test("reads arguments of a POST as those of a GET, and remembers both", async () => {
    const body = new URLSearchParams({ verb: "ListSets" });
    const posted = await (await fetch(server.baseUrl(theses), { method: "POST", body })).text();
    expect(posted.replace(/<responseDate>[^<]+/, "")).toBe(
      (await ask(theses, "verb=ListSets")).replace(/<responseDate>[^<]+/, ""),
    );
    expect(server.requests().slice(-2)).toEqual(Array(2).fill(`${server.baseUrl(theses)}?verb=ListSets`));
  });

  test.each([
    ["gzip", "gzip"],
    ["br, gzip;q=0.5", "gzip"],
    ["identity", undefined],
    ["gzip;q=0", undefined],
  ])("answers Accept-Encoding %j with Content-Encoding %j", async (accepted, expected) => {
    const url = `${server.baseUrl(theses)}?verb=Identify`;
    const { headers, body } = await request(url, { headers: { "accept-encoding": accepted } });
    const bytes = Buffer.from(await body.arrayBuffer());
    expect(headers["content-encoding"]).toBe(expected);
    expect(headers["content-length"]).toBe(String(bytes.length));
    const xml = expected === "gzip" ? gunzipSync(bytes) : bytes;
    expect(xml.toString("utf8")).toContain(theses.name);
  });

  test("answers 404 elsewhere and 405 to other methods", async () => {
    expect((await fetch(`${server.origin}/nowhere`)).status).toBe(404);
    const refused = await fetch(server.baseUrl(theses), { method: "DELETE" });
    expect([refused.status, refused.headers.get("allow")]).toEqual([405, "GET, POST"]);
  });

  test("serves what replaced the items of a repository", async () => {
    const own = await startSampleServer(samples);
    const [first, second] = theses.items;
    if (first === undefined || second === undefined) throw new Error("the sample has too few items");
    own.replaceItems(theses, [second]);
    const url = `${own.baseUrl(theses)}?verb=GetRecord&metadataPrefix=oai_dc&identifier=`;
    expect(errorOf(await (await fetch(url + first.identifier)).text())).toBe("idDoesNotExist");
    expect(errorOf(await (await fetch(url + second.identifier)).text())).toBeUndefined();
    await own.close();
  });
});
