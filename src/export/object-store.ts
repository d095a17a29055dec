import { createReadStream } from "node:fs";
import http from "node:http";
import https from "node:https";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ExportError } from "./errors.ts";
import { type Credentials, EMPTY_SHA256, objectPath, signRequest } from "./request-signature.ts";

/** An object store that speaks the protocol of S3, and how to sign in to it. */
export interface ObjectStore extends Credentials {
  readonly endpoint: string;
  /** Pause before a request is made again, in milliseconds; doubled each time. */
  readonly firstRetryMs?: number;
  /** Ends the request in hand, and there is no other one. */
  readonly signal?: AbortSignal;
}

/** Bytes on their way into an object: those of a file, by its path, or these. */
export interface Upload {
  readonly from: string | Buffer;
  readonly bytes: number;
  readonly sha256: string;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

const ATTEMPTS = 4;
const FIRST_RETRY_MS = 1_000;
/** An answer in which nothing comes for so long, or a body of which nothing is taken, is a failure. */
const SILENCE_MS = 300_000;
/** Errors are told in some hundred bytes of XML; a manifest may name many records. */
const MAX_ANSWER_BYTES = 64 * 1024 * 1024;

/** Whether there is an object of that name (`bucket/key`). Throws `ExportError`. */
export async function hasObject(store: ObjectStore, name: string): Promise<boolean> {
  const { status, text } = await ask(store, "HEAD", name, null);
  if (status === 404) return false;
  if (status === 200) return true;
  throw refusal(name, { status, text });
}

/** The text of the object of that name (`bucket/key`), or `null` where there is none. Throws `ExportError`. */
export async function getObject(store: ObjectStore, name: string): Promise<string | null> {
  const answer = await ask(store, "GET", name, null);
  if (answer.status === 404) return null;
  if (answer.status === 200) return answer.text;
  throw refusal(name, answer);
}

/** Removes the object of that name (`bucket/key`), if it is there. Throws `ExportError`. */
export async function removeObject(store: ObjectStore, name: string): Promise<void> {
  const answer = await ask(store, "DELETE", name, null);
  if (![200, 204, 404].includes(answer.status)) throw refusal(name, answer);
}

/** Stores bytes under that name (`bucket/key`); the store compares its SHA-256. Throws `ExportError`. */
export async function putObject(store: ObjectStore, name: string, upload: Upload): Promise<void> {
  const answer = await ask(store, "PUT", name, upload);
  if (answer.status !== 200) throw refusal(name, answer);
}

/** Asks again where the store is busy or cannot be reached. */
async function ask(store: ObjectStore, method: string, name: string, upload: Upload | null): Promise<Answer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await askOnce(store, method, name, upload).catch((error: unknown) => {
      if (store.signal?.aborted === true)
        throw new ExportError("the export was stopped; it has no manifest and is no dump");
      if (attempt < ATTEMPTS) return null;
      throw new ExportError(`${store.endpoint}: the object store cannot be reached (${reasonOf(error)})`, {
        cause: error,
      });
    });
    const isBusy = answer === null || answer.status >= 500 || answer.status === 429;
    if (answer !== null && (!isBusy || attempt === ATTEMPTS)) return answer;
    const pauseMs = (store.firstRetryMs ?? FIRST_RETRY_MS) * 2 ** (attempt - 1);
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
  }
}

async function askOnce(store: ObjectStore, method: string, name: string, upload: Upload | null): Promise<Answer> {
  const url = new URL(`${store.endpoint}/${objectPath(name)}`);
  const bodySha256 = upload?.sha256 ?? EMPTY_SHA256;
  const signed = signRequest(store, { method, url, headers: {}, bodySha256 }, new Date());
  const headers = { ...signed, ...(upload === null ? {} : { "content-length": upload.bytes }) };
  const { request } = url.protocol === "https:" ? https : http;
  const asked = request(url, { method, headers, timeout: SILENCE_MS, ...(store.signal && { signal: store.signal }) });
  asked.once("timeout", () => asked.destroy(new Error("it keeps silent")));
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    asked.once("response", resolve);
    asked.once("error", reject);
  });
  answered.catch(() => {}); // told below
  // a store that refuses need not take the body: its answer counts
  if (upload === null) asked.end();
  else pipeline(bytesOf(upload), asked).catch((error: Error) => asked.destroy(error));
  return await readAnswer(await answered);
}

function bytesOf({ from }: Upload): Readable {
  return typeof from === "string" ? createReadStream(from) : Readable.from([from]);
}

async function readAnswer(response: http.IncomingMessage): Promise<Answer> {
  let text = "";
  for await (const chunk of response.setEncoding("utf8")) if (text.length < MAX_ANSWER_BYTES) text += chunk;
  return { status: response.statusCode ?? 0, text };
}

/** The store's own words (`Code`, `Message`), which HEAD does not bring. */
function refusal(name: string, { status, text }: Answer): ExportError {
  const [code, message] = ["Code", "Message"].map((tag) => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(text)?.[1]);
  const said = code === undefined ? "" : `: ${code}${message === undefined ? "" : `, ${message}`}`;
  const advice =
    status === 403
      ? "; look at key, secret, region, and whether it may list the bucket, read, write and delete there"
      : "";
  return new ExportError(`s3://${name}: the object store answered ${status}${said}${advice}`);
}

function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
