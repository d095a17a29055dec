import type { IncomingMessage, ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { SampleItem } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { findRepository } from "../../src/store/repositories.ts";
import { listRuns } from "../../src/store/runs.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { runCli } from "./run-cli.ts";
import { runCliHere } from "./run-cli-here.ts";
import { runReported } from "./run-reported.ts";

let database: TestDatabase;
let server: SampleServer;
let url: string;

beforeEach(async () => {
  database = await createTestDatabase();
});

afterEach(async () => {
  await server.close();
  await database.close();
});

type Intercept = (request: IncomingMessage, response: ServerResponse) => boolean;

async function serve(items: readonly SampleItem[], intercept: Intercept = () => false): Promise<void> {
  const repository = thesesRepository(items);
  server = await startSampleServer([repository], { intercept });
  url = server.baseUrl(repository);
}

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });

describe("lienthong harvest", () => {
  test("of a URL nobody registered registers it, to be harvested by hand, and ends with 0 when complete", async () => {
    await serve([...theses(24), thesis(25, { deleted: true, metadata: {} })]);
    const first = await lienthong("harvest", url);
    expect([first.code, first.stderr]).toEqual([0, ""]);
    expect(first.stdout).toMatch(/^registered as "[a-z][a-z0-9-]*", to be harvested by hand\n/);
    expect(runReported(first)).toMatchObject({
      outcome: "complete",
      received: "25",
      new: "25",
      rejected: "0",
      deleted: "1",
    });
    const code = runReported(first).repository ?? "";
    expect((await findRepository(database.db, code))?.schedule).toBe("manual");
  });

  test("of the same URL again asks only for what is new, and of everything with --full", async () => {
    await serve(theses(12));
    await lienthong("harvest", url);
    const second = await lienthong("harvest", url);
    expect(second.code).toBe(0);
    expect(second.stdout).not.toContain("registered");
    expect(runReported(second)).toMatchObject({ outcome: "complete", received: "0" });
    const third = await lienthong("harvest", url, "--full");
    expect(third.code).toBe(0);
    expect(runReported(third)).toMatchObject({ outcome: "complete", received: "12", unchanged: "12", new: "0" });
  });

  test("ends with 2 where some records were rejected, and says how many", async () => {
    await serve([...theses(29), thesis(30, { identifier: "" })]);
    const { code, stdout } = await lienthong("harvest", url);
    expect(code).toBe(2);
    expect(stdout).toMatch(/complete with rejects/);
    expect(stdout).toMatch(/^rejected +1 {2}could not be read; kept in quarantine$/m);
  });

  test("ends with 1 where the repository cannot be harvested, and says why", async () => {
    await serve(theses(3), (_request, response) => {
      response.writeHead(404).end();
      return true;
    });
    const { code, stdout } = await lienthong("harvest", url);
    expect(code).toBe(1);
    expect(stdout).toMatch(/failed/);
    expect(stdout).toMatch(/^why +http:\/\/127\.0\.0\.1:\d+\S* answered HTTP 404$/m);
    expect(stdout).toMatch(/^advice +The server refuses the request \(HTTP 4xx\)/m);
  });

  test("ends with 1 where the list was shorter than promised", async () => {
    await serve(theses(3), (request, response) => {
      if (request.url?.includes("ListRecords") !== true) return false;
      const record = `<record><header><identifier>oai:kho.example.edu.vn:1</identifier><datestamp>2024-01-01T00:00:00Z</datestamp></header><metadata>${thesis(1).metadata.oai_dc}</metadata></record>`;
      response.end(
        `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-01-01T00:00:00Z</responseDate><request>x</request><ListRecords>${record}<resumptionToken completeListSize="50"/></ListRecords></OAI-PMH>`,
      );
      return true;
    });
    const { code, stdout } = await lienthong("harvest", url);
    expect(code).toBe(1);
    expect(stdout).toContain("the repository promised 50 records and delivered 1");
    expect(stdout).toMatch(/^received +1 {2}of 50 promised$/m);
  });

  test("stops at Ctrl-C with 130, keeps what it has, and goes on from there", async () => {
    const asked: string[] = [];
    let interrupt = () => {};
    await serve(theses(60), (request) => {
      if (request.url?.includes("ListRecords") === true) asked.push(request.url);
      if (asked.length === 3) interrupt();
      return false;
    });
    const stopped = await runCli(["harvest", url], { DATABASE_URL: database.url }, (child) => {
      interrupt = () => child.kill("SIGINT");
    });
    expect(stopped.code).toBe(130);
    expect(runReported(stopped).outcome).toBe("open");
    const code = runReported(stopped).repository ?? "";
    expect(stopped.stdout).toContain(`stopped; \`lienthong harvest ${code}\` goes on from here`);

    interrupt = () => {};
    const resumed = await lienthong("harvest", code);
    expect(resumed.code).toBe(0);
    expect(runReported(resumed)).toMatchObject({ outcome: "complete", received: "60", new: "60" });
    const repository = await findRepository(database.db, code);
    expect((await listRuns(database.db, repository?.repository_id ?? 0, 5)).length).toBe(1);
  });

  test("does not know a code that nobody registered", async () => {
    await serve([]);
    const { code, stderr } = await lienthong("harvest", "nobody");
    expect(code).toBe(1);
    expect(stderr).toBe('lienthong: there is no repository "nobody"; `lienthong repository list` shows them\n');
  });

  test("never touches a retired repository again", async () => {
    await serve(theses(3));
    await lienthong("repository", "add", url, "--code", "kho");
    await lienthong("repository", "remove", "kho", "--yes");
    const before = server.requests().length;
    const { code, stderr } = await lienthong("harvest", "kho");
    expect([code, stderr]).toEqual([1, 'lienthong: "kho" is retired: it is never harvested again\n']);
    expect(server.requests().length).toBe(before);
  });
});
