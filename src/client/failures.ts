/** Worth asking again: the repository is busy, restarting or cut us off. Everything else is final. */
export class TransientFailure extends Error {
  override readonly name = "TransientFailure";
  readonly retryAfterMs: number;

  constructor(message: string, options: { readonly retryAfterMs?: number; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

/** What stands in the way, as far as the answer tells; each has its own advice for the repository's owner. */
export type Diagnosis = "empty" | "html" | "json" | "not_oai" | "http_error" | "too_large" | "bad_url";

/** The repository answered, and asking again would bring the same: not OAI-PMH, a final HTTP status, too much. */
export class AnswerFailure extends Error {
  override readonly name = "AnswerFailure";
  readonly diagnosis: Diagnosis;

  constructor(diagnosis: Diagnosis, message: string, options: { readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.diagnosis = diagnosis;
  }
}

/** The list does not end: pages come that were there before. Nothing tells what it would still have brought. */
export class ResumptionLoopError extends Error {
  override readonly name = "ResumptionLoopError";

  constructor(token: string, pages: number) {
    super(
      `the list goes in a circle: ${pages} pages in a row brought nothing new (resumptionToken "${token.slice(0, 200)}")`,
    );
  }
}
