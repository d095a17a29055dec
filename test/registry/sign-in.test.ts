import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mayBeSet } from "../../src/client/connection.ts";
import { type GivenSignIn, readSignIn, resealSignIns, shownSignIn } from "../../src/registry/sign-in.ts";
import { addRepository, getRepository, updateRepository } from "../../src/store/repositories.ts";
import { openSecrets, saveSecrets, secretsKey } from "../../src/store/secrets.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";

const NOTHING: GivenSignIn = { user: null, password: null, headerLines: null };
const read = (given: Partial<GivenSignIn>) => readSignIn({ ...NOTHING, ...given }, mayBeSet);

describe("a sign-in", () => {
  test("is a user with a password, headers, or both", () => {
    const basicAuth = { user: "thư viện", password: "mở: ra " };
    expect(read(basicAuth)).toEqual({ basicAuth, headers: {} });
    const headerLines = "X-Api-Key: 42\r\n\n  Cookie:  a=b; c=d  \n";
    const headers = { "x-api-key": "42", cookie: "a=b; c=d" };
    expect(read({ headerLines })).toEqual({ basicAuth: null, headers });
    expect(read({ ...basicAuth, headerLines })).toEqual({ basicAuth, headers });
  });

  test.each<readonly [string, Partial<GivenSignIn>, RegExp]>([
    ["a user alone", { user: "u" }, /--password-stdin/],
    ["a password alone", { password: "secret" }, /--user/],
    ["a colon in the user (RFC 7617)", { user: "a:b", password: "secret" }, /"a:b" cannot be a user/],
    ["an empty user", { user: "", password: "secret" }, /cannot be a user/],
    ["an empty password", { user: "u", password: "" }, /no password came/],
    ["two lines as a password", { user: "u", password: "secret\nsecret" }, /line break/],
    ["a line that is no header", { headerLines: "x-one: 1\nsecret" }, /line 2 of the headers is none/],
    ["a name with a space", { headerLines: "x one: secret" }, /line 1 of the headers is none/],
    ["a value that cannot be sent", { headerLines: "x-one: secret ế" }, /line 1 of the headers is none/],
    ["a header without a value", { headerLines: "x-one:" }, /the header x-one has no value/],
    ["a header twice", { headerLines: "x-one: secret\nX-One: secret" }, /the header X-One is given twice/],
    ["a header of the connection", { headerLines: "Host: secret" }, /the header Host belongs to the connection/],
    ["no header at all", { headerLines: "\n" }, /no header was given/],
    [
      "two ways to say who we are",
      { user: "u", password: "secret", headerLines: "Authorization: Bearer secret" },
      /exclude each other/,
    ],
  ])("refuses %s, and does not repeat what is secret", (_, given, message) => {
    expect(() => read(given)).toThrow(message);
    expect(() => read(given)).not.toThrow(/secret/);
  });

  test("shows whose it is and which headers it has, and nothing that opens a door", () => {
    const shown = shownSignIn(read({ user: "thuvien", password: "secret", headerLines: "x-api-key: secret" }));
    expect(shown).toEqual({ user: "thuvien", headerNames: ["x-api-key"] });
  });
});

describe("another TOKEN_SECRET", () => {
  const [OLD, NEW, FOREIGN] = ["old", "new", "foreign"].map((name) => secretsKey(`${name} secret, long enough`)) as [
    Buffer,
    Buffer,
    Buffer,
  ];
  const SECRETS = { basicAuth: { user: "thuvien", password: "mật khẩu" }, headers: { "x-api-key": "42" } };
  let database: TestDatabase;

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(async () => {
    await database.close();
  });

  async function stored(code: string, key: Buffer | null): Promise<number> {
    const row = { code, name: code, base_url: `https://${code}.example/oai` };
    const { repository_id } = await addRepository(database.db, row);
    if (key !== null) await saveSecrets(database.db, key, repository_id, SECRETS);
    return repository_id;
  }

  test("takes all sign-ins over, those of retired repositories too, and names those that it cannot read", async () => {
    const [first, retired] = [await stored("first", OLD), await stored("retired", OLD)];
    await updateRepository(database.db, retired, { state: "retired" });
    await stored("done", NEW);
    await stored("lost", FOREIGN);
    await stored("open", null);
    expect(await resealSignIns(database.db, OLD, NEW)).toEqual({
      resealed: ["first", "retired"],
      current: ["done"],
      unreadable: ["lost"],
    });
    for (const repositoryId of [first, retired])
      expect(openSecrets(() => NEW, await getRepository(database.db, repositoryId))).toEqual(SECRETS);
    expect(await resealSignIns(database.db, OLD, NEW)).toMatchObject({ resealed: [] });
  });
});
