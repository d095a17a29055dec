import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase } from "../support/database.ts";
import { thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";
import { runCliHere } from "./run-cli-here.ts";

const dc = (...fields: readonly string[]) =>
  `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${fields
    .map((field) => `<dc:${field.replace(/:.*/, "")}>${field.replace(/^[a-z]+:/, "")}</dc:${field.replace(/:.*/, "")}>`)
    .join("")}</oai_dc:dc>`;
const RECORDS = [
  dc("title:Một", "language:vi", "type:Giấy dó cổ"),
  dc("title:Hai", "language:vi", "type:Giấy dó cổ"),
  dc("title:Ba"),
  dc("title:Bốn", "title:Bốn nữa", "date:2001"),
];
const answer = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>${RECORDS.map(
  (metadata, index) =>
    `<record><header><identifier>oai:x:${index}</identifier><datestamp>2020-01-01</datestamp></header><metadata>${metadata}</metadata></record>`,
).join("")}</ListRecords></OAI-PMH>`;

let folder: string;
let file: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lienthong-sample-"));
  file = join(folder, "answer.xml");
  writeFileSync(file, answer);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("lienthong map coverage", () => {
  test("says in how many records a field has a value, and which words no table knows", async () => {
    const { code, stdout } = await runCliHere(["map", "coverage", file]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^oai-dc \d+: 4 records, 100\.0 % of their texts are read$/m);
    expect(stdout).toMatch(/^titles +4 +100\.0 %$/m);
    expect(stdout).toMatch(/^issued +1 +25\.0 %$/m);
    expect(stdout).toMatch(/^type +2 +Giấy dó cổ$/m);
  });

  test("looks at so many records as it is told", async () => {
    const { stdout } = await runCliHere(["map", "coverage", file, "--limit", "3"]);
    expect(stdout).toMatch(/: 3 records, /);
    expect((await runCliHere(["map", "coverage", file, "--limit", "none"])).stderr).toContain(
      "give a number of records",
    );
  });

  test("of a repository looks at what is stored of it", async () => {
    const database = await createTestDatabase();
    const services = testServices(database.db);
    const sample = thesesRepository(RECORDS.map((oai_dc, index) => thesis(index + 1, { metadata: { oai_dc } })));
    const server = await startSampleServer([sample]);
    const row = { code: "kho", name: "Kho", base_url: server.baseUrl(sample) };
    const { repository_id } = await addRepository(database.db, row);
    await harvestRepository(services, repository_id, { trigger: "person", full: false });
    const settings = { DATABASE_URL: database.url };
    const { stdout } = await runCliHere(["map", "coverage", "--repository", "kho"], settings);
    expect(stdout).toMatch(/: 4 records, 100\.0 % of their texts are read$/m);
    const unknown = await runCliHere(["map", "coverage", "--repository", "nobody"], settings);
    expect([unknown.code, unknown.stderr]).toEqual([1, expect.stringContaining('"nobody"')]);
    await services.http.close();
    await server.close();
    await database.close();
  });

  test("wants a file or a repository, and not both", async () => {
    for (const args of [
      ["map", "coverage"],
      ["map", "coverage", file, "--repository", "kho"],
    ]) {
      const { code, stderr } = await runCliHere(args);
      expect([code, stderr]).toEqual([1, "lienthong: name a file or an answer, or a repository with --repository\n"]);
    }
  });
});

describe("lienthong map diff", () => {
  let clone: string;
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.vn", ...args], { cwd: clone });
  const diff = (...args: readonly string[]) =>
    spawnSync(process.execPath, ["--import", "tsx", "src/cli/main.ts", "map", "diff", ...args], {
      cwd: clone,
      encoding: "utf8",
    });

  beforeAll(() => {
    clone = join(folder, "clone");
    for (const part of ["src", "mappings", "harvesters", "migrations", "package.json", "tsconfig.json"])
      cpSync(part, join(clone, part), { recursive: true });
    symlinkSync(resolve("node_modules"), join(clone, "node_modules"), "junction");
    git("init", "--quiet");
    git("add", "src", "mappings", "harvesters", "migrations", "package.json", "tsconfig.json");
    git("commit", "--quiet", "-m", "as it is");
  });

  test("finds nothing where nothing was changed", () => {
    const { status, stdout, stderr } = diff(file, "--against", "HEAD");
    expect([status, stdout, stderr]).toEqual([0, "0 of 4 records differ from HEAD\n", ""]);
  });

  test("counts by field what a change of a table does, shows the first of each, ends with 1, and leaves nothing behind", () => {
    appendFileSync(
      join(clone, "mappings/tables/resource-types.tsv"),
      "Giấy dó cổ\tgiay do co\thttp://purl.org/coar/resource_type/c_18cf\ttext\t\tother\t\n",
    );
    const { status, stdout } = diff(file, "--against", "HEAD");
    expect(status).toBe(1);
    expect(stdout).toMatch(/^2 of 4 records differ from HEAD$/m);
    expect(stdout).toMatch(/^resourceType +2 +0 +0$/m);
    expect(stdout).toMatch(/^resourceType of oai:x:0\n {2}- (?!.*c_18cf).*\n {2}\+ .*c_18cf/m);
    git("checkout", "--quiet", ".");
    expect(git("worktree", "list").toString().trim().split("\n")).toHaveLength(1);
  });

  test("names a revision that there is not", async () => {
    const { code, stderr } = await runCliHere(["map", "diff", file, "--against", "nobody"]);
    expect([code, stderr]).toEqual([1, expect.stringMatching(/^lienthong: git worktree add .*nobody/)]);
  });
});
