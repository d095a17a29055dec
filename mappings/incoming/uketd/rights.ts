import type { MappedField, Note } from "../../../src/crosswalk/crosswalk.ts";
import { mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { readAccess } from "../../values.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import type { DcValue } from "../oai-dc/dublin-core.ts";
import type { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";

/** In EThOS `dcterms:accessRights` says whether anybody may read the thesis: "true" or "false". */
const ANSWERS: Readonly<Record<string, string>> = {
  true: "info:eu-repo/semantics/openAccess",
  false: "info:eu-repo/semantics/restrictedAccess",
};

/** The answer of EThOS, an embargo before it; else the words of the statement. */
export function accessRights(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["accessRights"]> {
  const answer = source.values("rights").find(isAnswer);
  if (answer === undefined || dublinCoreFields.embargoEnd(source, note) !== null) {
    return dublinCoreFields.accessRights(source, note);
  }
  const reading = readAccess(ANSWERS[answer.text.toLowerCase()] ?? "");
  return reading === null ? null : mapped({ ...reading.accessRights, raw: answer.text }, answer.node);
}

/** What is said about rights beside the answer. */
export function rightsNotes(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["rightsNotes"]> {
  return dublinCoreFields.rightsNotes(source, note).filter(({ value }) => ANSWERS[value.toLowerCase()] === undefined);
}

function isAnswer({ text }: DcValue): boolean {
  return ANSWERS[text.toLowerCase()] !== undefined;
}
