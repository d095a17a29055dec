import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type HarvestResult, harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { type Found, readStore } from "./judge.ts";
import { documentXml, FORMATS_XML, identifyXml } from "./provider.ts";
import { countRecords, type RecordedFile, recordedFiles } from "./recorded-files.ts";
import { generatedRecords } from "./truth.ts";

/** What a harvest made of a file that stood in for a whole repository. */
interface Outcome {
  readonly result: HarvestResult;
  readonly found: Found;
  /** Codes of the issues of its records. */
  readonly issues: readonly string[];
}

const MARC = "http://www.loc.gov/MARC21/slim";
const AT_A_TIME = 6;
const PATIENCE_MS = 300_000;
/** What may be said of an answer that is no XML: what it is, what was mended of it, or what the repository says in it. */
const PROBLEM = /xml|repair|well-formed|cut off|OAI|junk-(?:before|after)|undeclared|forbidden|answers bad/i;
const files = sharedFolder === null ? [] : recordedFiles(sharedFolder);
const outcomes = new Map<RecordedFile, Outcome | Error>();
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  const waiting = [...files.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const [number, file] = next;
      outcomes.set(file, await harvestFile(file, number).catch((error: unknown) => error as Error));
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, worker));
}, PATIENCE_MS);

afterAll(async () => {
  await database.close();
  process.stdout.write(`\n${files.map((file) => `${file.name}: ${described(outcomeOf(file), file)}`).join("\n")}\n`);
});

describe.skipIf(sharedFolder === null)(`recorded answers ${sharedFolder === null ? SHARED_ABSENT : ""}`, () => {
  test.each(files)("$name loses no record without a word", (file) => {
    const { result, found } = outcomeOf(file);
    const { outcome, run } = result;
    if (outcome?.startsWith("complete") === true) {
      expect(found.sources.size + run.repeated + run.rejected).toBe(countRecords(file.bytes));
      expect(found.quarantine.length).toBe(run.rejected);
    } else expect(run.failure).toMatch(/\S/);
  });

  test.each(files.filter(({ wellFormed }) => !wellFormed))("$name, which is no XML, is not passed over", (file) => {
    const { result, found, issues } = outcomeOf(file);
    const repairs = Object.keys(found.repairs);
    const named = [result.run.failure, ...issues, ...repairs, ...found.quarantine.map(({ reason }) => reason)];
    expect(named.join(" ")).toMatch(PROBLEM);
  });
});

function outcomeOf(file: RecordedFile): Outcome {
  const outcome = outcomes.get(file);
  if (outcome === undefined || outcome instanceof Error) throw outcome ?? new Error(`${file.name} was not harvested`);
  return outcome;
}

async function harvestFile(file: RecordedFile, number: number): Promise<Outcome> {
  const server = serverOf(file);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { db } = database;
  const services = testServices(db);
  try {
    const base_url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oai`;
    const row = { code: `nasty-${number}`, name: file.name, base_url };
    const { repository_id } = await addRepository(db, row);
    const options = { trigger: "person", full: false, budgetMs: 120_000 } as const;
    const result = await harvestRepository(services, repository_id, options);
    const issues = await db
      .selectFrom("record_issue")
      .select("code")
      .distinct()
      .where("repository_id", "=", repository_id)
      .execute();
    return { result, found: await readStore(db, repository_id), issues: issues.map(({ code }) => code).sort() };
  } finally {
    await services.http.close();
    server.closeAllConnections();
    server.close();
  }
}

/** A repository whose one list page is the file; what its token leads to is the empty end of the list. */
function serverOf(file: RecordedFile): Server {
  const provider = { records: generatedRecords(1), pageSize: 1, granularity: "second", ignoresDates: true } as const;
  return createServer((request, response) => {
    const { searchParams, href } = new URL(request.url ?? "", "http://127.0.0.1");
    const send = (content: string | Buffer) => response.writeHead(200, { "content-type": "text/xml" }).end(content);
    const wrapped = (verb: string, content: string) => send(documentXml(href, `<${verb}>${content}</${verb}>`));
    const verb = searchParams.get("verb") ?? "";
    if (verb === "Identify") wrapped(verb, identifyXml(provider, href));
    else if (verb === "ListMetadataFormats") wrapped(verb, formatOf(file));
    else if (verb !== "ListRecords") response.writeHead(500).end("only ListRecords works here");
    else if (searchParams.has("resumptionToken")) wrapped(verb, "<resumptionToken/>");
    else send(file.bytes);
  });
}

/** The format that the file is in, as far as we know it; everything else passes for Dublin Core. */
function formatOf({ bytes }: RecordedFile): string {
  return bytes.includes(MARC)
    ? FORMATS_XML.replace("oai_dc<", "marc21<").replace(/<metadataNamespace>[^<]*/, `<metadataNamespace>${MARC}`)
    : FORMATS_XML;
}

function described({ result: { run, outcome }, found, issues }: Outcome, file: RecordedFile): string {
  const counts = `${countRecords(file.bytes)} in the file, ${found.sources.size} stored, ${run.rejected} rejected, ${run.repeated} repeated`;
  return `${outcome} (${counts}) ${run.failure?.replace(/\s+/g, " ").slice(0, 160) ?? ""} [${issues.join(" ")}]`;
}
