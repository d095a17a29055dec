import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createPlainServer, type Server, type Socket } from "node:net";
import { gzipSync } from "node:zlib";
import {
  type Asked,
  documentXml,
  FORMATS_XML,
  identifyXml,
  type ListPage,
  listXml,
  type Provider,
  pageAt,
  positionOf,
  Refusal,
  recordXml,
} from "./provider.ts";
import { escaped, type TruthRecord } from "./truth.ts";

/** An HTTP answer as it is meant; the transport packs and frames it. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** Takes the place of ordinary sending: what goes over the wire, and how it ends. */
  readonly deliver?: (wire: Wire) => void;
}

/** The bare connection, for answers that are not HTTP as it should be. */
export interface Wire {
  readonly socket: Socket;
  /** Status line and headers, with the empty line. */
  readonly head: Buffer;
  /** The body as it goes over the wire: compressed, in chunks. */
  readonly body: Buffer;
  /** Stops listening until the next harvest. */
  shut(): void;
}

/** One misbehaviour: what it does to each stage of an answer. Stages that are left out go on as they should. */
export interface Fault {
  readonly records?: (records: readonly TruthRecord[]) => readonly TruthRecord[];
  /** Reads the arguments of a request; the last fault reads first, as it had the last word in the answer before. */
  readonly params?: (params: URLSearchParams) => URLSearchParams;
  /** May throw `Refusal`. */
  readonly page?: (page: ListPage, asked: Asked) => ListPage;
  readonly document?: (xml: string, asked: Asked) => string;
  readonly answer?: (answer: Answer, asked: Asked) => Answer;
}

/** How bodies travel. */
export interface Transport {
  readonly gzip: boolean;
  readonly chunked: boolean;
}

export interface MisbehavingServer {
  readonly baseUrl: string;
  /** What a harvest must find. */
  readonly truth: readonly TruthRecord[];
  /** How many requests came in all. */
  requests(): number;
  /** Begins the next harvest: requests are counted anew, and a shut door is open again. */
  nextRun(): Promise<void>;
  close(): Promise<void>;
}

const PATH = "/kho/oai";

