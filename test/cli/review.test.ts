import { afterAll, beforeAll, expect, test } from "vitest";
import type { SampleItem } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { repositoryOfCode } from "../../src/registry/repositories.ts";
import { releaseLease, takeLease } from "../../src/store/leases.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";
import { testServices } from "../support/services.ts";
import { runCliHere } from "./run-cli-here.ts";

const sample = { ...thesesRepository(theses(30), 100), deletedRecord: "no" as const };
let database: TestDatabase;
let services: Services;
let server: SampleServer;

beforeAll(async () => {
  database = await createTestDatabase();
  services = testServices(database.db);
  server = await startSampleServer([sample]);
});
afterAll(async () => {
  await services.http.close();
  await server.close();
  await database.close();
});

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });

/** A repository that has been harvested, which only the commands of the test are about. */
async function harvested(code: string, records = 30): Promise<() => Promise<unknown>> {
  server.replaceItems(sample, theses(records));
  const row = { code, name: "Kho", base_url: server.baseUrl(sample) };
  const { repository_id } = await addRepository(database.db, row);
  const harvest = () => harvestRepository(services, repository_id, { trigger: "person", full: false });
  await harvest();
  return harvest;
}

/** The same items under the identifiers of another host; their landing pages stay. */
function moved(items: readonly SampleItem[]): readonly SampleItem[] {
  return items.map((item) => ({
    ...item,
    identifier: item.identifier.replace("kho.example.edu.vn", "kho.example.vn"),
  }));
}

test("identifiers that a repository has changed are shown with what speaks for it, and approved", async () => {
  const harvest = await harvested("kho");
  server.replaceItems(sample, moved(theses(30)));
  const sweep = await lienthong("harvest", "kho", "--sweep");
  expect(sweep.code).toBe(0);
  expect(sweep.stdout).toContain("the list has 30 records that are not here and 0 that are newer there");
  await harvest();
  const show = await lienthong("review", "show", "kho");
  expect(show.stdout).toContain("30 by local part of the identifier");
  expect(show.stdout).toMatch(/oai:kho\.example\.edu\.vn:7 +oai:kho\.example\.vn:7 +local part .*Luận văn số 7/);
  const unclear = await lienthong("review", "approve", "kho", "--only", "everything");
  expect([unclear.code, unclear.stderr]).toEqual([
    1,
    'lienthong: "everything" cannot be decided alone; say --only deletions or --only rebindings\n',
  ]);
  const approve = await lienthong("review", "approve", "kho");
  expect([approve.code, approve.stdout]).toEqual([0, '30 records of "kho" took their new source\n']);
});

test("nothing is decided while a harvest changes the records, and what was proposed goes on waiting", async () => {
  await harvested("kho-3", 60);
  server.replaceItems(sample, theses(46));
  // two lists have to leave them out
  await lienthong("harvest", "kho-3", "--full");
  expect((await lienthong("harvest", "kho-3", "--full")).code).toBe(3);
  const { repository_id: repositoryId } = await repositoryOfCode(database.db, "kho-3");
  const lease = { repositoryId, host: "kho.example.edu.vn", owner: "another machine" };
  await takeLease(database.db, lease, 60_000);
  const refused = await lienthong("review", "approve", "kho-3");
  expect([refused.code, refused.stderr]).toEqual([
    1,
    "lienthong: the records of this repository are being changed by another process just now: come again when it has ended\n",
  ]);
  await releaseLease(database.db, lease);
  const approve = await lienthong("review", "approve", "kho-3");
  expect([approve.code, approve.stdout]).toEqual([0, '14 records of "kho-3" left the feed\n']);
});

test("a list that is much too short is held though it takes nothing out yet, and show says what it waits for", async () => {
  await harvested("kho-4");
  server.replaceItems(sample, theses(10));
  expect((await lienthong("harvest", "kho-4", "--full")).code).toBe(3);
  const show = await lienthong("review", "show", "kho-4");
  expect(show.stdout).toMatch(
    /^run \d+ of "kho-4" is held: everything was asked for and brought 10 records, where 30 are known/,
  );
  expect(show.stdout).toContain("no record leaves the feed by approving it");
});

test("a record is taken down and brought back by its identifier, with a reason", async () => {
  await harvested("kho-2");
  const ours = `oai:lienthong.example:kho-2/${thesis(7).identifier.slice("oai:".length)}`;
  const down = await lienthong("record", "takedown", ours, "--reason", "vi phạm bản quyền");
  expect([down.code, down.stdout]).toEqual([0, `${ours} (Luận văn số 7) is taken down\n`]);
  const back = await lienthong("record", "restore", ours, "--reason", "đã thỏa thuận");
  expect([back.code, back.stdout]).toEqual([
    0,
    expect.stringMatching(/ \(Luận văn số 7\) is in the feed again\n.*`lienthong remap kho-2`/),
  ]);
  const [kept] = await database.db.selectFrom("takedown").selectAll().execute();
  expect(kept).toMatchObject({ reason: "vi phạm bản quyền", restore_reason: "đã thỏa thuận" });
});
