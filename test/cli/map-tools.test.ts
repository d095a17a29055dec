import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCli } from "./run-cli.ts";
import { runCliHere } from "./run-cli-here.ts";

const XML =
  '<thesis xmlns="http://www.ndltd.org/standards/metadata/etdms/1.0/"><title>On the tides of the gulf</title></thesis>';
const MISSING = ["date-missing issued", "type-missing resourceType", "access-rights-unknown accessRights"];
/** By hand: a title and nothing else. */
const EXPECTED = {
  identifier: "oai:repository.example.edu.vn:1",
  defaultAccessRights: null,
  record: {
    identifier: { value: "oai:repository.example.edu.vn:1", scheme: "OAI" },
    titles: [{ value: "On the tides of the gulf", lang: "en", type: "main" }],
  },
  issues: [
    { code: "identifier-missing", severity: "info", field: "identifier", path: null, value: null },
    ...MISSING.map((words) => {
      const [code, field] = words.split(" ");
      return { code, severity: "warning", field, path: null, value: null };
    }),
  ],
};

let mappings: string;
let examples: string;

beforeEach(() => {
  mappings = mkdtempSync(join(tmpdir(), "lienthong-mappings-"));
  examples = join(mappings, "incoming/etdms/examples");
  mkdirSync(examples, { recursive: true });
  for (const number of [1, 2, 3, 4, 5]) {
    writeFileSync(join(examples, `0${number}-title.xml`), XML);
    expectOf(number, EXPECTED);
  }
});

afterEach(() => rmSync(mappings, { recursive: true }));

function expectationFile(number: number): string {
  return join(examples, `0${number}-title.expected.json`);
}

function expectOf(number: number, expected: unknown): void {
  writeFileSync(expectationFile(number), JSON.stringify(expected));
}

const mapTest = (...args: string[]) => runCliHere(["map", "test", ...args, "--folder", mappings]);
const WRONG = { ...EXPECTED, record: { ...EXPECTED.record, titles: [], languages: ["eng"] } };

describe("lienthong map test", () => {
  test("tells how many examples of a crosswalk passed", async () => {
    expect(await mapTest("etdms")).toEqual({ code: 0, stdout: "etdms: 5 examples, 5 passed\n", stderr: "" });
  });

  test("fails with each difference: what was expected, what came, and from where", async () => {
    expectOf(3, WRONG);
    const { code, stdout } = await mapTest("etdms");
    expect(code).toBe(1);
    expect(stdout).toBe(`etdms: 5 examples, 4 passed
  03-title
    languages[0]
      expected  eng
      got       nothing
    titles[0]
      expected  nothing
      got       {"value":"On the tides of the gulf","lang":"en","type":"main"}
      from      /thesis/title
`);
  });

  test("goes on after an example that cannot be mapped", async () => {
    writeFileSync(join(examples, "02-title.xml"), "<thesis>");
    const { code, stdout } = await mapTest("etdms");
    expect(code).toBe(1);
    expect(stdout).toMatch(/^etdms: 5 examples, 4 passed\n {2}02-title: .+\n$/);
  });

  test("writes expectations anew with --update, names them, and says that a person has to read them", async () => {
    expectOf(3, WRONG);
    const { code, stdout } = await mapTest("etdms", "--update");
    expect(code).toBe(0);
    expect(stdout).toContain(`written: ${expectationFile(3)}`);
    expect(stdout).toMatch(/1 expectation written anew .* a person has to read each change/);
    expect(JSON.parse(readFileSync(expectationFile(3), "utf8"))).toEqual(EXPECTED);
    expect(readFileSync(expectationFile(2), "utf8")).toBe(JSON.stringify(EXPECTED));
    expect((await mapTest("etdms")).code).toBe(0);
  });

  test.each([
    ["a folder that is none", ["map", "test", "--folder", "/nowhere"], "/nowhere/incoming: there is no such folder"],
    ["a crosswalk that there is not", ["map", "test", "lido"], 'there is no crosswalk "lido"; there are '],
  ])("says what is wrong with %s", async (_title, args, message) => {
    const { code, stderr } = await runCliHere(args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
  });

  test("says that a crosswalk is not listed, has too few examples, or that one tells no identifier", async () => {
    expectOf(1, { ...EXPECTED, identifier: undefined });
    expect((await mapTest("etdms")).stderr).toContain(`${expectationFile(1)}: "identifier"`);
    rmSync(join(examples, "01-title.xml"));
    expect((await mapTest("etdms")).stderr).toContain("5 examples or more; there are 4");
    mkdirSync(join(mappings, "incoming/lido"));
    expect((await mapTest()).stderr).toMatch(/incoming\/lido: .* list it in mappings\/index\.ts/);
  });

  test("tests again with --watch when a file changes, until it is stopped; tells of rules newer than the program", async () => {
    const crosswalk = join(mappings, "incoming/etdms/crosswalk.ts");
    writeFileSync(crosswalk, "");
    const tomorrow = new Date(Date.now() + 86_400_000);
    utimesSync(crosswalk, tomorrow, tomorrow);
    const { stdout, stderr } = await runCli(["map", "test", "etdms", "--watch", "--folder", mappings], {}, (child) => {
      let said = "";
      let changed = false;
      child.stdout?.on("data", (chunk: Buffer) => {
        said += chunk;
        if (!changed && said.includes("waiting for a change")) {
          changed = true;
          expectOf(3, WRONG);
        }
        if (said.split("waiting for a change").length > 2) child.kill();
      });
    });
    expect(stdout.match(/^etdms: .*/gm)).toEqual(["etdms: 5 examples, 5 passed", "etdms: 5 examples, 4 passed"]);
    expect(stderr).toMatch(/newer than this program.*etdms\/crosswalk\.ts; npm run build/);
  });
});

describe("lienthong map trace", () => {
  function file(content: string): string {
    const path = join(mappings, "record.xml");
    writeFileSync(path, content);
    return path;
  }

  test("tells of each value of a field the place, the text as sent, what it was read as, and the tables", async () => {
    const sent = XML.replace("</thesis>", "<language>Ti&amp;#7871;ng Vi&amp;#7879;t</language></thesis>");
    const { code, stdout } = await runCliHere(["map", "trace", "languages", file(sent), "--record", "1"]);
    expect(code).toBe(0);
    expect(stdout).toBe(`=== record 1
languages by etdms: languages of mappings/incoming/oai-dc
words are looked up in mappings/tables/languages.tsv
[0] = vie
    <- /thesis/language: "Ti&#7871;ng Vi&#7879;t" (mended: entities), read as language
`);
  });

  test("tells what the envelope gave, that there is none, and what was remarked", async () => {
    const path = file(XML.replace("</thesis>", "<language>Klingonese</language></thesis>"));
    expect((await runCliHere(["map", "trace", "identifier", path])).stdout).toContain("<- the record's envelope");
    const { stdout } = await runCliHere(["map", "trace", "languages", path, "--crosswalk", "etdms"]);
    expect(stdout).toContain("no value\nremark: unmatched-language at /thesis/language\n");
  });

  test("refuses a field that the common record has not, and a position beyond the end", async () => {
    const path = file(XML);
    const { code, stderr } = await runCliHere(["map", "trace", "authors", path]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/no field "authors" in the common record; there are .*creators/);
    const beyond = await runCliHere(["map", "trace", "titles", path, "--record", "2"]);
    expect(beyond.stderr).toContain("holds 1 record, not 2");
  });
});
