import { createReadStream, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { dspaceOaiDc } from "../../mappings/incoming/dspace-oai-dc/crosswalk.ts";
import { oaiDc } from "../../mappings/incoming/oai-dc/crosswalk.ts";
import { readMetadata, readRecord } from "../../src/client/records.ts";
import { applyCrosswalk, type Mapping } from "../../src/crosswalk/apply.ts";
import { mainTitle, RECORD_FIELDS } from "../../src/record/common-record.ts";
import { decodeXml } from "../../src/xml/decode.ts";
import type { XmlElement } from "../../src/xml/element.ts";
import { XmlError } from "../../src/xml/errors.ts";
import { parseXml } from "../../src/xml/parse.ts";
import { RecordSplitter } from "../../src/xml/split-records.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";

const OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const FOLDERS = /^(?:oai|records|nasty|vietnam)\//;

interface Survey {
  readonly text: string;
  /** Records that were cut out of the envelope, or the Dublin Core in a document without one. */
  readonly found: number;
  readonly mapped: readonly MappedRecord[];
  /** Deleted, or without metadata. */
  readonly empty: number;
  readonly otherFormats: number;
  /** Cut out, but not to be parsed: why. */
  readonly unreadable: readonly string[];
}

interface MappedRecord {
  readonly mapping: Mapping;
  readonly metadata: XmlElement;
}

/** What was recorded broken: one record of each of these cannot be read, and the others of the same document can. */
const BROKEN: Readonly<Record<string, RegExp>> = {
  "oai/dspace-helda-cmdi-ida/ida_invalid.xml": /close tag/,
  "oai/mixed-errors-sickle/ListRecords4.xml": /no <identifier>/,
};

/** The recorded documents that hold Dublin Core, by what stands in them; the manifest lists them all. */
const files = sharedFolder === null ? [] : manifestFiles().filter((file) => holdsDublinCore(read(file)));

describe.skipIf(sharedFolder === null)(`recorded Dublin Core (${SHARED_ABSENT})`, () => {
  test("there are recorded documents to read", () => {
    expect(files.length).toBeGreaterThan(100);
  });

  test.each(files)("%s: every record is mapped or reported", async (file) => {
    const { text, found, mapped, empty, otherFormats, unreadable } = await surveyOf(file);
    // counted by start tags, with nothing that the splitter or the parser knows
    if (hasList(text)) expect(found).toBe(recordTags(text));
    expect(mapped.length + empty + otherFormats + unreadable.length).toBe(found);
    expect(unreadable).toEqual(BROKEN[file] === undefined ? [] : [expect.stringMatching(BROKEN[file])]);
    for (const record of mapped) checkMapping(record);
  });

  test("the whole survey", async () => {
    const counts = { documents: files.length, records: 0, withIssues: 0, empty: 0, otherFormats: 0, unreadable: 0 };
    for (const file of files) {
      const { mapped, empty, otherFormats, unreadable } = await surveyOf(file);
      counts.records += mapped.length;
      counts.withIssues += mapped.filter(({ mapping }) => mapping.issues.length > 0).length;
      counts.empty += empty;
      counts.otherFormats += otherFormats;
      counts.unreadable += unreadable.length;
    }
    process.stdout.write(`recorded Dublin Core: ${JSON.stringify(counts)}\n`);
    expect(counts.records).toBeGreaterThan(1_000);
  });
});

function checkMapping({ mapping, metadata }: MappedRecord): void {
  const sent = metadata.elements.some(({ local, text }) => local === "title" && text.trim() !== "");
  if (sent) expect(mainTitle(mapping.record)).not.toBeNull();
  expect(Object.keys(mapping.record).sort()).toEqual([...RECORD_FIELDS].sort());
  const json = JSON.stringify(mapping.record);
  expect(json).toBe(json.normalize("NFC"));
  expect(json).not.toContain("[object Object]");
  expect(json).not.toMatch(/&(?:amp|lt|gt|quot|apos|nbsp|[a-z]+(?:acute|grave|circ|tilde|uml)|#\d+);/i);
  for (const { paths } of mapping.trace()) expect(paths.length).toBeGreaterThan(0);
}

async function surveyOf(file: string): Promise<Survey> {
  const splitter = new RecordSplitter({ item: "record", parents: ["ListRecords", "GetRecord"] });
  const items: string[] = [];
  let text = "";
  for await (const part of decodeXml(createReadStream(`${sharedFolder}fixtures/${file}`), null)) {
    text += part;
    items.push(...splitter.push(part));
  }
  if (!hasList(text)) {
    const mapped = looseDublinCore(text).map((metadata) => mapOne("oai:example.org:1", metadata));
    return { text, found: mapped.length, mapped, empty: 0, otherFormats: 0, unreadable: [] };
  }
  const read = items.map(readItem);
  return {
    text,
    found: items.length,
    mapped: read.filter((result) => typeof result === "object"),
    empty: read.filter((result) => result === "empty").length,
    otherFormats: read.filter((result) => result === "other format").length,
    unreadable: read.filter((result) => typeof result === "string" && result.startsWith("unreadable")) as string[],
  };
}

function readItem(raw: string): MappedRecord | string {
  const record = readRecord(raw);
  if ("reason" in record) return `unreadable: ${record.reason}`;
  try {
    const metadata = readMetadata(raw).element;
    if (metadata === null) return "empty";
    return isDublinCore(metadata) ? mapOne(record.header.identifier, metadata) : "other format";
  } catch (error) {
    if (error instanceof XmlError) return `unreadable: ${error.message}`;
    throw error;
  }
}

/** Both crosswalks must bear every record; the general one is looked at. */
function mapOne(identifier: string, metadata: XmlElement): MappedRecord {
  const context = { identifier, defaultAccessRights: null };
  applyCrosswalk(dspaceOaiDc, metadata, context);
  return { mapping: applyCrosswalk(oaiDc, metadata, context), metadata };
}

/** Dublin Core in a document that is no answer to ListRecords or GetRecord: an export, a lone record. */
function looseDublinCore(text: string): readonly XmlElement[] {
  try {
    return dublinCoreBelow(parseXml(text));
  } catch (error) {
    if (error instanceof XmlError) return [];
    throw error;
  }
}

function dublinCoreBelow(element: XmlElement): readonly XmlElement[] {
  return isDublinCore(element) ? [element] : element.elements.flatMap(dublinCoreBelow);
}

function isDublinCore({ local, namespace }: XmlElement): boolean {
  return local === "dc" && namespace === OAI_DC;
}

function hasList(text: string): boolean {
  return /<(?:[\w.-]+:)?(?:ListRecords|GetRecord)[\s>]/.test(text);
}

function recordTags(text: string): number {
  const visible = text.replace(/<!--[\s\S]*?-->/g, "").replace(/<!\[CDATA\[[\s\S]*?\]\]>/g, "");
  return visible.match(/<(?:[\w.-]+:)?record(?=[\s>])[^>]*>\s*<(?:[\w.-]+:)?header[\s>/]/g)?.length ?? 0;
}

function holdsDublinCore(bytes: Buffer): boolean {
  const text = bytes.toString("latin1").replaceAll("\u0000", "");
  return text.includes(OAI_DC) && /<(?:[\w.-]+:)?dc[\s>]/.test(text);
}

function manifestFiles(): readonly string[] {
  const [, ...rows] = readFileSync(`${sharedFolder}fixtures/MANIFEST.tsv`, "utf8").split("\n");
  return rows.map((row) => row.split("\t")[0] ?? "").filter((file) => FOLDERS.test(file));
}

function read(file: string): Buffer {
  return readFileSync(`${sharedFolder}fixtures/${file}`);
}
