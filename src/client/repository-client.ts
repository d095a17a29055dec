import { parseBaseUrl } from "../oai/base-url.ts";
import type { DeletedRecord, Header, Identity, MetadataFormat, OaiSet } from "../oai/types.ts";
import type { Verb } from "../oai/verbs.ts";
import type { XmlElement } from "../xml/element.ts";
import { parseXml } from "../xml/parse.ts";
import type { SplitOptions } from "../xml/split-records.ts";
import type { HttpAnswer } from "./accept.ts";
import { answerElement, type OaiAnswer, readAnswer } from "./answer.ts";
import type { RepositoryConnection } from "./connection.ts";
import { AnswerFailure } from "./failures.ts";
import type { HttpClient } from "./http.ts";
import { type ListArguments, type ListPage, listPages, listParts, NO_RESUMPTION } from "./list-records.ts";
import { GivenItems, type GivePart, readParts } from "./page-parts.ts";
import { headerOf, readRecord, resumptionOf, type SourceRecord, type UnreadableRecord } from "./records.ts";
import { type RequestArguments, requestUrl } from "./request.ts";

/** An identity together with the description elements that came with it, for recognising the software. */
export interface Identification {
  readonly identity: Identity;
  readonly descriptions: readonly XmlElement[];
  /** The base URL to which the repository has moved for good (301, 308), or `null`. */
  readonly movedTo: string | null;
}

export type RecordPage = ListPage<SourceRecord | UnreadableRecord>;
export type FirstPage = ListArguments | { readonly resumptionToken: string };

/** The six verbs, asked of one repository. Every method may throw `OaiError`, `AnswerFailure`, `TransientFailure`. */
export interface RepositoryClient {
  identify(): Promise<Identification>;
  listMetadataFormats(identifier?: string): Promise<readonly MetadataFormat[]>;
  listSets(): AsyncGenerator<ListPage<OaiSet>, void>;
  listIdentifiers(first: FirstPage): AsyncGenerator<ListPage<Header>, void>;
  listRecords(first: FirstPage): AsyncGenerator<RecordPage, void>;
  getRecord(identifier: string, metadataPrefix: string): Promise<SourceRecord | UnreadableRecord>;
}

const RECORDS: SplitOptions = { item: "record", parents: ["ListRecords", "GetRecord"] };
const HEADERS: SplitOptions = { item: "header", parents: ["ListIdentifiers"] };

/**
 * A client for the repository at `baseUrl`; `signal` ends whatever it is doing, `connection` is what this repository
 * needs beside its address: credentials, certificates, a private network.
 */
