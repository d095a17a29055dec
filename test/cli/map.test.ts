import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleRepositories } from "../../src/demo/sample-repositories.ts";
import type { SampleRepository } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { runCli } from "./run-cli.ts";
import { runCliHere } from "./run-cli-here.ts";

const samples = sampleRepositories();
const [theses, , catalogue] = samples as [SampleRepository, SampleRepository, SampleRepository];
let server: SampleServer;
let folder: string;

beforeAll(async () => {
  server = await startSampleServer(samples);
  folder = mkdtempSync(join(tmpdir(), "lienthong-map-"));
});

afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

function file(name: string, content: string | Buffer): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

async function answer(sample: SampleRepository, query: string): Promise<string> {
  return await (await fetch(`${server.baseUrl(sample)}?${query}`)).text();
}

/** ISO 2709 of one record by hand (ISO 2709 §4): leader, directory, fields with their separators. */
function iso2709(fields: readonly (readonly [tag: string, content: string])[]): Buffer {
  const contents = fields.map(([, content]) => Buffer.from(`${content}\x1e`));
  let start = 0;
  const entries = fields.map(([tag], index) => {
    const length = contents[index]?.length ?? 0;
    const entry = tag + String(length).padStart(4, "0") + String(start).padStart(5, "0");
    start += length;
    return entry;
  });
  const directory = `${entries.join("")}\x1e`;
  const base = 24 + directory.length;
  const leader = `${String(base + start + 1).padStart(5, "0")}nam a22${String(base).padStart(5, "0")} i 4500`;
  return Buffer.concat([Buffer.from(leader + directory), ...contents, Buffer.from("\x1d")]);
}

