import { answerQuery, type OaiAnswer } from "./answer.ts";
import type { ProviderOptions } from "./options.ts";

/** The feed, ready to be asked. */
export interface Provider {
  /**
   * Answers a request as OAI-PMH 2.0 says: `query` is what stands behind the question mark of a GET or in the body of a
   * POST, and the answer, protocol errors included, is the whole XML. Throws only where the database fails.
   */
  answer(query: string): Promise<string>;
  /** The same with what a reader needs to ask whether its copy still holds. */
  answerWithTag(query: string): Promise<OaiAnswer>;
}

/** A provider of the feed in `options.db`; it holds no state, so any number of them may serve one feed. */
export function createProvider(options: ProviderOptions): Provider {
  return {
    answer: async (query) => (await answerQuery(options, query)).xml.toString(),
    answerWithTag: (query) => answerQuery(options, query),
  };
}
