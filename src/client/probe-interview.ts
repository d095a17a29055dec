import { parseLenientDatestamp } from "../oai/datestamp.ts";
import { OaiError } from "../oai/errors.ts";
import type { Header } from "../oai/types.ts";
import { AnswerFailure, TransientFailure } from "./failures.ts";
import type { ListArguments } from "./list-records.ts";
import type { KnownRecord } from "./probe-record.ts";
import type { ProbeRemark } from "./probe-remark.ts";
import type { RecordPage, RepositoryClient } from "./repository-client.ts";

/** One question to a repository and what came back, as a person can read it. */
export interface Exchange {
  readonly question: string;
  readonly answer: string;
}

/** The questions of a probe; it remembers what it was told. A question that failed by itself has brought `null`. */
export interface Interview {
  /** The first page of everything. Throws what asking throws: without it there is no probe. */
  first(): Promise<readonly Header[]>;
  /** Is the record in the list between the two dates? A list of several pages is judged by the first one. */
  finds(known: KnownRecord, from: string, until: string): Promise<boolean>;
  headersFrom(from: string): Promise<readonly Header[] | null>;
  headersOfSet(setSpec: string): Promise<readonly Header[] | null>;
  /** Asks for the record by its identifier. */
  getAgain(known: KnownRecord): Promise<void>;
  /** Every datestamp that came with that record, however it was written. */
  datestampsOf(known: KnownRecord): readonly string[];
  deletionsSeen(): boolean;
  remark(code: ProbeRemark): void;
  remarks(): readonly ProbeRemark[];
  asked(): readonly Exchange[];
}

type DateRange = Omit<ListArguments, "metadataPrefix">;

interface Page {
  readonly headers: readonly Header[];
  readonly moreToCome: boolean;
}

/** Begins an interview in one metadata format; it never reads more than the first page of a list. */
export function createInterview(client: RepositoryClient, metadataPrefix: string): Interview {
  const notes: Exchange[] = [];
  const seen: Header[] = [];
  const remarks = new Set<ProbeRemark>();
  const attempt = attemptWith(client, notes);
  const list = async (args: DateRange): Promise<Page> => {
    const page = await firstPage(client, { metadataPrefix, ...args });
    const headers = page.items.flatMap((item) => ("header" in item ? [item.header] : []));
    const moreToCome = page.resumption.token !== null;
    seen.push(...headers);
    const count = headers.length === 1 ? "1 record" : `${headers.length} records`;
    notes.push({ question: questionOf(args), answer: moreToCome ? `${count} and more` : count });
    return { headers, moreToCome };
  };
  const listByDate = async (args: DateRange): Promise<Page | null> => {
    const page = await attempt(questionOf(args), () => list(args));
    if (page === null) remarks.add("dates-fail");
    return page;
  };

  return {
    first: async () => (await list({})).headers,
    finds: async ({ header }, from, until) => {
      const page = await listByDate({ from, until });
      if (page === null) return false;
      const outside = page.headers.some(({ datestamp }) => isOutside(datestamp, from, until));
      if (outside) remarks.add("outside-range");
      const found = page.headers.some(({ identifier }) => identifier === header.identifier);
      // after a mass import a day has many pages, and ours is on a later one
      return found || (page.moreToCome && page.headers.length > 0 && !outside);
    },
    headersFrom: async (from) => (await listByDate({ from }))?.headers ?? null,
    headersOfSet: async (set) => (await attempt(questionOf({ set }), () => list({ set })))?.headers ?? null,
    getAgain: async ({ header: { identifier } }) => {
      const question = `GetRecord identifier=${identifier}`;
      const record = await attempt(question, () => client.getRecord(identifier, metadataPrefix));
      if (record === null || !("header" in record)) return void remarks.add("get-record-fails");
      seen.push({ ...record.header, identifier });
      notes.push({ question, answer: `datestamp ${record.header.datestamp}` });
    },
    datestampsOf: ({ header }) =>
      seen.filter(({ identifier }) => identifier === header.identifier).map(({ datestamp }) => normal(datestamp)),
    deletionsSeen: () => seen.some(({ deleted }) => deleted),
    remark: (code) => remarks.add(code),
    remarks: () => [...remarks],
    asked: () => notes,
  };
}

/**
 * Asks, and notes a failure as the answer. Whether a failure of the network belongs to the question or to the repository
 * is found out once, by Identify: a repository that does not answer any more ends the probe.
 */
function attemptWith(client: RepositoryClient, notes: Exchange[]) {
  let stillThere = false;
  return async <Result>(question: string, ask: () => Promise<Result>): Promise<Result | null> => {
    try {
      return await ask();
    } catch (error) {
      const isAnswer = error instanceof OaiError || error instanceof AnswerFailure;
      if (!isAnswer && !(error instanceof TransientFailure)) throw error;
      if (!isAnswer && !stillThere) await client.identify();
      stillThere ||= !isAnswer;
      notes.push({ question, answer: error instanceof OaiError ? `${error.code}: ${error.message}` : error.message });
      return null;
    }
  };
}

/** Compared in the granularity of the question; what cannot be read is not held against the list. */
function isOutside(datestamp: string, from: string, until: string): boolean {
  const written = normal(datestamp);
  const at = from.length > 10 ? written : written.slice(0, 10);
  return /^\d{4}-/.test(at) && (at < from || at > until);
}

function normal(datestamp: string): string {
  const instant = parseLenientDatestamp(datestamp)?.instant;
  return instant === undefined ? datestamp : `${instant.toISOString().slice(0, 19)}Z`;
}

async function firstPage(client: RepositoryClient, args: ListArguments): Promise<RecordPage> {
  const pages = client.listRecords(args);
  try {
    const { value } = await pages.next();
    return value ?? { items: [], resumption: { token: null, completeListSize: null, cursor: null }, bytes: 0 };
  } finally {
    await pages.return();
  }
}

function questionOf(args: DateRange): string {
  const given = Object.entries(args).map(([name, value]) => `${name}=${value}`);
  return ["ListRecords", ...given].join(" ");
}
