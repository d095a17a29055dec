import { createHash } from "node:crypto";
import { OaiError } from "../oai/errors.ts";
import type { Verb } from "../oai/verbs.ts";
import { echoedArguments, type OaiRequest, readRequest } from "./arguments.ts";
import { errorElement, writeEnvelope } from "./envelope.ts";
import { getRecord } from "./get-record.ts";
import { identify } from "./identify.ts";
import { listIdentifiers } from "./list-identifiers.ts";
import { listMetadataFormats } from "./list-metadata-formats.ts";
import { listRecords } from "./list-records.ts";
import { listSets } from "./list-sets.ts";
import type { Answered, Delivered, ProviderOptions } from "./options.ts";

type AnswerVerb = (options: ProviderOptions, request: OaiRequest, horizon: Date) => Promise<Answered>;

const ANSWERS: Readonly<Record<Verb, AnswerVerb>> = {
  Identify: identify,
  ListMetadataFormats: listMetadataFormats,
  ListSets: listSets,
  ListIdentifiers: listIdentifiers,
  ListRecords: listRecords,
  GetRecord: getRecord,
};

/** What is the same until something changes, but for the moment at which it is said; lists have a moment in their tokens too. */
const LASTING: ReadonlySet<Verb> = new Set(["Identify", "ListMetadataFormats", "ListSets", "GetRecord"]);
/** 128 bits: nobody gains anything by finding two answers with the same one. */
const TAG_BYTES = 16;

/** A whole answer. */
export interface OaiAnswer {
  readonly xml: Buffer;
  /** A weak entity tag (RFC 9110 §8.8.3) of all but `responseDate`; `null`: lists and errors have none. */
  readonly entityTag: string | null;
  readonly subject: AnswerSubject;
}

/** What an answer is about, for whoever counts: names that we know to be there, never what was only asked for. */
export interface AnswerSubject extends Omit<Delivered, "setSpec"> {
  /** The verb; empty: the request could not be read. */
  readonly route: Verb | "";
  /** Empty where there is none. */
  readonly setSpec: string;
  /** `empty`: noRecordsMatch, which is how a harvest without news ends; `wrong`: any other error; `null`: it is an answer. */
  readonly outcome: "empty" | "wrong" | null;
}

/**
 * Answers a request; here and nowhere else does an `OaiError` become XML. The horizon is read before anything else, so
 * that an empty answer, too, tells a `responseDate` from which nothing is lost. Failures of the database are thrown.
 */
export async function answerQuery(options: ProviderOptions, query: string): Promise<OaiAnswer> {
  const horizon = await options.horizon();
  const { baseUrl } = options;
  let request: OaiRequest | null = null;
  try {
    request = readRequest(query);
    const { body, responseDate, delivered } = await ANSWERS[request.verb](options, request, horizon);
    const echoed = echoedArguments(request, null);
    return {
      xml: writeEnvelope({ responseDate, baseUrl, echoed }, body),
      entityTag: LASTING.has(request.verb) ? entityTagOf(echoed, body) : null,
      subject: { ...NOTHING, ...delivered, setSpec: delivered?.setSpec ?? "", route: request.verb },
    };
  } catch (error) {
    if (!(error instanceof OaiError)) throw error;
    const echoed = echoedArguments(request, error.code);
    const outcome = error.code === "noRecordsMatch" ? "empty" : "wrong";
    return {
      xml: writeEnvelope({ responseDate: horizon, baseUrl, echoed }, [errorElement(error)]),
      entityTag: null,
      subject: { ...NOTHING, route: request?.verb ?? "", outcome },
    };
  }
}

const NOTHING = { metadataPrefix: "", setSpec: "", records: 0, lastPage: false, outcome: null } as const;

function entityTagOf(echoed: readonly (readonly [string, string])[], body: readonly string[]): string {
  const digest = createHash("sha256").update(JSON.stringify(echoed)).update(body.join("")).digest();
  return `W/"${digest.subarray(0, TAG_BYTES).toString("base64url")}"`;
}
