import { expect, test } from "vitest";
import { writeToken } from "../../src/provider/token.ts";
import { runCli } from "./run-cli.ts";

const SECRET = "a secret that is long enough for anybody";
const TOKEN = {
  verb: "ListRecords",
  metadataPrefix: "marc21",
  set: "inst:kho",
  from: null,
  until: null,
  horizon: new Date("2024-05-06T07:08:04Z"),
  after: { stamp: new Date("2024-03-04T05:06:07Z"), recordId: 4_711 },
  cursor: 100,
  completeListSize: null,
} as const;

test("a token is explained, and taken", async () => {
  const { code, stdout } = await runCli(["token", writeToken(SECRET, TOKEN, new Date())], { TOKEN_SECRET: SECRET });
  expect(code).toBe(0);
  for (const row of [
    /^verb +ListRecords$/m,
    /^metadataPrefix +marc21$/m,
    /^set +inst:kho$/m,
    /^after +record 4711, stamped 2024-03-04T05:06:07Z$/m,
    /^cursor +100 given so far$/m,
    /^horizon +2024-05-06T07:08:04Z,/m,
    /^completeListSize +not counted$/m,
    /^the feed takes it$/m,
  ])
    expect(stdout).toMatch(row);
});

test("one that has expired, or that another secret signed, is explained and not taken", async () => {
  const expired = writeToken(SECRET, TOKEN, new Date("2024-05-06T07:08:09Z"));
  const foreign = writeToken("another secret that is long enough", TOKEN, new Date());
  for (const [token, reason] of [
    [expired, "expired"],
    [foreign, "TOKEN_SECRET"],
  ] as const) {
    const { code, stdout } = await runCli(["token", token], { TOKEN_SECRET: SECRET });
    expect(code).toBe(1);
    expect(stdout).toMatch(/^verb +ListRecords$/m);
    expect(stdout).toMatch(new RegExp(`^badResumptionToken: .*${reason}`, "m"));
  }
});

test("what is no token is told to be none", async () => {
  const { code, stderr } = await runCli(["token", "junk"], { TOKEN_SECRET: SECRET });
  expect(code).toBe(1);
  expect(stderr).toContain("no resumptionToken");
});
