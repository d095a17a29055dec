import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { XmlElement } from "../../src/xml/element.ts";
import { parseXml } from "../../src/xml/parse.ts";

/** A field of a test's record: the content of a control field, or indicators and subfields as `  $aTitle$bRest`. */
export type TestField = readonly [tag: string, content: string];

/** ISO 2709 of one record by hand (ISO 2709 §4): leader, directory, fields with their separators. */
export function iso2709(fields: readonly TestField[]): Buffer {
  const contents = fields.map(([, content]) => Buffer.from(`${content.replaceAll("$", "\x1f")}\x1e`));
  let start = 0;
  const entries = fields.map(([tag], index) => {
    const length = contents[index]?.length ?? 0;
    const entry = tag + String(length).padStart(4, "0") + String(start).padStart(5, "0");
    start += length;
    return entry;
  });
  const directory = `${entries.join("")}\x1e`;
  const base = 24 + directory.length;
  const leader = `${String(base + start + 1).padStart(5, "0")}nam a22${String(base).padStart(5, "0")} i 4500`;
  return Buffer.concat([Buffer.from(leader + directory), ...contents, Buffer.from("\x1d")]);
}

/** MARCXML of one record by hand, one field a line, without a namespace of its own. */
export function marcXml(fields: readonly TestField[]): string {
  const lines = fields.map(([tag, content]) => {
    const [head = "", ...parts] = content.split("$");
    if (parts.length === 0) return `<controlfield tag="${tag}">${content}</controlfield>`;
    const subfields = parts.map((part) => `<subfield code="${part[0]}">${part.slice(1)}</subfield>`);
    return `<datafield tag="${tag}" ind1="${head[0] ?? " "}" ind2="${head[1] ?? " "}">${subfields.join("")}</datafield>`;
  });
  return `<record>\n<leader>00000nam a2200000 i 4500</leader>\n${lines.join("\n")}\n</record>`;
}

/** A MARCXML file of these records. */
export function collection(records: readonly string[]): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<collection xmlns="http://www.loc.gov/MARC21/slim">\n${records.join("\n")}\n</collection>\n`;
}

/** The fields of a book; each number another one, with that control number. */
export function book(number: number, title = `Sách số ${number}`): readonly TestField[] {
  return [
    ["001", `vtls${String(number).padStart(6, "0")}`],
    ["003", "VN-TV"],
    ["245", `00$a${title}`],
  ];
}

/** The element inside of `<metadata>` of a stored record. */
export function metadataIn(raw: string): XmlElement {
  const element = parseXml(raw).child("metadata")?.elements[0];
  if (element === undefined) throw new Error("the record has no metadata");
  return element;
}

/** A folder for a test's files. */
export interface TestFolder {
  readonly path: string;
  /** Writes a file and tells its path. */
  write(name: string, content: string | Uint8Array): string;
  remove(): void;
}

export function createTestFolder(): TestFolder {
  const path = mkdtempSync(join(tmpdir(), "lienthong-import-test-"));
  return {
    path,
    write: (name, content) => {
      const file = join(path, name);
      writeFileSync(file, content);
      return file;
    },
    remove: () => rmSync(path, { recursive: true, force: true }),
  };
}
