import { OaiError } from "../oai/errors.ts";
import type { Verb } from "../oai/verbs.ts";
import { readHorizon } from "../store/fence.ts";
import { echoedArguments, type OaiRequest, readRequest } from "./arguments.ts";
import { errorElement, writeEnvelope } from "./envelope.ts";
import { getRecord } from "./get-record.ts";
import { identify } from "./identify.ts";
import { listIdentifiers } from "./list-identifiers.ts";
import { listMetadataFormats } from "./list-metadata-formats.ts";
import { listRecords } from "./list-records.ts";
import { listSets } from "./list-sets.ts";
import type { Answered, ProviderOptions } from "./options.ts";

type AnswerVerb = (options: ProviderOptions, request: OaiRequest, horizon: Date) => Promise<Answered>;

const ANSWERS: Readonly<Record<Verb, AnswerVerb>> = {
  Identify: identify,
  ListMetadataFormats: listMetadataFormats,
  ListSets: listSets,
  ListIdentifiers: listIdentifiers,
  ListRecords: listRecords,
  GetRecord: getRecord,
};

/**
 * Answers a request; here and nowhere else does an `OaiError` become XML. The horizon is read before anything else, so
 * that an empty answer, too, tells a `responseDate` from which nothing is lost. Failures of the database are thrown.
 */
export async function answerQuery(options: ProviderOptions, query: string): Promise<string> {
  const horizon = await readHorizon(options.db);
  const { baseUrl } = options;
  let request: OaiRequest | null = null;
  try {
    request = readRequest(query);
    const { body, responseDate } = await ANSWERS[request.verb](options, request, horizon);
    return writeEnvelope({ responseDate, baseUrl, echoed: echoedArguments(request, null) }, body);
  } catch (error) {
    if (!(error instanceof OaiError)) throw error;
    return writeEnvelope(
      { responseDate: horizon, baseUrl, echoed: echoedArguments(request, error.code) },
      errorElement(error),
    );
  }
}
