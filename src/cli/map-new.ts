import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { incomingCrosswalks } from "../../mappings/index.ts";
import { constantOf, newCrosswalkFiles } from "./new-crosswalk-files.ts";
import { print } from "./run-command.ts";

/** What `lienthong map new` is told. */
export interface MapNewOptions {
  readonly namespace: string;
  readonly folder: string;
}

/** `lienthong map new`: the files of a new crosswalk, listed in `index.ts`; it compiles and waits for its rules and examples. */
export async function mapNewCommand(name: string, { namespace, folder }: MapNewOptions): Promise<void> {
  const target = join(folder, "incoming", name);
  checkNew(name, namespace, folder, target);
  for (const [file, content] of newCrosswalkFiles(name, namespace)) {
    const path = join(target, file);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    print(`written: ${path}`);
  }
  const index = join(folder, "index.ts");
  const before = readFileSync(index, "utf8");
  const listed = listedIn(before, name);
  if (listed === null)
    print(`${index} does not look as it used to; add these two lines yourself:\n${linesOf(name).join("\n")}`);
  else {
    writeFileSync(index, listed);
    print(`listed as the last one in ${index}; the richest format comes first: move it to its place`);
  }
  print(`next: docs/add-a-crosswalk.md; lienthong map test ${name} fails until the examples are filled`);
}

function checkNew(name: string, namespace: string, folder: string, target: string): void {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(
      `"${name}" is no name of a crosswalk: small letters and digits, parts joined by "-", as in "vra-core"`,
    );
  }
  if (!/^[^\s"<>]+$/.test(namespace))
    throw new Error(`--namespace "${namespace}": give that of the root element, as its specification does`);
  const reader = incomingCrosswalks.find(({ namespaces }) => namespaces.includes(namespace));
  if (reader !== undefined) throw new Error(`--namespace ${namespace}: the crosswalk ${reader.id} reads it already`);
  if (!existsSync(join(folder, "index.ts"))) {
    throw new Error(
      `${folder}: there is no index.ts; run this in the project's folder, or name the mappings with --folder`,
    );
  }
  if (existsSync(target)) throw new Error(`${target}: this is there already; choose another name, or remove it`);
}

function linesOf(name: string): readonly [imported: string, listed: string] {
  const constant = constantOf(name);
  return [`import { ${constant} } from "./incoming/${name}/crosswalk.ts";`, `  listed(${constant}),`];
}

/** `index.ts` with the crosswalk in it: its import in alphabetical order, itself last; `null` where the places are not found. */
export function listedIn(index: string, name: string): string | null {
  const [imported, listed] = linesOf(name);
  const lines = index.split("\n");
  const last = lines.findLastIndex((line) => line.startsWith("  listed("));
  const imports = lines.flatMap((line, position) => (/from "\.\/incoming\//.test(line) ? [position] : []));
  const [lastImport] = imports.slice(-1);
  if (last === -1 || lastImport === undefined) return null;
  const pathOf = (line: string) => line.slice(line.indexOf("./incoming/"));
  const next = imports.find((position) => pathOf(lines[position] ?? "") > pathOf(imported)) ?? lastImport + 1;
  return lines
    .toSpliced(last + 1, 0, listed)
    .toSpliced(next, 0, imported)
    .join("\n");
}