export function createRepositoryClient(
  http: HttpClient,
  baseUrl: string,
  signal?: AbortSignal,
  connection?: RepositoryConnection,
): RepositoryClient {
  const ask = async (verb: Verb, args: RequestArguments = {}, split?: SplitOptions): Promise<OaiAnswer> =>
    await http.fetch(requestUrl(baseUrl, verb, args), (answer) => readAnswer(answer, split), signal, connection);
  const page = async <Item>(
    verb: Verb,
    args: RequestArguments,
    split: SplitOptions,
    read: (raw: string) => Item,
  ): Promise<ListPage<Item>> => {
    const answer = await ask(verb, args, split);
    return {
      items: answer.items.map(read),
      resumption: resumptionOf(answerElement(answer, verb)),
      bytes: answer.bytes,
      repairs: answer.repairs,
    };
  };
  const recordParts = async function* (args: RequestArguments): AsyncGenerator<RecordPage, void> {
    const given = new GivenItems(keyOfRecord);
    const url = requestUrl(baseUrl, "ListRecords", args);
    const read = (give: GivePart<RecordPage>) => (answer: HttpAnswer) => {
      given.repeat();
      return readAnswer(answer, RECORDS, async (part) => {
        const items = given.withoutGiven(part.items.map(readRecord));
        given.add(items);
        if (items.length > 0) await give({ items, resumption: NO_RESUMPTION, bytes: part.bytes, part: true });
      });
    };
    const rest = yield* readParts<RecordPage, OaiAnswer>(
      (give, ended) => http.fetch(url, read(give), ended, connection),
      signal,
    );
    yield {
      items: given.withoutGiven(rest.items.map(readRecord)),
      resumption: resumptionOf(answerElement(rest, "ListRecords")),
      bytes: rest.bytes,
      repairs: rest.repairs,
    };
  };

  return {
    identify: async () => identificationOf(await ask("Identify")),
    listMetadataFormats: async (identifier) => {
      const answer = await ask("ListMetadataFormats", { identifier });
      return answerElement(answer, "ListMetadataFormats").childrenNamed("metadataFormat").map(formatOf);
    },
    listSets: () =>
      listPages(
        async (args) => setsOf(await ask("ListSets", "resumptionToken" in args ? args : {})),
        { metadataPrefix: "" },
        (set) => set.setSpec,
      ),
    listIdentifiers: (first) =>
      listPages(
        (args) => page("ListIdentifiers", { ...args }, HEADERS, (raw) => headerOf(parseXml(raw))),
        first,
        keyOfHeader,
      ),
    listRecords: (first) => listParts((args) => recordParts({ ...args }), first, keyOfRecord),
    getRecord: async (identifier, metadataPrefix) => {
      const answer = await ask("GetRecord", { identifier, metadataPrefix }, RECORDS);
      const raw = answer.items[0];
      if (raw === undefined) throw new AnswerFailure("not_oai", `${answer.url} answered GetRecord without a record`);
      return readRecord(raw);
    },
  };
}

function keyOfHeader(header: Header): string {
  return `${header.identifier}\t${header.datestamp}`;
}

function keyOfRecord(record: SourceRecord | UnreadableRecord): string {
  return "header" in record ? keyOfHeader(record.header) : record.raw;
}

function identificationOf(answer: OaiAnswer): Identification {
  const element = answerElement(answer, "Identify");
  const text = (name: string) => element.child(name)?.text.trim() || null;
  const granularity = text("granularity");
  return {
    identity: {
      repositoryName: text("repositoryName"),
      baseUrl: text("baseURL"),
      protocolVersion: text("protocolVersion"),
      adminEmails: element.childrenNamed("adminEmail").map((email) => email.text.trim()),
      earliestDatestamp: text("earliestDatestamp"),
      deletedRecord: deletedRecordOf(text("deletedRecord")),
      // "YYYY-MM-DDThh:mm:ssZ" in any spelling; everything shorter promises days only
      granularity: granularity !== null && /T.*s/i.test(granularity) ? "second" : "day",
      responseDate: answer.root.child("responseDate")?.text.trim() || null,
    },
    descriptions: element.childrenNamed("description"),
    movedTo: answer.redirectedTo === null ? null : (parseBaseUrl(answer.redirectedTo)?.href ?? null),
  };
}

/** What is not said or not understood promises nothing (OAI-PMH 2.0 §2.5.1). */
function deletedRecordOf(text: string | null): DeletedRecord {
  return text === "persistent" || text === "transient" ? text : "no";
}

function formatOf(element: XmlElement): MetadataFormat {
  const text = (name: string) => element.child(name)?.text.trim() ?? "";
  return { metadataPrefix: text("metadataPrefix"), schema: text("schema"), namespace: text("metadataNamespace") };
}

function setsOf(answer: OaiAnswer): ListPage<OaiSet> {
  const list = answerElement(answer, "ListSets");
  const items = list.childrenNamed("set").map((set) => ({
    setSpec: set.child("setSpec")?.text.trim() ?? "",
    setName: set.child("setName")?.text.trim() ?? "",
  }));
  return { items, resumption: resumptionOf(list), bytes: answer.bytes };
}
