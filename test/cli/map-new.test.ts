import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { applyCrosswalk } from "../../src/crosswalk/apply.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { runCliHere } from "./run-cli-here.ts";

const NAMESPACE = "http://www.vraweb.org/vracore4.htm";
let project: string;
let mappings: string;

beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "lienthong-new-"));
  mappings = join(project, "mappings");
  mkdirSync(mappings);
  cpSync("mappings/index.ts", join(mappings, "index.ts"));
});

afterEach(() => rmSync(project, { recursive: true }));

const mapNew = (name: string, namespace = NAMESPACE) =>
  runCliHere(["map", "new", name, "--namespace", namespace, "--folder", mappings]);

describe("lienthong map new", () => {
  test("writes a crosswalk with a README and five examples, and lists it", async () => {
    const { code, stdout } = await mapNew("vra-core");
    expect(code).toBe(0);
    expect(stdout).toContain("docs/add-a-crosswalk.md");
    const folder = join(mappings, "incoming/vra-core");
    expect(readdirSync(folder).sort()).toEqual(["README.md", "crosswalk.ts", "examples"]);
    expect(readdirSync(join(folder, "examples"))).toHaveLength(10);
    const before = readFileSync("mappings/index.ts", "utf8").split("\n");
    const after = readFileSync(join(mappings, "index.ts"), "utf8").split("\n");
    const added = after.filter((line) => !before.includes(line));
    expect(added).toEqual(['import { vraCore } from "./incoming/vra-core/crosswalk.ts";', "  listed(vraCore),"]);
    expect(after[after.indexOf(added[0] ?? "") - 1]).toContain("./incoming/unimarc/");
    expect(after[after.indexOf("  listed(vraCore),") + 1]).toBe("];");
  });

  test("makes a crosswalk that opens its format and names what it does not read yet", async () => {
    await mapNew("vra-core");
    for (const name of [
      "src",
      "mappings/incoming/oai-dc",
      "mappings/tables",
      "mappings/tables.ts",
      "mappings/values.ts",
    ])
      symlinkSync(join(process.cwd(), name), join(project, name));
    const { vraCore } = await import(join(mappings, "incoming/vra-core/crosswalk.ts"));
    const metadata = parseXml(`<work xmlns="${NAMESPACE}"><titleSet><title>Bến Ninh Kiều</title></titleSet></work>`);
    const { record, unmapped } = applyCrosswalk(vraCore, metadata, {
      identifier: "oai:a:1",
      defaultAccessRights: null,
    });
    expect(record.identifier?.value).toBe("oai:a:1");
    expect(unmapped).toEqual([{ path: "/work/titleSet/title", value: "Bến Ninh Kiều" }]);
    expect(() => vraCore.open(parseXml("<other/>"))).toThrow("<other> is not vra-core");
  });

  test("says which lines to add where the list does not look as it used to", async () => {
    writeFileSync(join(mappings, "index.ts"), "export const incomingCrosswalks = [];\n");
    const { code, stdout } = await mapNew("lom");
    expect(code).toBe(0);
    expect(stdout).toContain('import { lom } from "./incoming/lom/crosswalk.ts";\n  listed(lom),');
    expect(readFileSync(join(mappings, "index.ts"), "utf8")).toBe("export const incomingCrosswalks = [];\n");
  });

  test.each([
    ["a name in another form", "VRA Core", NAMESPACE, /"VRA Core" is no name of a crosswalk/],
    ["a namespace with a space in it", "vra-core", "vra core", /--namespace "vra core"/],
    [
      "a namespace that is read already",
      "my-mods",
      "http://www.loc.gov/mods/v3",
      /the crosswalk mods reads it already/,
    ],
  ])("refuses %s", async (_title, name, namespace, message) => {
    const { code, stderr } = await mapNew(name, namespace);
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(readdirSync(mappings)).toEqual(["index.ts"]);
  });

  test("refuses to write over what is there, and a folder that holds no mappings", async () => {
    await mapNew("vra-core");
    expect((await mapNew("vra-core")).stderr).toContain("incoming/vra-core: this is there already");
    rmSync(join(mappings, "index.ts"));
    expect((await mapNew("lom")).stderr).toContain("there is no index.ts");
  });
});
