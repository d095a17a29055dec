import { once } from "node:events";
import http from "node:http";
import type { AddressInfo } from "node:net";
import { generatedItems } from "../src/demo/generated-items.ts";
import { writeRecord } from "../src/demo/ordered-items.ts";
import { MARCXML_FORMAT, OAI_DC_FORMAT } from "../src/demo/sample-repository.ts";
import { answerQuestions } from "./child.ts";

/** What the target serves. */
export interface TargetOptions {
  readonly records: number;
  readonly prefix: "oai_dc" | "marcxml";
}

const OAI = "http://www.openarchives.org/OAI/2.0/";

/**
 * An OAI-PMH server that costs next to nothing: every page is made beforehand. The path of its base URL is the page size,
 * e.g. `/100`. Gives its origin.
 */
async function serve({ records, prefix }: TargetOptions): Promise<string> {
  const written = generatedItems(records).map((item) => writeRecord(item, prefix));
  const sizes = new Map<string, ReadonlyMap<string, Buffer>>();
  const server = http.createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://target");
    const pages = sizes.get(url.pathname) ?? pagesOf(written, prefix, url.pathname);
    sizes.set(url.pathname, pages);
    const verb = url.searchParams.get("verb") ?? "";
    const body = pages.get(url.searchParams.get("resumptionToken") ?? verb) ?? Buffer.from("");
    response.writeHead(200, { "content-type": "text/xml;charset=UTF-8", "content-length": body.length });
    response.end(body);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** All answers at one page size, by verb or token. `from` is not looked at: a re-harvest gets everything again. */
function pagesOf(written: readonly string[], prefix: TargetOptions["prefix"], path: string): Map<string, Buffer> {
  const size = Number(path.slice(1));
  const format = prefix === "oai_dc" ? OAI_DC_FORMAT : MARCXML_FORMAT;
  const pages = new Map([
    ["Identify", answer("Identify", identity(path))],
    ["ListMetadataFormats", answer("ListMetadataFormats", formatElement(format))],
  ]);
  for (let start = 0; start < written.length; start += size) {
    const next = start + size < written.length ? `at-${start + size}` : "";
    const token = `<resumptionToken completeListSize="${written.length}" cursor="${start}">${next}</resumptionToken>`;
    const content = written.slice(start, start + size).join("") + token;
    pages.set(start === 0 ? "ListRecords" : `at-${start}`, answer("ListRecords", content));
  }
  return pages;
}

function answer(verb: string, content: string): Buffer {
  const head = `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="${OAI}"><responseDate>2026-01-01T00:00:00Z</responseDate>`;
  return Buffer.from(`${head}<request>http://target/</request><${verb}>${content}</${verb}></OAI-PMH>`);
}

function identity(path: string): string {
  return (
    `<repositoryName>bench</repositoryName><baseURL>http://target${path}</baseURL><protocolVersion>2.0</protocolVersion>` +
    "<adminEmail>bench@example.edu.vn</adminEmail><earliestDatestamp>2012-01-01T00:00:00Z</earliestDatestamp>" +
    "<deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity>"
  );
}

function formatElement({ prefix, schema, namespace }: typeof OAI_DC_FORMAT): string {
  const content = `<metadataPrefix>${prefix}</metadataPrefix><schema>${schema}</schema>`;
  return `<metadataFormat>${content}<metadataNamespace>${namespace}</metadataNamespace></metadataFormat>`;
}

answerQuestions(serve);
