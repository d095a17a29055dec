import { rootCertificates } from "node:tls";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { registerRepository } from "../../src/registry/repositories.ts";
import { exportRepositories, importRepositories } from "../../src/registry/repositories-yaml.ts";
import { retireRepository } from "../../src/registry/retirement.ts";
import { timetable } from "../../src/schedule/timetable.ts";
import { listRepositories } from "../../src/store/repositories.ts";
import { findOpenRun, startRun } from "../../src/store/runs.ts";
import { saveSecrets, secretsKey } from "../../src/store/secrets.ts";
import { listWindows } from "../../src/store/windows.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(async () => {
  await database.close();
});
beforeEach(async () => {
  await database.db.deleteFrom("repository").execute();
});

const load = (text: string) => importRepositories(database.db, text, timetable);
const stored = async () => await listRepositories(database.db, { retired: true });

const TWO = `
# kept in git
repositories:
  - code: hus
    name: "Trường Đại học: Khoa học Tự nhiên"
    baseUrl: https://a.example/oai
    schedule: 0 3 * * *
    timeZone: Asia/Bangkok
    metadataPrefix: marc21
    setSpec: com_1
    defaultAccessRights: http://purl.org/coar/access_right/c_abf2
  - code: hcmut
    baseUrl: https://b.example/oai
`;

test("an import adds what is new and says so", async () => {
  expect(await load(TWO)).toEqual({ added: ["hus", "hcmut"], updated: [] });
  expect(await stored()).toMatchObject([
    { code: "hcmut", name: "b.example", base_url: "https://b.example/oai", schedule: "daily", set_spec: null },
    {
      code: "hus",
      name: "Trường Đại học: Khoa học Tự nhiên",
      base_url: "https://a.example/oai",
      schedule: "0 3 * * *",
      time_zone: "Asia/Bangkok",
      metadata_prefix: "marc21",
      set_spec: "com_1",
      default_access_rights: "http://purl.org/coar/access_right/c_abf2",
    },
  ]);
});

test("what is exported can be imported into an empty database, and is the same there", async () => {
  await load(TWO);
  const text = await exportRepositories(database.db);
  const definitions = async () => (await stored()).map(({ repository_id: _, created_at: __, ...rest }) => rest);
  const before = await definitions();
  await database.db.deleteFrom("repository").execute();
  expect(await load(text)).toEqual({ added: ["hcmut", "hus"], updated: [] });
  expect(await definitions()).toEqual(before);
  expect(await exportRepositories(database.db)).toBe(text);
});

test("importing the export changes nothing", async () => {
  await load(TWO);
  const before = await stored();
  expect(await load(await exportRepositories(database.db))).toEqual({ added: [], updated: ["hcmut", "hus"] });
  expect(await stored()).toEqual(before);
});

describe("what a repository needs beside its address", () => {
  const [certificate = ""] = rootCertificates;
  const KEY = secretsKey("a secret of the tests, long enough for a key");
  const SECRETS = { basicAuth: { user: "thuvien", password: "mật khẩu" }, headers: { "x-api-key": "khóa 42" } };

  beforeEach(async () => {
    const definition = { baseUrl: "https://a.example/oai", code: "hus", quietHours: "Mon-Fri 08:00-17:00" };
    await registerRepository(database.db, { ...definition, caBundle: certificate }, timetable);
  });

  test("is exported with it: quiet hours and certificates", async () => {
    const text = await exportRepositories(database.db);
    expect(parse(text).repositories).toMatchObject([
      { quietHours: "Mon-Fri 08:00-17:00", caBundle: `${certificate}\n` },
    ]);
    await database.db.deleteFrom("repository").execute();
    await load(text);
    expect(await stored()).toMatchObject([{ quiet_hours: "Mon-Fri 08:00-17:00", ca_bundle: `${certificate}\n` }]);
  });

  test("but its sign-in is not: the file names who has one, and an import leaves it alone", async () => {
    const [{ repository_id } = { repository_id: 0 }] = await stored();
    await saveSecrets(database.db, KEY, repository_id, SECRETS);
    const before = await stored();
    const text = await exportRepositories(database.db);
    expect(text.split("\n")[0]).toBe("# Not in this file, since they are secrets: the sign-ins of hus");
    for (const secret of ["thuvien", "mật khẩu", "x-api-key", "42", before[0]?.secrets?.toString("base64") ?? "?"])
      expect(text.replace(certificate, "")).not.toContain(secret);
    await load(text);
    expect(await stored()).toEqual(before);
  });

  test("an import cannot aim a sign-in at another host", async () => {
    const [{ repository_id } = { repository_id: 0 }] = await stored();
    await saveSecrets(database.db, KEY, repository_id, SECRETS);
    const elsewhere = load("repositories: [{ code: hus, baseUrl: https://thief.example/oai }]");
    await expect(elsewhere).rejects.toThrow(/"hus" has a sign-in, which must not go to https:\/\/thief\.example/);
    expect(await stored()).toMatchObject([{ base_url: "https://a.example/oai" }]);
  });
});

