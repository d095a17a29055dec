import { parseBaseUrl } from "../oai/base-url.ts";
import type { Verb } from "../oai/verbs.ts";
import { AnswerFailure } from "./failures.ts";

/** Arguments of a request; those that are `undefined` or `null` are left out. */
export type RequestArguments = Readonly<Record<string, string | null | undefined>>;

/** The URL of a request (OAI-PMH 2.0 §3.1.1). Throws `AnswerFailure` where the base URL is none. */
export function requestUrl(baseUrl: string, verb: Verb, args: RequestArguments = {}): URL {
  const url = parseBaseUrl(baseUrl);
  if (url === null) throw new AnswerFailure("bad_url", `"${baseUrl}" is not an http or https URL`);
  url.searchParams.set("verb", verb);
  for (const [name, value] of Object.entries(args)) {
    if (value !== null && value !== undefined) url.searchParams.set(name, value);
  }
  return url;
}