/** Starts a repository with these faults on a port of its own. */
export async function startMisbehavingServer(
  provider: Provider,
  faults: readonly Fault[],
  transport: Transport,
): Promise<MisbehavingServer> {
  const records = faults.reduce((list, fault) => fault.records?.(list) ?? list, provider.records);
  const asker = new Asker({ ...provider, records }, faults);
  const server = createServer((request, response) => {
    const answer = asker.answer(request);
    if (answer.deliver === undefined) send(response, answer, transport);
    else answer.deliver({ socket: response.socket as Socket, ...rawOf(answer, transport), shut: () => server.close() });
  });
  server.keepAliveTimeout = 5_000;
  const hangUp = connectionsOf(server);
  const port = await listen(server, 0);
  asker.baseUrl = `http://127.0.0.1:${port}${PATH}`;
  return {
    baseUrl: asker.baseUrl,
    truth: records,
    requests: () => asker.requests,
    nextRun: async () => {
      asker.nextRun();
      if (!server.listening) await listen(server, port);
    },
    close: async () => {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** A server that takes connections and never says a word; returns its base URL and how to close it. */
export async function startSilentServer(): Promise<{ readonly port: number; close(): Promise<void> }> {
  const server = createPlainServer();
  const hangUp = connectionsOf(server);
  const port = await listen(server, 0);
  return {
    port,
    close: async () => {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

function connectionsOf(server: Server): () => void {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.on("close", () => sockets.delete(socket));
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

/** Answers requests as a repository should, and lets the faults have their way at each stage. */
class Asker {
  baseUrl = "";
  requests = 0;
  readonly #provider: Provider;
  readonly #faults: readonly Fault[];
  #run = 0;
  #counts = new Map<string, number>();

  constructor(provider: Provider, faults: readonly Fault[]) {
    this.#provider = provider;
    this.#faults = faults;
  }

  nextRun(): void {
    this.#run += 1;
    this.#counts = new Map();
  }

  answer(request: IncomingMessage): Answer {
    const sent = request.url ?? "";
    this.requests += 1;
    const times = (this.#counts.get(sent) ?? 0) + 1;
    this.#counts.set(sent, times);
    const asIs = new URL(sent, "http://127.0.0.1").searchParams;
    const params = this.#faults.reduceRight((read, fault) => fault.params?.(read) ?? read, asIs);
    const verb = params.get("verb") ?? "";
    let asked: Asked = { verb, params, page: 0, records: [], times, run: this.#run };
    let content: string;
    try {
      const prepared = this.#prepare(asked);
      asked = prepared.asked;
      content = `<${verb}>${prepared.content()}</${verb}>`;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      content = `<error code="${error.code}">${escaped(error.message)}</error>`;
    }
    return this.#dress(asked, documentXml(this.baseUrl, content));
  }

  #dress(asked: Asked, xml: string): Answer {
    const written = this.#faults.reduce((text, fault) => fault.document?.(text, asked) ?? text, xml);
    const headers = { "content-type": "text/xml; charset=UTF-8" };
    const plain: Answer = { status: 200, headers, body: bytesOf(written) };
    return this.#faults.reduce((answer, fault) => fault.answer?.(answer, asked) ?? answer, plain);
  }

  /** What is asked for, and what writes the content once every fault that looks at the request had its chance. */
  #prepare(asked: Asked): { readonly asked: Asked; readonly content: () => string } {
    const { verb, params } = asked;
    const provider = this.#provider;
    if (verb === "Identify") return { asked, content: () => identifyXml(provider, this.baseUrl) };
    if (verb === "ListMetadataFormats") return { asked, content: () => FORMATS_XML };
    if (verb === "GetRecord") {
      const found = provider.records.findLast(({ identifier }) => identifier === params.get("identifier"));
      if (found === undefined) throw new Refusal("idDoesNotExist", "no such item");
      return { asked: { ...asked, records: [found] }, content: () => recordXml(found) };
    }
    if (verb !== "ListRecords" && verb !== "ListIdentifiers") throw new Refusal("badVerb", `"${verb}" is no verb here`);
    const position = positionOf(params, provider.granularity);
    const page = pageAt(provider, position);
    const list = { ...asked, page: Math.floor(position.offset / provider.pageSize) + 1, records: page.records };
    const content = () =>
      listXml(
        verb,
        this.#faults.reduce((changed, fault) => fault.page?.(changed, list) ?? changed, page),
      );
    return { asked: list, content };
  }
}

/** Text in UTF-8, but for U+DC80 to U+DCFF, which become the single bytes 80 to FF. */
export function bytesOf(text: string): Buffer {
  if (text.isWellFormed()) return Buffer.from(text);
  const pieces = text.split(/((?<![\ud800-\udbff])[\udc80-\udcff])/);
  return Buffer.concat(
    pieces.map((piece, index) => (index % 2 === 1 ? Buffer.from([piece.charCodeAt(0) - 0xdc00]) : Buffer.from(piece))),
  );
}

function packed(answer: Answer, { gzip }: Transport): Pick<Answer, "headers" | "body"> {
  if (!gzip || answer.headers["content-encoding"] !== undefined) return answer;
  return { headers: { ...answer.headers, "content-encoding": "gzip" }, body: gzipSync(answer.body, { level: 1 }) };
}

function send(response: ServerResponse, answer: Answer, transport: Transport): void {
  const { headers, body } = packed(answer, transport);
  if (!transport.chunked) {
    response.writeHead(answer.status, { ...headers, "content-length": body.length }).end(body);
    return;
  }
  response.writeHead(answer.status, headers);
  for (const piece of piecesOf(body)) response.write(piece);
  response.end();
}

/** The same answer as bytes. */
function rawOf(answer: Answer, transport: Transport): { readonly head: Buffer; readonly body: Buffer } {
  const { headers, body } = packed(answer, transport);
  const framing = transport.chunked ? "transfer-encoding: chunked" : `content-length: ${body.length}`;
  const lines = [
    `HTTP/1.1 ${answer.status} Whatever`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    framing,
  ];
  const chunks = piecesOf(body).map((piece) =>
    Buffer.concat([Buffer.from(`${piece.length.toString(16)}\r\n`), piece, Buffer.from("\r\n")]),
  );
  return {
    head: Buffer.from(`${lines.join("\r\n")}\r\n\r\n`),
    body: transport.chunked ? Buffer.concat([...chunks, Buffer.from("0\r\n\r\n")]) : body,
  };
}

/** Pieces that end in the middle of tags and characters. */
function piecesOf(body: Buffer): readonly Buffer[] {
  const pieces: Buffer[] = [];
  for (let start = 0; start < body.length; start += 3_001) pieces.push(body.subarray(start, start + 3_001));
  return pieces;
}