describe("lienthong map shows", () => {
  test("the records of an answer one after the other, each with its identifier, value by value with the origin", async () => {
    const path = file("list.xml", await answer(theses, "verb=ListRecords&metadataPrefix=oai_dc"));
    const { code, stdout, stderr } = await runCliHere(["map", path]);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout.match(/^=== record \d+: oai:repository\.example\.edu\.vn:/gm)?.length).toBe(theses.pageSize);
    expect(stdout).toMatch(/^titles: .*\n {4}<- .*dc:title/m);
  });

  test("one record of them with --record", async () => {
    const path = file("one.xml", await answer(theses, "verb=ListRecords&metadataPrefix=oai_dc"));
    const { code, stdout } = await runCliHere(["map", path, "--record", "7"]);
    expect(code).toBe(0);
    expect(stdout.match(/^=== record .*/gm)).toEqual([expect.stringMatching(/^=== record 7: /)]);
  });

  test("one JSON document a record with --json, titles as the depositor wrote them", async () => {
    const path = file("json.xml", await answer(theses, "verb=ListRecords&metadataPrefix=oai_dc"));
    const { stdout } = await runCliHere(["map", path, "--json"]);
    const documents = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(documents.length).toBe(theses.pageSize);
    for (const { raw, record, trace, identifier } of documents.filter((document) => document.record !== null)) {
      const sent = /<dc:title>([^<]+)/.exec(raw)?.[1];
      expect(record.titles[0].value).toBe(sent);
      expect(trace).toContainEqual({ field: "titles", index: 0, paths: [expect.stringContaining("dc:title")] });
      expect(raw).toContain(`<identifier>${identifier}</identifier>`);
    }
  });

  test("that a deleted record has no metadata", async () => {
    const deleted = theses.items.find((item) => item.deleted)?.identifier ?? "";
    const query = `verb=GetRecord&metadataPrefix=oai_dc&identifier=${deleted}`;
    const { code, stdout } = await runCliHere(["map", file("deleted.xml", await answer(theses, query))]);
    expect(code).toBe(0);
    expect(stdout).toContain("--- no metadata: the record is deleted or empty");
  });

  test("a bare metadata document, without an answer around it", async () => {
    const metadata = theses.items[0]?.metadata.oai_dc ?? "";
    const { code, stdout } = await runCliHere(["map", file("bare.xml", metadata), "--json"]);
    expect(code).toBe(0);
    const { identifier, record } = JSON.parse(stdout);
    expect(identifier).toBeNull();
    expect(record.titles[0].value).toBe(/<dc:title>([^<]+)/.exec(metadata)?.[1]);
  });

  test("a collection of MARCXML, record by record", async () => {
    const records = catalogue.items.slice(0, 3).map(({ metadata }) => metadata.marcxml);
    const path = file(
      "collection.xml",
      `<collection xmlns="http://www.loc.gov/MARC21/slim">${records.join("")}</collection>`,
    );
    const { code, stdout } = await runCliHere(["map", path]);
    expect(code).toBe(0);
    expect(stdout.match(/^=== record \d+$/gm)).toEqual(["=== record 1", "=== record 2", "=== record 3"]);
    expect(stdout).toMatch(/^ {4}<- 245\[1\]\$a/m);
  });

  test("a MARC file as MARCXML, one field a line", async () => {
    const record = iso2709([
      ["001", "42"],
      ["100", "1 \x1faTrần, Văn Bình"],
      ["245", "10\x1faMục lục học /\x1fcTrần Văn Bình"],
    ]);
    const { code, stdout } = await runCliHere(["map", file("two.mrc", Buffer.concat([record, record]))]);
    expect(code).toBe(0);
    expect(stdout.match(/^=== record \d+$/gm)?.length).toBe(2);
    expect(stdout).toMatch(/^<datafield tag="245" ind1="1" ind2="0">.*Mục lục học \//m);
    expect(stdout).toMatch(/^titles: .*Mục lục học"/m);
  });

  test("what is damaged in a MARC file", async () => {
    const record = iso2709([["245", "00\x1faMục lục học"]]);
    record.write("00999", 0);
    const { code, stdout } = await runCliHere(["map", file("damaged.mrc", record)]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^damaged: .*00999/m);
  });

  test("the answer at a URL", async () => {
    const url = `${server.baseUrl(catalogue)}?verb=ListRecords&metadataPrefix=marcxml`;
    const { code, stdout } = await runCliHere(["map", url, "--record", "1"]);
    expect(code).toBe(0);
    expect(stdout).toContain("as mapped by marc21");
  });

  test("as much as the reader wants: a closed pipe is no failure", async () => {
    const path = file("long.xml", await answer(theses, "verb=ListRecords&metadataPrefix=oai_dc"));
    const { code, stderr } = await runCli(["map", path], {}, (child) => {
      child.stdout?.once("data", () => child.stdout?.destroy());
    });
    expect([code, stderr]).toEqual([0, ""]);
  });
});

describe("lienthong map says what is wrong and where", () => {
  test.each([
    ["a file that is not there", "nowhere.xml", null, /nowhere\.xml: there is no such file/],
    ["an empty file", "empty.xml", "", /empty\.xml: the file is empty/],
    ["a file that is cut off", "cut.xml", "<a><b></b>", /cut\.xml: .*cut off/],
    [
      "a namespace nobody maps",
      "odd.xml",
      '<x xmlns="urn:odd"/>',
      /<x> in the namespace "urn:odd".*--crosswalk: .*oai-dc/,
    ],
  ])("%s", async (_title, name, content, message) => {
    const path = content === null ? join(folder, name) : file(name, content);
    const { code, stdout, stderr } = await runCliHere(["map", path]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^lienthong: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });

  test("a folder", async () => {
    expect((await runCliHere(["map", folder])).stderr).toBe(`lienthong: ${folder}: this is a folder\n`);
  });

  test("an answer that is an error", async () => {
    const path = file("error.xml", await answer(theses, "verb=ListRecords"));
    const { code, stderr } = await runCliHere(["map", path]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/error\.xml: the answer is an error: badArgument Missing: metadataPrefix/);
  });

  test("an answer without records", async () => {
    const path = file("identify.xml", await answer(theses, "verb=Identify"));
    expect((await runCliHere(["map", path])).stderr).toContain("identify.xml: the answer holds no records");
  });

  test("a record that cannot be read, by its position, after those before it", async () => {
    const query = `verb=GetRecord&metadataPrefix=oai_dc&identifier=${theses.items[0]?.identifier}`;
    const twice = (await answer(theses, query)).replace(
      "</GetRecord>",
      "<record><x:open></x:open></record></GetRecord>",
    );
    const { code, stdout, stderr } = await runCliHere(["map", file("second.xml", twice)]);
    expect(code).toBe(1);
    expect(stdout).toContain("=== record 1");
    expect(stderr).toMatch(/second\.xml, record 2: /);
  });

  test("metadata that the chosen crosswalk cannot open", async () => {
    const path = file("dublin-core.xml", theses.items[0]?.metadata.oai_dc ?? "");
    const { code, stderr } = await runCliHere(["map", path, "--crosswalk", "marc21"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^lienthong: \S*dublin-core\.xml, record 1: [^\n]+\n$/);
  });

  test("a position that is none, or beyond the end", async () => {
    const path = file("few.xml", theses.items[0]?.metadata.oai_dc ?? "");
    expect((await runCliHere(["map", path, "--record", "0"])).stderr).toContain(
      "--record 0: give a position, counted from 1",
    );
    expect((await runCliHere(["map", path, "--record", "3"])).stderr).toContain("few.xml holds 1 record, not 3");
  });

  test("a crosswalk that there is not, with those there are", async () => {
    const path = file("any.xml", theses.items[0]?.metadata.oai_dc ?? "");
    const { code, stderr } = await runCliHere(["map", path, "--crosswalk", "lido"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/there is no crosswalk "lido"; there are .*marc21/);
  });
});

const yaz = spawnSync("yaz-marcdump", ["-V"]).error === undefined;

test.skipIf(yaz)("skipped: yaz-marcdump is not here (Debian: yaz)", () => {});

test.skipIf(!yaz)(
  "what yaz-marcdump makes of the catalogue is mapped as its MARCXML is, record by record",
  async () => {
    const records = catalogue.items.filter(({ deleted }) => !deleted).map(({ metadata }) => metadata.marcxml);
    const xml = file("all.xml", `<collection xmlns="http://www.loc.gov/MARC21/slim">${records.join("")}</collection>`);
    const args = ["-i", "marcxml", "-o", "marc", xml];
    const marc = file("all.mrc", spawnSync("yaz-marcdump", args, { maxBuffer: 16_000_000 }).stdout);
    const [fromMarc, fromXml] = await Promise.all([
      runCliHere(["map", marc, "--json"]),
      runCliHere(["map", xml, "--json"]),
    ]);
    const recordsOf = (stdout: string) =>
      stdout
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line).record);
    expect(recordsOf(fromMarc.stdout)).toEqual(recordsOf(fromXml.stdout));
    expect(recordsOf(fromXml.stdout).length).toBe(records.length);
  },
);
