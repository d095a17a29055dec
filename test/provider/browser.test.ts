import { readFileSync } from "node:fs";
import type { FastifyInstance } from "fastify";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { outgoingCrosswalks } from "../../mappings/index.ts";
import { fileRoute } from "../../src/http/file-route.ts";
import { oaiRoutes } from "../../src/http/oai-routes.ts";
import { createServer } from "../../src/http/server.ts";
import { browserPresent, documentAt } from "../support/browser.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { addSource, publish, sampleProvider, sampleRecord, textsOf, tokenOf } from "./sample-feed.ts";

/** What is of interest in an answer that the browser made a page of. */
interface Page {
  readonly text: string;
  readonly links: readonly string[];
  /** Elements that no page of ours has inside of main: markup out of a record. */
  readonly foreign: number;
  /** The texts that are marked as English, and hidden from who reads Vietnamese. */
  readonly inEnglish: readonly string[];
}

const NASTY = `<b onclick="x">đậm</b><script>alert(1)</script>`;
const ODD_IDENTIFIER = "oai:kho.example.edu.vn:a+b%2F&c;d=1?e";
const QUERIES = {
  identify: "verb=Identify",
  formats: "verb=ListMetadataFormats",
  sets: "verb=ListSets",
  identifiers: "verb=ListIdentifiers&metadataPrefix=oai_dc",
  error: "verb=Nonsense%3Cb%3E",
} as const;
/** Transforms each answer as the browser does that meets its stylesheet, and brings back what came of it. */
const VISIT_ALL = `
const parse = async (path) => new DOMParser().parseFromString(await (await fetch(path)).text(), "text/xml");
const processor = new XSLTProcessor();
processor.importStylesheet(await parse("/oai.xsl"));
const pages = {};
for (const [name, query] of Object.entries(QUERIES)) {
  const main = processor.transformToDocument(await parse("/oai?" + query)).querySelector("main");
  const links = [...main.querySelectorAll("a")].map((link) => link.getAttribute("href"));
  const inEnglish = [...main.querySelectorAll("[lang=en]")].map((element) => element.textContent);
  const foreign = main.querySelectorAll("script, b[onclick]").length;
  pages[name] = { text: main.textContent, links, foreign, inEnglish };
}
await fetch("/result", { method: "POST", headers: { "content-type": "text/plain" }, body: JSON.stringify(pages) });`;

let database: TestDatabase;
let server: FastifyInstance;
let identifier = "";
let firstAnswer = "";
let opened = "";
let pages: Readonly<Record<string, Page>> = {};

beforeAll(async () => {
  if (!browserPresent) return;
  database = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  const odd = sampleRecord(source, 1, { sourceIdentifier: ODD_IDENTIFIER, title: NASTY });
  identifier = odd.oaiIdentifier;
  const deleted = sampleRecord(source, 3, { deletedReason: "sweep", published: null, contentHash: null });
  await publish(database.db, source, [odd, sampleRecord(source, 2), deleted], new Date("2024-05-06T07:08:09Z"));
  const provider = sampleProvider(database.db, { pageSize: 2, formats: outgoingCrosswalks });
  firstAnswer = await provider.answer("verb=ListRecords&metadataPrefix=oai_dc");
  const written = encodeURIComponent(identifier);
  const queries = {
    ...QUERIES,
    itsFormats: `verb=ListMetadataFormats&identifier=${written}`,
    marc: `verb=GetRecord&metadataPrefix=marc21&identifier=${written}`,
    deleted: `verb=GetRecord&metadataPrefix=oai_dc&identifier=${encodeURIComponent(deleted.oaiIdentifier)}`,
    mods: `verb=GetRecord&metadataPrefix=mods&identifier=${written}`,
  };
  server = createServer({ logger: pino({ level: "silent" }) });
  await server.register(
    oaiRoutes((query) => provider.answerWithTag(query), { answersAtOnce: 8, requestsPerMinute: 0 }),
  );
  await serveFiles(server);
  await server.register(async (scope) => {
    scope.get("/visit-all", async (_request, reply) =>
      reply.type("text/html").send(`<!doctype html><script type="module" src="/visit-all.js"></script>`),
    );
    scope.get("/visit-all.js", async (_request, reply) =>
      reply.type("text/javascript").send(`const QUERIES = ${JSON.stringify(queries)};${VISIT_ALL}`),
    );
    scope.post("/result", async (request) => {
      pages = JSON.parse(String(request.body));
      return "";
    });
    // the script of the test may fetch; pages of ours may not
    scope.addHook("onSend", async (_request, reply) => {
      reply.header("content-security-policy", "default-src 'self'");
    });
  });
  const url = await server.listen({ port: 0, host: "127.0.0.1" });
  const visited = documentAt(`${url}/visit-all`, ["--virtual-time-budget=20000"]);
  opened = await documentAt(`${url}/oai?verb=ListRecords&metadataPrefix=oai_dc`);
  await visited;
});

