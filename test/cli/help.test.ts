import { describe, expect, test } from "vitest";
import { VERSION } from "../../src/version.ts";
import { runCli } from "./run-cli.ts";

/** Nothing answers there: whoever asks a database fails. */
const NO_DATABASE = { DATABASE_URL: "postgres://nobody@127.0.0.1:1/nothing", DATA_FOLDER: "/proc/nothing" };

describe("without a database", () => {
  test("--version tells the version and nothing else", async () => {
    expect(await runCli(["--version"], NO_DATABASE)).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: "" });
  });

  test("--help names every command, an example of each use, and what exit codes mean", async () => {
    const { code, stdout } = await runCli(["--help"], NO_DATABASE);
    expect(code).toBe(0);
    for (const word of [
      "serve",
      "demo",
      "harvest",
      "export",
      "map",
      "migrate",
      "repository",
      "Examples:",
      "Exit codes:",
    ]) {
      expect(stdout).toContain(word);
    }
  });

  test("no line of any help is wider than 80 columns but for the examples", async () => {
    const { stdout } = await runCli(["repository", "add", "--help"], NO_DATABASE);
    expect(stdout).toContain("--schedule");
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("a command that needs it fails with one sentence, which does not tell the password", async () => {
    const url = "postgres://user:very-secret@127.0.0.1:1/nothing";
    const { code, stdout, stderr } = await runCli(["repository", "list"], { DATABASE_URL: url });
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(/^lienthong: [^\n]*ECONNREFUSED[^\n]*\n$/);
    expect(stderr).not.toContain("very-secret");
  });
});

test("a command that does not exist is refused, with the way to the help", async () => {
  const { code, stderr } = await runCli(["harvset"], NO_DATABASE);
  expect(code).toBe(1);
  expect(stderr).toContain("unknown command 'harvset'");
  expect(stderr).toContain("Did you mean harvest?");
  expect(stderr).toContain("lienthong --help");
});

test("settings that cannot be used are all named before anything is done", async () => {
  const { code, stderr } = await runCli(["repository", "list"], { DATABASE_URL: "mysql://x", PORT: "http" });
  expect(code).toBe(1);
  expect(stderr).toMatch(/DATABASE_URL="mysql:\/\/x".*\n.*PORT="http"/);
});
