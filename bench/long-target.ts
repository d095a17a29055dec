import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { generatedItems } from "../src/demo/generated-items.ts";
import { writeRecord } from "../src/demo/ordered-items.ts";
import { OAI_DC_FORMAT } from "../src/demo/sample-repository.ts";
import { answerQuestions } from "./child.ts";

/** What the target serves: a list of so many records, in pages of so many, compressed or not. */
export interface LongTargetOptions {
  readonly records: number;
  readonly pageSize: number;
  readonly gzip: boolean;
}

const OAI = "http://www.openarchives.org/OAI/2.0/";
/** So many theses are made; longer lists repeat them under other identifiers. */
const THESES = 1_000;
/** Records in a piece of a page as it is written to the socket. */
const PIECE = 100;

/** A record cut where its identifier's number stands. */
interface Template {
  readonly before: string;
  readonly after: string;
}

/** An OAI-PMH server for lists and pages of any length: nothing is held but the records that are repeated. Gives its URL. */
async function serve(options: LongTargetOptions): Promise<string> {
  const templates = generatedItems(THESES).map((item) => templateOf(writeRecord(item, "oai_dc"), item.identifier));
  const server = http.createServer((request, response) => {
    const asked = new URL(request.url ?? "/", "http://target").searchParams;
    const { gzip } = options;
    response.writeHead(200, { "content-type": "text/xml;charset=UTF-8", ...(gzip && { "content-encoding": "gzip" }) });
    const written = Readable.from(answerOf(asked, templates, options), { objectMode: false });
    const sent = gzip ? pipeline(written, createGzip({ level: 1 }), response) : pipeline(written, response);
    sent.catch(() => response.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/oai`;
}

function templateOf(record: string, identifier: string): Template {
  const end = record.indexOf(identifier) + identifier.length;
  return { before: `${record.slice(0, end)}-`, after: record.slice(end) };
}

function* answerOf(
  asked: URLSearchParams,
  templates: readonly Template[],
  options: LongTargetOptions,
): Generator<string, void> {
  const verb = asked.get("verb") ?? "";
  yield `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="${OAI}"><responseDate>2026-01-01T00:00:00Z</responseDate>`;
  yield `<request>http://target/</request><${verb}>`;
  if (verb === "ListRecords") yield* pageAt(Number(asked.get("resumptionToken") ?? 0), templates, options);
  else yield verb === "Identify" ? identity() : format();
  yield `</${verb}></OAI-PMH>`;
}

function* pageAt(
  start: number,
  templates: readonly Template[],
  { records, pageSize }: LongTargetOptions,
): Generator<string, void> {
  const end = Math.min(start + pageSize, records);
  let piece = "";
  for (let number = start; number < end; number += 1) {
    const template = templates[number % templates.length];
    piece += `${template?.before}${number}${template?.after}\n`;
    if ((number - start) % PIECE === PIECE - 1) {
      yield piece;
      piece = "";
    }
  }
  const next = end < records ? String(end) : "";
  yield `${piece}<resumptionToken completeListSize="${records}" cursor="${start}">${next}</resumptionToken>`;
}

function identity(): string {
  return (
    "<repositoryName>bench</repositoryName><baseURL>http://target/oai</baseURL><protocolVersion>2.0</protocolVersion>" +
    "<adminEmail>bench@example.edu.vn</adminEmail><earliestDatestamp>2012-01-01T00:00:00Z</earliestDatestamp>" +
    "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity>"
  );
}

function format(): string {
  const { prefix, schema, namespace } = OAI_DC_FORMAT;
  const content = `<metadataPrefix>${prefix}</metadataPrefix><schema>${schema}</schema>`;
  return `<metadataFormat>${content}<metadataNamespace>${namespace}</metadataNamespace></metadataFormat>`;
}

answerQuestions(serve);