afterAll(async () => {
  if (!browserPresent) return;
  await server.close();
  await database.close();
});

async function serveFiles(to: FastifyInstance): Promise<void> {
  const types = {
    "oai.xsl": "text/xml",
    "oai.css": "text/css",
    "oai-plain.css": "text/css",
    "oai.js": "text/javascript",
  };
  for (const [name, type] of Object.entries(types)) {
    const content = readFileSync(new URL(`../../web/${name}`, import.meta.url));
    await to.register(fileRoute({ path: `/${name}`, type: `${type}; charset=utf-8`, content }));
  }
}

function pageOf(name: string): Page {
  const page = pages[name];
  if (page === undefined) throw new Error(`the browser made no page of ${name}`);
  return page;
}

/** The arguments of the links of a page that ask for that verb. */
function asked(name: string, verb: string): readonly Readonly<Record<string, string>>[] {
  return pageOf(name)
    .links.filter((link) => link.startsWith("?"))
    .map((link) => Object.fromEntries(new URLSearchParams(link)))
    .filter((given) => given.verb === verb);
}

describe.skipIf(!browserPresent)("in a browser", () => {
  test("an answer is a page, which our Content-Security-Policy allows", () => {
    expect(opened).toMatch(/^<!DOCTYPE html/);
    expect(opened).toContain("<h2>Luận văn số 2</h2>");
  });

  test("its next page is a link", () => {
    // each token tells when it was given, so that of two answers only the beginning is the same
    const beginning = tokenOf(firstAnswer)?.slice(0, 15);
    expect(beginning).toBeDefined();
    expect(opened).toContain(`href="?verb=ListRecords&amp;resumptionToken=${beginning}`);
  });

  test("markup in a record stays text", () => {
    expect(opened).toContain("&lt;b onclick=");
    for (const name of ["identifiers", "marc", "mods", "error"]) expect(pageOf(name).foreign, name).toBe(0);
    for (const name of ["marc", "mods"]) expect(pageOf(name).text).toContain("<script>alert(1)</script>");
  });

  test("a set has its description in both languages, of which one is shown, and the address of its repository", () => {
    const { text, links, inEnglish } = pageOf("sets");
    expect(text).toContain("Mọi biểu ghi của kho có địa chỉ OAI-PMH dưới đây.");
    expect(inEnglish).toContain("All records of the repository whose own OAI-PMH address stands below.");
    expect(links).toContain("https://kho.example.edu.vn/oai");
  });

  test("an identifier leads to its record, whatever characters are in it", () => {
    expect(textsOf(firstAnswer, "identifier")[0]?.replaceAll("&amp;", "&")).toBe(identifier);
    expect(asked("identifiers", "GetRecord")).toContainEqual({
      verb: "GetRecord",
      metadataPrefix: "oai_dc",
      identifier,
    });
    expect(asked("marc", "ListMetadataFormats")).toContainEqual({ verb: "ListMetadataFormats", identifier });
    expect(pageOf("marc").links).toContain(`records/${identifier.replace(/[%&+;?]/g, encodeURIComponent)}`);
  });

  test("a set leads to its records and identifiers", () => {
    for (const verb of ["ListRecords", "ListIdentifiers"])
      expect(asked("sets", verb)).toContainEqual({ verb, metadataPrefix: "oai_dc", set: "inst:kho" });
  });

  test("a format leads to the records in it, and those of one record to that record", () => {
    expect(asked("formats", "ListRecords")).toContainEqual({ verb: "ListRecords", metadataPrefix: "marc21" });
    expect(asked("itsFormats", "GetRecord")).toContainEqual({
      verb: "GetRecord",
      metadataPrefix: "marc21",
      identifier,
    });
  });

  test("Identify and errors say in both languages what they are", () => {
    expect(pageOf("identify").text).toContain("Liên thông <thử> & nghiệm");
    for (const words of ["Địa chỉ", "Base URL", "oai-identifier"]) expect(pageOf("identify").text).toContain(words);
    for (const words of ["badVerb", "Hãy chọn một yêu cầu", "Please choose a request"])
      expect(pageOf("error").text).toContain(words);
  });

  test("MARC is shown by tags, indicators and subfields", () => {
    expect(pageOf("marc").text.replaceAll(/\s+/g, " ")).toMatch(/LDR ?\d{5}n.*245.*\$a/);
  });

  test("a deleted record is called one", () => {
    for (const words of ["đã xóa", "deleted"]) expect(pageOf("deleted").text).toContain(words);
  });
});
