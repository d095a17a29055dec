/** The eight conditions that OAI-PMH 2.0 §3.6 lets a repository answer instead of what was asked. */
export const OAI_ERROR_CODES = [
  "badArgument",
  "badResumptionToken",
  "badVerb",
  "cannotDisseminateFormat",
  "idDoesNotExist",
  "noRecordsMatch",
  "noMetadataFormats",
  "noSetHierarchy",
] as const;

export type OaiErrorCode = (typeof OAI_ERROR_CODES)[number];

/** Tells whether `text` is one of the eight codes. */
export function isOaiErrorCode(text: string): text is OaiErrorCode {
  return (OAI_ERROR_CODES as readonly string[]).includes(text);
}

/** A protocol error: part of the conversation, read from a repository's answer or written into ours. */
export class OaiError extends Error {
  override readonly name = "OaiError";
  readonly code: OaiErrorCode;

  constructor(code: OaiErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
