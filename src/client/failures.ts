/** Why an answer did not come although asking again may bring it. */
export type TransientDiagnosis = "dns" | "unreachable" | "timeout" | "busy" | "maintenance" | "cut_off" | "unreadable";

/** What stands in the way until somebody changes something, at the repository or here. */
export type FinalDiagnosis =
  | "empty"
  | "html"
  | "json"
  | "not_oai"
  | "bot_wall"
  | "login_page"
  | "sign_in_wanted"
  | "sign_in_refused"
  | "http_error"
  | "too_large"
  | "bad_url"
  | "redirected_elsewhere"
  | "address_refused"
  | "tls_incomplete_chain"
  | "tls_expired"
  | "tls_wrong_host"
  | "tls_untrusted"
  | "tls_protocol";

/** Every diagnosis has its own advice for the repository's owner (`advice.ts`). */
export type Diagnosis = TransientDiagnosis | FinalDiagnosis;

/** Worth asking again: the repository is busy, restarting or cut us off. Everything else is final. */
export class TransientFailure extends Error {
  override readonly name = "TransientFailure";
  readonly diagnosis: TransientDiagnosis;
  readonly retryAfterMs: number;

  constructor(
    message: string,
    options: {
      readonly diagnosis?: TransientDiagnosis;
      readonly retryAfterMs?: number;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, { cause: options.cause });
    this.diagnosis = options.diagnosis ?? "unreadable";
    this.retryAfterMs = options.retryAfterMs ?? 0;
  }
}

/** Asking again would bring the same: not OAI-PMH, a final HTTP status, too much, a certificate that nobody can trust. */
export class AnswerFailure extends Error {
  override readonly name = "AnswerFailure";
  readonly diagnosis: FinalDiagnosis;

  constructor(diagnosis: FinalDiagnosis, message: string, options: { readonly cause?: unknown } = {}) {
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
