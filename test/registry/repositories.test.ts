import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RepositoryDefinition } from "../../src/registry/definition.ts";
import {
  changeRepository,
  pauseRepository,
  registerRepository,
  repositoryOfCode,
  resumeRepository,
} from "../../src/registry/repositories.ts";
import { retireRepository } from "../../src/registry/retirement.ts";
import { timetable } from "../../src/schedule/timetable.ts";
import { listDueRepositories, listRepositories, updateRepository } from "../../src/store/repositories.ts";
import { openSecrets, type RepositorySecrets, secretsKey } from "../../src/store/secrets.ts";
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

const register = (definition: RepositoryDefinition) => registerRepository(database.db, definition, timetable);

describe("registering a repository", () => {
  test("needs its base URL alone; the rest has defaults", async () => {
    const repository = await register({ baseUrl: "https://tailieuso.tlu.edu.vn/oai/request" });
    expect(repository).toMatchObject({
      code: "tailieuso-tlu",
      name: "tailieuso.tlu.edu.vn",
      base_url: "https://tailieuso.tlu.edu.vn/oai/request",
      state: "live",
      schedule: "daily",
      time_zone: "Asia/Ho_Chi_Minh",
      metadata_prefix: null,
      set_spec: null,
      default_access_rights: null,
      harvested_until: null,
    });
    expect(await listDueRepositories(database.db, new Date())).toHaveLength(1);
  });

  test("keeps everything that was said", async () => {
    const repository = await register({
      baseUrl: "https://a.example/oai",
      code: "hus",
      name: "Trường Đại học Khoa học Tự nhiên",
      schedule: "weekly",
      timeZone: "Asia/Bangkok",
      quietHours: "Mon-Fri 08:00-17:00",
      metadataPrefix: "marc21",
      setSpec: "com_1:col_2",
      defaultAccessRights: "http://purl.org/coar/access_right/c_abf2",
    });
    expect(repository).toMatchObject({
      code: "hus",
      name: "Trường Đại học Khoa học Tự nhiên",
      schedule: "weekly",
      time_zone: "Asia/Bangkok",
      quiet_hours: "Mon-Fri 08:00-17:00",
      metadata_prefix: "marc21",
      set_spec: "com_1:col_2",
      default_access_rights: "http://purl.org/coar/access_right/c_abf2",
    });
  });

  test("takes a request as it stands in a browser for the base URL in it", async () => {
    const repository = await register({
      baseUrl: " https://a.example/oai?verb=ListRecords&metadataPrefix=oai_dc#top ",
    });
    expect(repository.base_url).toBe("https://a.example/oai");
  });

  test.each([
    ["https://www.thuvien.hcmut.edu.vn/oai", "thuvien-hcmut"],
    ["https://dspace.vnu.vn/oai", "dspace-vnu"],
    ["https://repository.example.com:8443/oai", "repository-example"],
    ["http://10.1.2.3/oai", "repository"],
    ["https://123abc.example.org/oai", "abc-example"],
  ])("names %s %s until somebody says better", async (baseUrl, code) => {
    expect((await register({ baseUrl })).code).toBe(code);
  });

  test("finds another code where the host's is taken", async () => {
    const setSpecs = [undefined, "a", "b"];
    const codes: string[] = [];
    for (const setSpec of setSpecs) {
      const definition = { baseUrl: "https://dspace.vnu.vn/oai", ...(setSpec === undefined ? {} : { setSpec }) };
      codes.push((await register(definition)).code);
    }
    expect(codes).toEqual(["dspace-vnu", "dspace-vnu-2", "dspace-vnu-3"]);
  });

  test.each<readonly [string, Partial<RepositoryDefinition>, RegExp]>([
    ["what is no URL", { baseUrl: "thuvien.edu.vn/oai" }, /"thuvien\.edu\.vn\/oai" is not a base URL/],
    ["another protocol", { baseUrl: "ftp://a.example/oai" }, /http:\/\/ or https:\/\//],
    ["a code that begins with a digit", { code: "1st" }, /"1st" cannot be a code/],
    ["a code with capitals", { code: "HUS" }, /"HUS" cannot be a code/],
    ["a code with other letters", { code: "đại-học" }, /cannot be a code/],
    ["an empty code", { code: "" }, /cannot be a code/],
    ["a code of 64 characters", { code: `a${"b".repeat(63)}` }, /cannot be a code/],
    ["an unknown schedule", { schedule: "sometimes" }, /"sometimes" is not a schedule/],
    ["an unknown time zone", { timeZone: "Mars/Olympus" }, /"Mars\/Olympus" is not a time zone/],
    ["a schedule that never comes", { schedule: "0 0 31 2 *" }, /"0 0 31 2 \*" is not a schedule/],
    ["quiet hours without minutes", { quietHours: "8-17" }, /"8-17" are no quiet hours: say .*Mon-Fri 08:00-17:00/],
    ["a CA bundle that is none", { caBundle: "root.pem" }, /the CA bundle holds no certificate in PEM.*openssl x509/],
    ["a setSpec with spaces", { setSpec: "not a set" }, /"not a set" is not a setSpec/],
    ["an unknown access right", { defaultAccessRights: "open" }, /"open" is not an access right.*c_abf2/],
    ["a word of JavaScript's as access right", { defaultAccessRights: "toString" }, /not an access right/],
  ])("refuses %s, and nothing is added", async (_, part, message) => {
    const refused = register({ baseUrl: "https://a.example/oai", ...part });
    await expect(refused).rejects.toMatchObject({ name: "RegistryError" });
    await expect(refused).rejects.toThrow(message);
    expect(await listRepositories(database.db, { retired: true })).toEqual([]);
  });

  test("refuses a code that is taken", async () => {
    await register({ baseUrl: "https://a.example/oai", code: "hus" });
    await expect(register({ baseUrl: "https://b.example/oai", code: "hus" })).rejects.toThrow(/"hus" is taken/);
  });

  test("refuses the same URL and set again, also as it stands in a browser; another set of it is welcome", async () => {
    await register({ baseUrl: "https://a.example/oai", code: "first" });
    const again = register({ baseUrl: "https://A.example/oai?verb=Identify", code: "second" });
    await expect(again).rejects.toThrow(/registered already, as "first"/);
    await expect(
      register({ baseUrl: "https://a.example/oai", code: "second", setSpec: "theses" }),
    ).resolves.toBeDefined();
  });

  test("refuses a set again that is registered beside the whole", async () => {
    await register({ baseUrl: "https://a.example/oai", code: "whole" });
    await register({ baseUrl: "https://a.example/oai", code: "theses", setSpec: "theses" });
    const again = register({ baseUrl: "https://a.example/oai", code: "again", setSpec: "theses" });
    await expect(again).rejects.toThrow(/registered already, as "theses"/);
  });

  test("takes a URL again whose repository is retired", async () => {
    await register({ baseUrl: "https://a.example/oai", code: "old" });
    await retireRepository(database.db, "old", 1);
    await expect(register({ baseUrl: "https://a.example/oai", code: "new" })).resolves.toMatchObject({ code: "new" });
  });
});

describe("the life of a repository", () => {
  beforeEach(async () => {
    await register({ baseUrl: "https://a.example/oai", code: "hus" });
  });
  const state = async () => (await repositoryOfCode(database.db, "hus")).state;

  test("paused, it is not due; resumed, it is again", async () => {
    await pauseRepository(database.db, "hus");
    expect(await state()).toBe("paused");
    expect(await listDueRepositories(database.db, new Date())).toEqual([]);
    await resumeRepository(database.db, "hus");
    expect(await state()).toBe("live");
    expect(await listDueRepositories(database.db, new Date())).toHaveLength(1);
  });

  test("a live one cannot be resumed, a retired one neither paused nor resumed", async () => {
    await expect(resumeRepository(database.db, "hus")).rejects.toThrow(/"hus" is live, not paused/);
    await retireRepository(database.db, "hus", 1);
    await expect(pauseRepository(database.db, "hus")).rejects.toThrow(/retired/);
    await expect(resumeRepository(database.db, "hus")).rejects.toThrow(/"hus" is retired, not paused/);
    expect(await state()).toBe("retired");
    expect(await listDueRepositories(database.db, new Date())).toEqual([]);
  });

  test.each([
    ["pause", (code: string) => pauseRepository(database.db, code)],
    ["resume", (code: string) => resumeRepository(database.db, code)],
    ["retire", (code: string) => retireRepository(database.db, code, 1)],
  ])("%s refuses a code that nobody has, and says where the codes are", async (_, act) => {
    const refused = act("nobody");
    await expect(refused).rejects.toMatchObject({ name: "RegistryError" });
    await expect(refused).rejects.toThrow(/"nobody".*repository list/);
  });
});

describe("changing a repository", () => {
  const SECRETS = { basicAuth: { user: "thuvien", password: "mật khẩu" }, headers: {} };
  const KEY = secretsKey("a secret of the tests, long enough for a key");
  const change = (changes: Partial<RepositoryDefinition>, signIn?: RepositorySecrets | null) =>
    changeRepository(database.db, "hus", changes, timetable, signIn ? { key: KEY, secrets: signIn } : signIn);
  const stored = () => repositoryOfCode(database.db, "hus");
  const signIn = async () => openSecrets(() => KEY, await stored());

  beforeEach(async () => {
    await register({
      baseUrl: "https://a.example/oai",
      code: "hus",
      schedule: "weekly",
      quietHours: "08:00-17:00",
      setSpec: "com_1",
    });
    await updateRepository(database.db, (await stored()).repository_id, { harvested_until: "2026-01-01" });
  });

  test("leaves what is not named, and takes back what is named as none", async () => {
    await change({ name: "Khoa học Tự nhiên", quietHours: null });
    expect(await stored()).toMatchObject({
      name: "Khoa học Tự nhiên",
      base_url: "https://a.example/oai",
      schedule: "weekly",
      quiet_hours: null,
      set_spec: "com_1",
      harvested_until: "2026-01-01",
    });
  });

  test("of what is harvested makes the next harvest a full one", async () => {
    await change({ setSpec: null });
    expect(await stored()).toMatchObject({ set_spec: null, harvested_until: null });
  });

  test("of its schedule or time zone moves the time of its next harvest at once, and nothing else does", async () => {
    const long = new Date("9999-12-31T00:00:00Z");
    const dueAfter = async (changes: Partial<RepositoryDefinition>) => {
      await updateRepository(database.db, (await stored()).repository_id, { next_due_at: long });
      await change(changes);
      return (await stored()).next_due_at;
    };
    expect(await dueAfter({ name: "Kho" })).toEqual(long);
    // three in the morning in Vietnam is 20:00 in London, on whatever day it is
    expect((await dueAfter({ schedule: "0 3 * * *" }))?.toISOString()).toMatch(/T20:00:00\.000Z$/);
    expect((await dueAfter({ timeZone: "Asia/Tokyo" }))?.toISOString()).toMatch(/T18:00:00\.000Z$/);
  });

  test("keeps its sign-in where that is not named, replaces it as a whole, and forgets it", async () => {
    await change({}, SECRETS);
    await change({ name: "Kho" });
    expect(await signIn()).toEqual(SECRETS);
    await change({}, { basicAuth: null, headers: { "x-api-key": "42" } });
    expect(await signIn()).toEqual({ basicAuth: null, headers: { "x-api-key": "42" } });
    await change({}, null);
    expect((await stored()).secrets).toBeNull();
  });

  test.each(["https://b.example/oai", "https://a.example:8443/oai", "http://a.example/oai"])(
    "to %s is refused while it has a sign-in, and done where that is entered anew",
    async (baseUrl) => {
      await change({}, SECRETS);
      await expect(change({ baseUrl })).rejects.toThrow(/"hus" has a sign-in, which must not go to .* by itself/);
      expect(await stored()).toMatchObject({ base_url: "https://a.example/oai" });
      await change({ baseUrl }, SECRETS);
      expect(await stored()).toMatchObject({ base_url: baseUrl });
      expect(await signIn()).toEqual(SECRETS);
    },
  );

  test("to another path, or from http to https, takes its sign-in along", async () => {
    await change({ baseUrl: "http://a.example/oai" }, SECRETS);
    await change({ baseUrl: "http://a.example/oai2" });
    await change({ baseUrl: "https://a.example/oai2" });
    expect(await signIn()).toEqual(SECRETS);
  });

  test("that is refused changes nothing, its sign-in neither", async () => {
    await change({}, SECRETS);
    await expect(change({ schedule: "sometimes" }, null)).rejects.toThrow(/not a schedule/);
    expect(await signIn()).toEqual(SECRETS);
  });
});
