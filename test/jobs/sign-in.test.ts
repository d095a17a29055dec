import http from "node:http";
import { createServer } from "node:https";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { mayBeSet } from "../../src/client/connection.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import type { Services } from "../../src/jobs/services.ts";
import { workOnHarvest } from "../../src/jobs/slice.ts";
import { startQueue } from "../../src/queue/queue.ts";
import { changeRepository, registerRepository } from "../../src/registry/repositories.ts";
import { readSignIn } from "../../src/registry/sign-in.ts";
import { timetable } from "../../src/schedule/timetable.ts";
import { updateRepository } from "../../src/store/repositories.ts";
import { findOpenRun, listRuns } from "../../src/store/runs.ts";
import { secretsKey } from "../../src/store/secrets.ts";
import { Authority, HAS_OPENSSL, OPENSSL_ABSENT } from "../client/certificates.ts";
import { listen } from "../client/servers.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { TEST_SECRETS_KEY, testServices } from "../support/services.ts";

const USER = "thuvien";
const PASSWORD = "mật khẩu: tuyệt-mật 1954";
const API_KEY = "khoa-bi-mat-8f3a";
const sample = thesesRepository(theses(12));
let authority: Authority;
let database: TestDatabase;
let services: Services;
let server: SampleServer;
let lines: string[];
let repositoryId: number;

beforeAll(() => {
  if (HAS_OPENSSL) authority = new Authority();
});
afterAll(() => {
  if (HAS_OPENSSL) authority.remove();
});

beforeEach(async () => {
  database = await createTestDatabase();
  lines = [];
  const log = pino({ level: "trace" }, { write: (line: string) => lines.push(line) });
  services = { ...testServices(database.db), log };
  server = await startSampleServer([sample]);
});

afterEach(async () => {
  await services.http.close();
  await server.close();
  await database.close();
});

/** The sample repository behind TLS, for those alone who know the password and the key. Returns its base URL. */
async function serveGuarded(): Promise<string> {
  const wanted = `Basic ${Buffer.from(`${USER}:${PASSWORD}`, "utf8").toString("base64")}`;
  const guard = createServer(authority.issue("localhost"), (request, response) => {
    if (request.headers.authorization !== wanted || request.headers["x-api-key"] !== API_KEY)
      return void response.writeHead(401, { "www-authenticate": 'Basic realm="kho"' }).end("who are you?");
    http.get(`${server.origin}${request.url}`, (answer) => answer.pipe(response.writeHead(answer.statusCode ?? 500)));
  });
  return `https://localhost:${await listen(guard)}${sample.path}`;
}

async function register(baseUrl: string): Promise<void> {
  const definition = { code: "kho", baseUrl, allowPrivate: true };
  repositoryId = (await registerRepository(database.db, definition, timetable)).repository_id;
}

const change = (changes: { readonly caBundle?: string }, password?: string) =>
  changeRepository(database.db, "kho", changes, timetable, password === undefined ? undefined : signIn(password));

function signIn(password: string) {
  const given = { user: USER, password, headerLines: `X-Api-Key: ${API_KEY}` };
  return { key: TEST_SECRETS_KEY, secrets: readSignIn(given, mayBeSet) };
}

const harvest = (with_: Services = services) =>
  harvestRepository(with_, repositoryId, { trigger: "person", full: false });

/** Everything in the database, as text. */
async function dump(): Promise<string> {
  const { rows: tables } = await database.pool.query<{ name: string }>(`
    SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
    WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`);
  const rows: string[] = [];
  for (const { name } of tables) {
    const { rows: found } = await database.pool.query<{ row: string }>(`SELECT t::text AS row FROM ${name} t`);
    rows.push(...found.map(({ row }) => row));
  }
  return rows.join("\n");
}

/** A secret as it is, and as it would look in a header, in bytea or in JSON. */
function disguises(secret: string): readonly string[] {
  const bytes = Buffer.from(secret, "utf8");
  return [
    secret,
    bytes.toString("base64").replace(/=+$/, ""),
    bytes.toString("hex"),
    JSON.stringify(secret).slice(1, -1),
  ];
}

const SECRETS = [PASSWORD, API_KEY, `${USER}:${PASSWORD}`].flatMap(disguises);

test.skipIf(HAS_OPENSSL)(OPENSSL_ABSENT, () => {});

describe.skipIf(!HAS_OPENSSL)("a repository with a private authority, a password and a header", () => {
  test("says what is missing until it has it, is harvested then, and no secret is left behind anywhere", async () => {
    await register(await serveGuarded());
    const untrusted = await harvest();
    expect(untrusted).toMatchObject({ outcome: "failed" });
    expect(untrusted.run.failure).toMatch(/^localhost: its certificate .*`lienthong repository set <code> --ca-file`/);

    await change({ caBundle: authority.root.cert });
    expect((await harvest()).run.failure).toMatch(
      /HTTP 401: "who are you\?"; it wants a user name and a password: store them with `lienthong repository set/,
    );

    await change({}, "another password");
    expect((await harvest()).run.failure).toMatch(
      /HTTP 401: "who are you\?"; it does not accept the sign-in that is stored for it/,
    );

    await change({}, PASSWORD);
    const { outcome, run } = await harvest();
    expect([outcome, run.received, run.added]).toEqual(["complete", 12, 12]);

    const written = await dump();
    expect(written).toContain("Luận văn số 12");
    expect(lines.join("")).toContain("harvest finished");
    for (const secret of SECRETS) {
      expect(written).not.toContain(secret);
      expect(lines.join("")).not.toContain(secret);
    }
  });
});

describe("a worker with another TOKEN_SECRET", () => {
  const other = () => ({ ...services, secretsKey: () => secretsKey("another secret, long enough as well") });

  test("ends the run as failed and says what to do; nothing is asked, and the job is done with", async () => {
    await register(server.baseUrl(sample));
    await change({}, PASSWORD);
    await updateRepository(database.db, repositoryId, { probe_due_at: null });
    const queue = await startQueue(database.pool, services.log);
    await workOnHarvest(other(), queue, { repositoryId, trigger: "schedule" }, new AbortController().signal);
    await queue.stop();
    const [run] = await listRuns(database.db, repositoryId, 1);
    expect(run).toMatchObject({ outcome: "failed", trigger: "schedule" });
    expect(run?.failure).toMatch(/the sign-in of "kho" was stored under another TOKEN_SECRET .*repository set kho/);
    expect(server.requests()).toEqual([]);
    const jobs = await database.pool.query("SELECT FROM pgboss.job WHERE name = 'harvest'");
    expect(jobs.rowCount).toBe(0);
  });

  test("does not leave a run open that it cannot go on with", async () => {
    await register(server.baseUrl(sample));
    await change({}, PASSWORD);
    const options = { trigger: "person", full: false, budgetMs: 0 } as const;
    expect((await harvestRepository(services, repositoryId, options)).outcome).toBeNull();
    expect((await harvest(other())).outcome).toBe("failed");
    expect(await findOpenRun(database.db, repositoryId)).toBeNull();
    expect((await harvest()).outcome).toBe("complete");
  });

  test("harvests repositories that have no sign-in, and makes no secret for them", async () => {
    await register(server.baseUrl(sample));
    const without = {
      ...services,
      secretsKey: () => {
        throw new Error("nobody needs it");
      },
    };
    expect((await harvest(without)).outcome).toBe("complete");
  });
});
