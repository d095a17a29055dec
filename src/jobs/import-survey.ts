import { platformNamed } from "../../harvesters/index.ts";
import { readRecord } from "../client/records.ts";
import { MARC21 } from "../oai/namespaces.ts";
import { type ChosenFormat, chooseFormat } from "./choose-format.ts";
import { ImportFailure } from "./import-failure.ts";
import { type ImportedRecord, importedMarc } from "./import-marc.ts";
import { Repeats } from "./import-repeats.ts";
import { type FoundRecord, readSource } from "./import-source.ts";
import { readStaticRepository, type StaticRepository } from "./import-static.ts";

/** What is known of a file once it was read through. */
export interface Survey {
  readonly format: ChosenFormat;
  /** `null` for MARC. */
  readonly staticRepository: StaticRepository | null;
  /** Records to be imported, repeated ones included, as far as the file could be read. */
  readonly total: number;
  readonly repeats: Repeats;
}

/** How a file is to be read. */
export interface SurveyOptions {
  /** The operator's word on which format of a static repository to take; `null`: the richest. */
  readonly metadataPrefix: string | null;
  readonly signal?: AbortSignal;
}

const MARC_FORMAT = { metadataPrefix: "marc21", namespace: MARC21, schema: "" };
const OAI_RECORD = /^<[^>]*>\s*<(?:[\w.-]+:)?header[\s/>]/;

/**
 * Reads a file through before anything of it is stored: what it is, how many records it holds, and which of them come
 * again later. Throws `ImportFailure` where there is nothing to import; a file that is damaged further on is surveyed up
 * to there, and whoever reads it again meets the damage at the same place.
 */
export async function surveySource(file: string, options: SurveyOptions): Promise<Survey> {
  const repeats = new Repeats();
  const counts = new Map<string | null, number>();
  const envelopes: string[] = [];
  let failure: ImportFailure | null = null;
  let hasHeaders = false;
  try {
    for await (const found of readSource(file, (text) => envelopes.push(text))) {
      options.signal?.throwIfAborted();
      const { metadataPrefix, position } = found;
      counts.set(metadataPrefix, (counts.get(metadataPrefix) ?? 0) + 1);
      hasHeaders ||= isOaiRecord(found.content);
      const identifier = identifierOf(importedRecord(found, ""));
      if (identifier !== null) repeats.add(repeatKey(metadataPrefix, identifier), position);
    }
  } catch (error) {
    if (!(error instanceof ImportFailure) || counts.size === 0) throw error;
    failure = error;
  }
  if (counts.size === 0) throw new ImportFailure(noRecords(envelopes));
  const staticRepository = hasHeaders ? await staticAmong(envelopes, counts, failure) : null;
  const format =
    staticRepository === null
      ? chooseFormat([MARC_FORMAT], platformNamed(null), null)
      : chooseFormat(staticRepository.formats, platformNamed(null), options.metadataPrefix);
  const total = counts.get(staticRepository === null ? null : format.metadataPrefix) ?? 0;
  return { format, staticRepository, total, repeats };
}

/** A record of the file for the pipeline: with the header it has, or, in MARC, with one that is made for it. */
export function importedRecord({ content }: FoundRecord, datestamp: string): ImportedRecord {
  return isOaiRecord(content) ? { record: readRecord(content), issues: [] } : importedMarc(content, datestamp);
}

function isOaiRecord(content: FoundRecord["content"]): content is string {
  return typeof content === "string" && OAI_RECORD.test(content);
}

/** Whether a record is of the format that was chosen: a static repository has a list for each of its formats. */
export function isWanted({ format, staticRepository }: Survey, { metadataPrefix }: FoundRecord): boolean {
  return staticRepository === null || metadataPrefix === format.metadataPrefix;
}

/** Under what a record is known to `Survey.repeats`: a static repository lists an item once a format. */
export function repeatKey(metadataPrefix: string | null, identifier: string): string {
  return `${metadataPrefix ?? ""}\n${identifier}`;
}

/** The identifier of a record, or `null` where it is unreadable. */
export function identifierOf({ record }: ImportedRecord): string | null {
  return "header" in record ? record.header.identifier : null;
}

/** The static repository that the file is; its formats are known only where it could be read to its end. */
async function staticAmong(
  envelopes: readonly string[],
  counts: ReadonlyMap<string | null, number>,
  failure: ImportFailure | null,
): Promise<StaticRepository> {
  const read = await Promise.all(envelopes.map(readStaticRepository));
  const [first, ...others] = read.filter((repository) => repository !== null);
  if (first === undefined)
    throw failure ?? new ImportFailure("this is an answer of an OAI-PMH repository; harvest the repository instead");
  if (others.length > 0 || counts.has(null))
    throw new ImportFailure("there is something else beside a static repository; import each of them alone");
  return first;
}

function noRecords(envelopes: readonly string[]): string {
  const root = /<([A-Za-z_][^\s/>]*)/.exec(envelopes[0] ?? "")?.[1];
  const what = root === undefined ? "" : `; its root is <${root}>`;
  return `there are no records in it${what}. MARC files (ISO 2709, MARCXML) and OAI static repositories can be imported`;
}
