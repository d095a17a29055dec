import { AnswerFailure, TransientFailure } from "./failures.ts";

/** The limits that a request may run into, in milliseconds. */
export interface TimeLimits {
  readonly connectTimeoutMs: number;
  readonly headersTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly responseTimeoutMs: number;
}

/** Codes of the system, undici, its parser and zlib (a body that was cut off while compressed). */
const NETWORK_CODE =
  /^(?:E(?!RR_)[A-Z0-9_]+|UND_ERR_\w+|HPE_\w+|Z_\w+|ERR_SSL_\w+|ERR__\w+|ERR_STREAM_PREMATURE_CLOSE)$/;
/** Our own mistakes: asking again would not mend them. */
const OURS = /^UND_ERR_(?:INVALID_ARG|INVALID_RETURN_VALUE|NOT_SUPPORTED)$/;
/** Undici has no code for this, and two sentences. */
const PROXY_CREDENTIALS = /^Proxy (?:Authentication Required|response) \(407\)/;

/**
 * The failure that an error of the network means, with the limit that was reached; `null` where it is none of the
 * network's. `timedOut`: the time for the whole response was over.
 */
export function networkFailure(
  error: unknown,
  url: URL,
  limits: TimeLimits,
  timedOut: boolean,
): TransientFailure | AnswerFailure | null {
  const about = (sentence: string) => `${url.host} ${sentence}`;
  const timeout = (sentence: string) => new TransientFailure(about(sentence), { diagnosis: "timeout", cause: error });
  if (timedOut)
    return timeout(
      `did not finish its answer within ${seconds(limits.responseTimeoutMs)} (limit for a whole response)`,
    );
  if (error instanceof Error && PROXY_CREDENTIALS.test(error.message))
    return new AnswerFailure("http_error", "the proxy of HARVEST_PROXY wants a user name and a password", {
      cause: error,
    });
  const code = codeOf(error);
  if (code === null || !NETWORK_CODE.test(code) || OURS.test(code)) return null;
  switch (code) {
    case "UND_ERR_CONNECT_TIMEOUT":
      return timeout(`took no connection within ${seconds(limits.connectTimeoutMs)} (connect timeout)`);
    case "UND_ERR_HEADERS_TIMEOUT":
      return timeout(`began no answer within ${seconds(limits.headersTimeoutMs)} (headers timeout)`);
    case "UND_ERR_BODY_TIMEOUT":
      return timeout(`sent nothing more for ${seconds(limits.idleTimeoutMs)} (idle timeout)`);
    case "UND_ERR_HEADERS_OVERFLOW":
      return new AnswerFailure("too_large", about("sent more headers than anybody needs"), { cause: error });
    case "ENOTFOUND":
    case "EAI_AGAIN":
    case "ENODATA":
      return new TransientFailure(`the name ${url.hostname} cannot be found (DNS: ${code})`, {
        diagnosis: "dns",
        cause: error,
      });
    default:
      return new TransientFailure(about(`could not be reached or cut us off: ${reason(error, code)}`), {
        diagnosis: UNREACHABLE.test(code) ? "unreachable" : "cut_off",
        cause: error,
      });
  }
}

const UNREACHABLE = /^(?:ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|EHOSTDOWN|ETIMEDOUT|EADDRNOTAVAIL|UND_ERR_ABORTED)$/;

/** Where a name has several addresses, Node.js reports all attempts together, with the code of the first. */
function codeOf(error: unknown): string | null {
  // what undici's parser of HTTP finds wrong carries a code for some mistakes only
  if (error instanceof Error && error.name === "HTTPParserError" && !("code" in error && error.code))
    return "HPE_NO_HTTP";
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : null;
}

function reason(error: unknown, code: string): string {
  const message = error instanceof AggregateError ? error.errors.map(String).join("; ") : (error as Error).message;
  return message.includes(code) ? message : `${message} (${code})`;
}

function seconds(ms: number): string {
  return `${ms / 1000} s`;
}
