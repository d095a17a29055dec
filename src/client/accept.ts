import type { Dispatcher } from "undici";
import { type BodyLimits, readBody } from "./body.ts";
import { classifyAnswer } from "./classify.ts";
import { HEAD_CHARACTERS } from "./document-bounds.ts";
import { AnswerFailure, TransientFailure } from "./failures.ts";
import { retryAfterMs } from "./retry-after.ts";
import type { Surroundings } from "./surroundings.ts";

/** An answer: its head, and its decompressed body as it arrives. */
export interface HttpAnswer {
  /** Where it came from in the end, after redirects. */
  readonly url: string;
  /** Where the repository has moved for good (301, 308), or `null`. */
  readonly redirectedTo: string | null;
  /** 200, or another one whose body is OAI-PMH: some servers send their OAI errors with 400 or 404. */
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly contentType: string;
  readonly charset: string | null;
  readonly body: AsyncIterable<Uint8Array>;
}

/** Whether a request carried the repository's sign-in; it is withheld from every origin but the repository's own. */
export type SignInUse = "none" | "sent" | "withheld";

/** Where an answer came from, and how it was asked for. */
interface AnswerPlace {
  readonly url: URL;
  readonly movedTo: URL | null;
  readonly signIn: SignInUse;
}

const BUSY = new Set([408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524]);
/** Statuses that say that the server could not even look: what their bodies say is not the repository's word. */
const NOT_ITS_WORD = new Set([408, 425, 429, 502, 503, 504, 520, 521, 522, 523, 524]);

/**
 * Takes an answer whose body can be read: status 200, or another one with OAI-PMH in it. Throws what the status and the
 * first characters mean otherwise: `TransientFailure` or `AnswerFailure`.
 */
export async function acceptAnswer(
  response: Dispatcher.ResponseData,
  place: AnswerPlace,
  limits: BodyLimits,
  surroundings: Surroundings,
): Promise<HttpAnswer> {
  const headers = headersOfAnswer(response);
  const { statusCode: status } = response;
  const contentType = headers["content-type"] ?? "";
  const answer: HttpAnswer = {
    url: place.url.href,
    redirectedTo: place.movedTo?.href ?? null,
    status,
    headers,
    contentType,
    charset: /charset\s*=\s*"?([A-Za-z0-9._-]+)/i.exec(contentType)?.[1] ?? null,
    body: readBody(response.body, headers["content-encoding"] ?? "", place.url, limits, surroundings),
  };
  return status === 200 ? answer : await acceptError(answer, place.signIn, surroundings);
}

/** An answer whose status is not 200 is looked at: it may be an OAI error all the same, or say what stands in the way. */
async function acceptError(answer: HttpAnswer, signIn: SignInUse, surroundings: Surroundings): Promise<HttpAnswer> {
  const { url, status, headers } = answer;
  const head = await readHead(answer.body);
  const { kind, what, evidence } = classifyAnswer({ url, status, headers, text: head.toString("utf8") });
  if (kind === "oai" && !NOT_ITS_WORD.has(status)) return { ...answer, body: resumed(head, answer.body) };
  const shown = evidence === "" ? "" : `: ${JSON.stringify(evidence)}`;
  const message = `${url} answered HTTP ${status}${kind === "http_error" || kind === "oai" ? "" : ` with ${what}`}${shown}`;
  if (kind === "bot_wall" && status !== 429) throw new AnswerFailure("bot_wall", message);
  if (BUSY.has(status) || kind === "maintenance")
    throw new TransientFailure(message, {
      diagnosis: kind === "maintenance" ? "maintenance" : "busy",
      retryAfterMs: retryAfterMs(headers["retry-after"], surroundings.date()),
    });
  if (kind === "login_page") throw new AnswerFailure("login_page", message);
  throw status === 401 ? unauthorized(answer, message, signIn) : new AnswerFailure("http_error", message);
}

/** RFC 9110 §15.5.2: a sign-in is missing or wrong. */
function unauthorized({ url }: HttpAnswer, message: string, signIn: SignInUse): AnswerFailure {
  const set = "`lienthong repository set <code>";
  switch (signIn) {
    case "none":
      return new AnswerFailure(
        "sign_in_wanted",
        `${message}; it wants a user name and a password: store them with ${set} --user … --password-stdin\``,
      );
    case "withheld":
      return new AnswerFailure(
        "sign_in_wanted",
        `${message}; the sign-in goes to the origin of the base URL only: ${set} --url …\` makes ${new URL(url).origin} that one`,
      );
    case "sent":
      return new AnswerFailure(
        "sign_in_refused",
        `${message}; it does not accept the sign-in that is stored for it: store the right one with ${set} …\``,
      );
  }
}

/** The first characters of a body, as far as it can be read; what is wrong with the rest does not matter any more. */
async function readHead(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const pieces = body[Symbol.asyncIterator]();
  try {
    while (length < HEAD_CHARACTERS) {
      const next = await pieces.next();
      if (next.done === true) break;
      chunks.push(next.value);
      length += next.value.length;
    }
  } catch {
    // the status says enough
  }
  return Buffer.concat(chunks);
}

async function* resumed(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  yield head;
  yield* rest;
}

/** The headers of an answer, each once. */
export function headersOfAnswer(response: Dispatcher.ResponseData): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  for (const [name, value] of Object.entries(response.headers)) {
    const first = Array.isArray(value) && name !== "content-encoding" ? value[0] : value;
    if (first !== undefined) headers[name] = String(first);
  }
  return headers;
}