test("overrides are exported and imported with their repository, and taken back where they are not said", async () => {
  const overrides = `    overrides:
      values:
        resourceType:
          LA: http://purl.org/coar/resource_type/c_db06
      preferences:
        issued: [dc.date.issued]
`;
  await load(TWO + overrides);
  const [hcmut, hus] = await stored();
  expect(hcmut?.overrides).toEqual({
    values: { resourceType: { LA: "http://purl.org/coar/resource_type/c_db06" } },
    preferences: { issued: ["dc.date.issued"] },
  });
  expect(hus?.overrides).toBeNull();
  await load(await exportRepositories(database.db));
  expect(await stored()).toEqual([hcmut, hus]);
  await load(TWO);
  expect((await stored())[0]?.overrides).toBeNull();
});

test("the export leaves retired repositories out", async () => {
  await load(TWO);
  await retireRepository(database.db, "hus", 1);
  expect(parse(await exportRepositories(database.db)).repositories).toMatchObject([{ code: "hcmut" }]);
});

test("an import updates what it knows by its code; what it does not say of format, set and rights is taken back", async () => {
  await load(TWO);
  const changed = "repositories: [{ code: hus, baseUrl: https://c.example/oai?verb=Identify, schedule: weekly }]";
  expect(await load(changed)).toEqual({ added: [], updated: ["hus"] });
  expect((await stored()).find(({ code }) => code === "hus")).toMatchObject({
    name: "Trường Đại học: Khoa học Tự nhiên",
    base_url: "https://c.example/oai",
    schedule: "weekly",
    time_zone: "Asia/Bangkok",
    metadata_prefix: null,
    set_spec: null,
    default_access_rights: null,
  });
});

test("an import leaves the state of a repository and its cursor alone", async () => {
  await load(TWO);
  const { db } = database;
  await db.updateTable("repository").set({ state: "paused", harvested_until: "2026-01-01" }).execute();
  await load(TWO);
  expect(await stored()).toMatchObject([
    { state: "paused", harvested_until: "2026-01-01" },
    { state: "paused", harvested_until: "2026-01-01" },
  ]);
});

test("what is harvested from elsewhere now is harvested from the beginning; another name or schedule is no reason", async () => {
  await load(TWO);
  const { db } = database;
  const cursorOf = async (code: string) =>
    (await stored()).find((repository) => repository.code === code)?.harvested_until;
  const aim = async (definition: string) => {
    await db.updateTable("repository").set({ harvested_until: "2026-01-01" }).execute();
    await load(`repositories: [{ code: hcmut, ${definition} }]`);
    return await cursorOf("hcmut");
  };
  expect(await aim("baseUrl: https://b.example/oai, name: Bách khoa, schedule: weekly")).toBe("2026-01-01");
  expect(await aim("baseUrl: https://b.example/oai, setSpec: theses")).toBeNull();
  expect(await aim("baseUrl: https://b.example/oai2, setSpec: theses")).toBeNull();
  expect(await cursorOf("hus")).toBe("2026-01-01");
});

test("a harvest that was in the middle of a list does not go on there when the repository has moved", async () => {
  await load("repositories: [{ code: hus, baseUrl: https://a.example/oai }]");
  const [{ repository_id: repositoryId } = { repository_id: 0 }] = await stored();
  const window = { from: null, until: null, resumptionToken: "page-2", received: 100 };
  const format = { metadataPrefix: "oai_dc", metadataNamespace: "urn:x", fullList: false };
  const plan = { repositoryId, trigger: "person" as const, ...format, sourceStarted: null, windows: [window] };
  const run = await startRun(database.db, plan);
  await load("repositories: [{ code: hus, baseUrl: https://a.example/new-oai }]");
  expect(await findOpenRun(database.db, repositoryId)).toBeNull();
  expect(await listWindows(database.db, repositoryId, run.run_id)).toMatchObject([{ state: "abandoned" }]);
});

test("an empty metadataPrefix, set or access right is none", async () => {
  await load(
    "repositories: [{ code: a, baseUrl: https://a.example/, metadataPrefix: , setSpec: ~, defaultAccessRights: null }]",
  );
  expect(await stored()).toMatchObject([{ metadata_prefix: null, set_spec: null, default_access_rights: null }]);
});

