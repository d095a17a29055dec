/** A document or a part of one is not well-formed, or holds what we refuse (a DOCTYPE, absurd depth). */
export class XmlError extends Error {
  override readonly name = "XmlError";
  /** 1-based; `null` where the parser could not tell. */
  readonly line: number | null;

  constructor(message: string, options: { readonly line?: number | null; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.line = options.line ?? null;
  }
}
