import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { addRepository, findRepository, updateRepository } from "../../src/store/repositories.ts";
import { openSecrets, saveSecrets, secretsKey } from "../../src/store/secrets.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { theses, thesesRepository } from "../support/sample-theses.ts";
import { runCli } from "./run-cli.ts";
import { runCliHere } from "./run-cli-here.ts";

const TOKEN_SECRET = "a secret of the tests, long enough for a key";
const PASSWORD = "tuyệt-mật: 1954";
const SECRETS = { basicAuth: { user: "thuvien", password: PASSWORD }, headers: {} };
/** The root of Let's Encrypt, as Node.js brings it: https://letsencrypt.org/certificates/ tells its dates. */
const ISRG_ROOT_X1 =
  rootCertificates.find((pem) => pem.includes("MIIFazCCA1OgAwIBAgIRAIIQz7DSQONZRGPgu2OCiwAwDQYJKoZI")) ?? "";
const repository = thesesRepository(theses(4));
let folder: string;
let server: SampleServer;
let database: TestDatabase;
let authorizations: (string | undefined)[];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "lienthong-set-"));
  server = await startSampleServer([repository], {
    intercept: (request) => {
      authorizations.push(request.headers.authorization);
      return false;
    },
  });
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

beforeEach(async () => {
  database = await createTestDatabase();
  authorizations = [];
  const row = { code: "kho", name: "Kho", base_url: server.baseUrl(repository), schedule: "manual" };
  await addRepository(database.db, row);
});
afterEach(async () => await database.close());

const run = (args: readonly string[], input = "", more: Readonly<Record<string, string>> = {}) => {
  const environment = { DATABASE_URL: database.url, TOKEN_SECRET, ...more };
  return input === "" ? runCliHere(args, environment) : runCli(args, environment, () => {}, input);
};
const set = (args: readonly string[], input = "") => run(["repository", "set", "kho", ...args], input);
const stored = async () => {
  const row = await findRepository(database.db, "kho");
  if (row === null) throw new Error("it is there");
  return row;
};

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

describe("lienthong repository set", () => {
  test("keeps when a repository may be asked and whom it trusts; show and list tell it", async () => {
    const times = ["--quiet-hours", "Mon-Fri 08:00-17:00", "--schedule", "0 3 * * *"];
    const { code, stdout } = await set([...times, "--ca-file", file("root.pem", `${ISRG_ROOT_X1}\n`)]);
    expect([code, stdout]).toEqual([0, '"kho" is changed; `lienthong repository show kho` shows all of it\n']);
    const commands = [["show", "kho"], ["list"], ["list", "--json"]];
    const [shown, listed, json] = await Promise.all(
      commands.map(async (args) => (await run(["repository", ...args])).stdout),
    );
    expect(shown).toMatch(/^schedule +0 3 \* \* \*, next \d{4}-\d\d-\d\d 20:00Z$/m);
    expect(shown).toMatch(/^quiet hours +Mon-Fri 08:00-17:00$/m);
    expect(shown).toMatch(/^time zone +Asia\/Ho_Chi_Minh$/m);
    expect(shown).toMatch(/^own certificates +C=US, O=Internet Security .* CN=ISRG Root X1 until 2035-06-04$/m);
    expect(listed).toMatch(/^kho +live +0 3 \* \* \*, not Mon-Fri 08:00-17:00 /m);
    expect(JSON.parse(json ?? "")).toMatchObject([{ quietHours: "Mon-Fri 08:00-17:00", signIn: false }]);
  });

  test("keeps a sign-in that a harvest uses; what it tells of it is the user and the names of headers", async () => {
    const headers = file("headers", "X-Api-Key: khoa-bi-mat\n");
    const given = await set(["--user", "thuvien", "--password-stdin", "--header-file", headers], `${PASSWORD}\n`);
    expect(given.stdout).toContain('it signs in as "thuvien", with the header x-api-key\n');
    expect(given.stdout).toContain("its base URL begins with http://: on the way to it anybody can read the sign-in");
    const harvested = await run(["harvest", "kho"], "", { LOG_LEVEL: "debug" });
    expect(harvested.code).toBe(0);
    const basic = `Basic ${Buffer.from(`thuvien:${PASSWORD}`).toString("base64")}`;
    expect(new Set(authorizations)).toEqual(new Set([basic]));
    const [shown, json] = await Promise.all([
      run(["repository", "show", "kho"]),
      run(["repository", "list", "--json"]),
    ]);
    expect(shown.stdout).toMatch(/^sign-in +as "thuvien", with the header x-api-key$/m);
    expect(JSON.parse(json.stdout)).toMatchObject([{ signIn: true }]);
    const said = [given, harvested, shown, json].map(({ stdout, stderr }) => stdout + stderr).join("");
    for (const secret of [PASSWORD, "khoa-bi-mat", basic]) expect(said).not.toContain(secret);
  });

  test("takes back what was said", async () => {
    const { repository_id } = await stored();
    await updateRepository(database.db, repository_id, { quiet_hours: "08:00-17:00", ca_bundle: ISRG_ROOT_X1 });
    await saveSecrets(database.db, secretsKey(TOKEN_SECRET), repository_id, SECRETS);
    expect((await set(["--no-quiet-hours", "--no-ca", "--no-sign-in"])).code).toBe(0);
    expect(await stored()).toMatchObject({ quiet_hours: null, ca_bundle: null, secrets: null });
  });

  test("refuses in one sentence what it cannot do, and changes nothing", async () => {
    const before = await stored();
    const refused = await Promise.all([
      set([]),
      set(["--user", "thuvien", "--password-stdin", "--header-stdin"], "secret"),
      set(["--user", "thuvien", "--password-stdin", "--quiet-hours", "8-17"], "secret"),
    ]);
    expect(refused.map(({ code }) => code)).toEqual([1, 1, 1]);
    expect(refused.map(({ stderr }) => stderr)).toEqual([
      expect.stringMatching(/^lienthong: nothing to set; [^\n]*--help[^\n]*\n$/),
      expect.stringMatching(/^lienthong: standard input holds either the password or the headers[^\n]*\n$/),
      expect.stringMatching(/^lienthong: "8-17" are no quiet hours: say 08:00-17:00[^\n]*\n$/),
    ]);
    expect(await stored()).toEqual(before);
  });
});

test("lienthong repository reseal stores sign-ins under a new TOKEN_SECRET; until then show says what to do", async () => {
  const renewed = { TOKEN_SECRET: "another secret, which is long enough as well" };
  await saveSecrets(database.db, secretsKey(TOKEN_SECRET), (await stored()).repository_id, SECRETS);
  expect((await run(["repository", "show", "kho"], "", renewed)).stdout).toMatch(
    /^sign-in +cannot be read: .*another TOKEN_SECRET.*lienthong repository reseal/m,
  );
  const resealed = await run(["repository", "reseal"], `${TOKEN_SECRET}\n`, renewed);
  expect([resealed.code, resealed.stdout]).toEqual([
    0,
    "sign-ins stored anew: 1; under this TOKEN_SECRET already: 0\n",
  ]);
  const key = () => secretsKey(renewed.TOKEN_SECRET);
  expect(openSecrets(key, await stored())).toEqual(SECRETS);
});
