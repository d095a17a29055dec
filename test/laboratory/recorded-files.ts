import { readdirSync, readFileSync } from "node:fs";

/** A recorded answer, and whether its collector says that it is no well-formed XML. */
export interface RecordedFile {
  /** Below `fixtures/`. */
  readonly name: string;
  readonly bytes: Buffer;
  readonly wellFormed: boolean;
}

/** Column of the manifest that holds what xmllint said of the file. */
const CHECK_COLUMN = 6;
const OAI_RECORD = /<(?:[\w.-]+:)?record(?:\s[^>]*)?>\s*(?:<!--[\s\S]*?-->\s*)?<(?:[\w.-]+:)?header[\s/>]/g;

/** The nasty files, the OAI answers that are not well-formed, and every recorded ListRecords. */
export function recordedFiles(sharedFolder: string): readonly RecordedFile[] {
  const folder = `${sharedFolder}fixtures/`;
  const rows = readFileSync(`${folder}MANIFEST.tsv`, "utf8")
    .split("\n")
    .slice(1)
    .filter((line) => line !== "")
    .map((line) => line.split("\t"));
  const checks = new Map(rows.map((row) => [row[0] ?? "", row[CHECK_COLUMN] ?? ""]));
  const names = new Set([...readdirSync(`${folder}nasty`).map((name) => `nasty/${name}`), ...checks.keys()]);
  return [...names]
    .filter((name) => /^(?:nasty|oai)\//.test(name))
    .map((name) => {
      const check = checks.get(name) ?? "";
      const wellFormed = /^well-formed/.test(check) || !/\.xml$/.test(name);
      return { name, wellFormed, bytes: readFileSync(`${folder}${name}`) };
    })
    .filter(({ name, wellFormed, bytes }) => name.startsWith("nasty/") || !wellFormed || listsRecords(bytes));
}

function listsRecords(bytes: Buffer): boolean {
  return /<(?:[\w.-]+:)?ListRecords[\s>]/.test(textOf(bytes));
}

/** How many records a document begins, counted without any parser. */
export function countRecords(bytes: Buffer): number {
  return [...textOf(bytes).matchAll(OAI_RECORD)].length;
}

/** One character a byte: enough to find tags, whatever the encoding; zeros of UTF-16 are left out. */
function textOf(bytes: Buffer): string {
  return bytes.toString("latin1").replaceAll("\0", "");
}
