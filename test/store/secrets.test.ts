import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { addRepository, getRepository } from "../../src/store/repositories.ts";
import { forgetSecrets, openSecrets, SecretsFailure, saveSecrets, secretsKey } from "../../src/store/secrets.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const KEY = secretsKey("a secret that all servers share, long enough");
const SECRETS = { basicAuth: { user: "thuvien", password: "mật khẩu" }, headers: { "x-api-key": "42" } };
let database: TestDatabase;
let repositoryId: number;
let repositories = 0;

beforeAll(async () => {
  database = await createTestDatabase();
});
beforeEach(async () => {
  repositories += 1;
  const row = { code: `kho-${repositories}`, name: "Kho", base_url: "https://kho.example/oai" };
  repositoryId = (await addRepository(database.db, row)).repository_id;
});
afterAll(async () => {
  await database.close();
});

const stored = () => getRepository(database.db, repositoryId);

test("a repository without secrets has none", async () => {
  expect(openSecrets(() => KEY, await stored())).toEqual({ basicAuth: null, headers: {} });
});

test("secrets come back as they were, and the database holds nothing of them", async () => {
  await saveSecrets(database.db, KEY, repositoryId, SECRETS);
  const repository = await stored();
  expect(openSecrets(() => KEY, repository)).toEqual(SECRETS);
  const bytes = repository.secrets?.toString("latin1") ?? "";
  for (const word of ["thuvien", "x-api-key", "password"]) expect(bytes).not.toContain(word);
});

test("the same secrets never look the same twice", async () => {
  await saveSecrets(database.db, KEY, repositoryId, SECRETS);
  const first = (await stored()).secrets;
  await saveSecrets(database.db, KEY, repositoryId, SECRETS);
  expect((await stored()).secrets).not.toEqual(first);
});

test("another key, another repository or a changed byte opens nothing, and the message says what to do", async () => {
  await saveSecrets(database.db, KEY, repositoryId, SECRETS);
  const repository = await stored();
  const changed = Buffer.from(repository.secrets ?? []);
  changed[changed.length - 1] = (changed[changed.length - 1] ?? 0) ^ 1;
  for (const [key, row] of [
    [secretsKey("another secret that is long enough as well"), repository],
    [KEY, { ...repository, repository_id: repositoryId + 1 }],
    [KEY, { ...repository, secrets: changed }],
  ] as const) {
    expect(() => openSecrets(() => key, row)).toThrow(SecretsFailure);
    expect(() => openSecrets(() => key, row)).toThrow(/TOKEN_SECRET/);
  }
});

test("secrets can be forgotten", async () => {
  await saveSecrets(database.db, KEY, repositoryId, SECRETS);
  await forgetSecrets(database.db, repositoryId);
  expect((await stored()).secrets).toBeNull();
});