test("a retired repository cannot come back through an import", async () => {
  await load(TWO);
  await retireRepository(database.db, "hus", 1);
  await expect(load(TWO)).rejects.toThrow(/"hus" is retired/);
});

test("an import cannot make two repositories harvest the same", async () => {
  await load(TWO);
  const twin = load("repositories: [{ code: hcmut, baseUrl: https://a.example/oai, setSpec: com_1 }]");
  await expect(twin).rejects.toThrow(/registered already, as "hus"/);
});

describe("an import is refused wholly", () => {
  const good = "  - { code: good, baseUrl: https://good.example/oai }\n";
  test.each<readonly [string, string, RegExp]>([
    ["what is not YAML, with line and column", `repositories:\n${good}  - { code: [`, /line \d+, column \d+/],
    [
      "a key twice",
      `repositories:\n${good}  - { code: x, code: y, baseUrl: https://x.example/ }`,
      /line 3, column \d+/,
    ],
    ["nothing", "", /"repositories:"/],
    ["another list", `sources:\n${good}`, /"repositories:"/],
    ["something else than a list", "repositories: hus", /"repositories:"/],
    ["an entry that is text", `repositories:\n${good}  - hus`, /repositories\[1\] is not a mapping/],
    ["an entry that is a list", `repositories:\n${good}  - [hus]`, /repositories\[1\] is not a mapping/],
    [
      "an unknown key",
      `repositories:\n${good}  - { code: x, url: https://x.example/ }`,
      /repositories\[1\]: "url" is unknown; known are .*baseUrl/,
    ],
    ["a missing URL", `repositories:\n${good}  - { code: x }`, /repositories\[1\]: "baseUrl" is missing/],
    ["an empty URL", `repositories:\n${good}  - { code: x, baseUrl: }`, /repositories\[1\]: "baseUrl"/],
    [
      "a number for text",
      `repositories:\n${good}  - { code: 12, baseUrl: https://x.example/ }`,
      /repositories\[1\]: "code" must be text/,
    ],
    [
      "an empty code",
      `repositories:\n${good}  - { code: , baseUrl: https://x.example/ }`,
      /repositories\[1\]: "code" must be text/,
    ],
    [
      "a bad value",
      `repositories:\n${good}  - { code: x, baseUrl: https://x.example/, schedule: sometimes }`,
      /"sometimes" is not a schedule/,
    ],
    ["a code twice", `repositories:\n${good}${good}`, /"good"/],
  ])("because of %s", async (_, text, message) => {
    const refused = load(text);
    await expect(refused).rejects.toMatchObject({ name: "RegistryError" });
    await expect(refused).rejects.toThrow(message);
    expect(await stored()).toEqual([]);
  });

  test.each<readonly [string, string, RegExp]>([
    ["a bad URL", "baseUrl: nowhere", /"nowhere" is not a base URL/],
    ["a bad schedule", "baseUrl: https://a.example/, schedule: sometimes", /"sometimes" is not a schedule/],
    ["bad quiet hours", "baseUrl: https://a.example/, quietHours: 8-17", /"8-17" are no quiet hours/],
    ["bad certificates", "baseUrl: https://a.example/, caBundle: root.pem", /holds no certificate in PEM/],
    ["a bad set", "baseUrl: https://a.example/, setSpec: not a set", /"not a set" is not a setSpec/],
    ["a bad time zone", "baseUrl: https://a.example/, timeZone: Mars/Olympus", /"Mars\/Olympus" is not a time zone/],
    [
      "bad overrides",
      "baseUrl: https://a.example/, overrides: { defaults: { languages: [Vietnamese] } }",
      /overrides: defaults\.languages\.0 must be a code of ISO 639-3/,
    ],
    ["a bad access right", "baseUrl: https://a.example/, defaultAccessRights: open", /"open" is not an access right/],
  ])("because of %s for a repository that is known", async (_, values, message) => {
    await load(TWO);
    const before = await stored();
    const refused = load(
      `repositories:\n  - { code: hcmut, baseUrl: https://new.example/ }\n  - { code: hus, ${values} }`,
    );
    await expect(refused).rejects.toMatchObject({ name: "RegistryError" });
    await expect(refused).rejects.toThrow(message);
    expect(await stored()).toEqual(before);
  });
});

test("a repository that was registered by hand is exported with what was said of it", async () => {
  await registerRepository(database.db, { baseUrl: "https://a.example/oai", code: "hus", name: "no" }, timetable);
  expect(parse(await exportRepositories(database.db))).toEqual({
    repositories: [
      {
        code: "hus",
        name: "no",
        baseUrl: "https://a.example/oai",
        schedule: "daily",
        timeZone: "Asia/Ho_Chi_Minh",
      },
    ],
  });
});
