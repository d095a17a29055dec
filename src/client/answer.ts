import { isOaiErrorCode, OaiError } from "../oai/errors.ts";
import { decodeXml } from "../xml/decode.ts";
import { parseDocument } from "../xml/document.ts";
import type { XmlElement } from "../xml/element.ts";
import { XmlError } from "../xml/errors.ts";
import { RecordSplitter, type SplitOptions } from "../xml/split-records.ts";
import type { HttpAnswer } from "./accept.ts";
import { classifyAnswer } from "./classify.ts";
import { type AnswerRepair, DocumentCut, endOfProlog, HEAD_CHARACTERS } from "./document-bounds.ts";
import { AnswerFailure, TransientFailure } from "./failures.ts";

/** An OAI-PMH answer: its items as text, and the rest as a tree. */
export interface OaiAnswer {
  /** Where it came from in the end. */
  readonly url: string;
  /** Where the repository has moved for good, or `null`. */
  readonly redirectedTo: string | null;
  /** The document's root with the items cut out. */
  readonly root: XmlElement;
  readonly items: readonly string[];
  /** Bytes of the decompressed body. */
  readonly bytes: number;
  readonly repairs: readonly AnswerRepair[];
}

const NOTHING_TO_SPLIT: SplitOptions = { item: "record", parents: [] };

/**
 * Reads an answer while it arrives. Throws `OaiError` for what the repository says, `AnswerFailure` where it is not
 * OAI-PMH at all, `TransientFailure` where it is cut off or broken (the next attempt may bring it whole).
 */
export async function readAnswer(answer: HttpAnswer, split: SplitOptions = NOTHING_TO_SPLIT): Promise<OaiAnswer> {
  const { url, redirectedTo, status } = answer;
  const splitter = new RecordSplitter(split);
  const cut = new DocumentCut();
  const items: string[] = [];
  let bytes = 0;
  async function* counted() {
    for await (const chunk of answer.body) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  try {
    for await (const text of decodeXml(counted(), answer.charset)) {
      const piece = cut.push(text);
      if (cut.begun === false) throw refusal(answer, cut.head);
      refuseDoctype(url, cut.junk);
      items.push(...splitter.push(piece));
    }
    const rest = cut.end();
    refuseDoctype(url, cut.junk);
    items.push(...splitter.push(rest));
    if (cut.begun !== true) throw refusal(answer, cut.head);
    const root = await parseDocument(splitter.end());
    refuseOaiErrors(url, root);
    if (status !== 200) throw new AnswerFailure("http_error", `${url} answered HTTP ${status}`);
    return { url, redirectedTo, root, items, bytes, repairs: cut.repairs };
  } catch (error) {
    if (error instanceof XmlError)
      throw new TransientFailure(`the answer of ${url} cannot be read: ${error.message}`, { cause: error });
    throw error;
  }
}

/** A page around the document may have its own; one that belongs to the document could only do harm. */
function refuseDoctype(url: string, junk: string): void {
  if (/<!DOCTYPE(?!\s+html\b)/i.test(junk))
    throw new AnswerFailure("not_oai", `${url} answered a document with a DOCTYPE, which is never processed`);
}

/** Why there is no OAI-PMH in what was sent. */
function refusal(answer: HttpAnswer, head: string): Error {
  const { url, status, headers } = answer;
  const prolog = endOfProlog(head);
  const cutOff = head.trim() !== "" && /^(?:<[^>]*)?$/.test(head.slice(prolog)) && head.length <= HEAD_CHARACTERS;
  if (cutOff)
    return new TransientFailure(
      `the answer of ${url} was cut off before it began: ${JSON.stringify(head.slice(0, 120))}`,
      {
        diagnosis: "cut_off",
      },
    );
  const { kind, what, evidence } = classifyAnswer({ url, status, headers, text: head });
  const message = `${url} answered ${what} instead of OAI-PMH${evidence === "" ? "" : `: ${JSON.stringify(evidence)}`}`;
  // a repository that is being repaired will be back
  if (kind === "maintenance") return new TransientFailure(message, { diagnosis: "maintenance" });
  return new AnswerFailure(kind === "oai" ? "not_oai" : kind, message);
}

function refuseOaiErrors(url: string, root: XmlElement): void {
  const error = root.child("error");
  if (error === null) return;
  const code = error.attribute("code") ?? "";
  const message = error.text.trim();
  if (isOaiErrorCode(code)) throw new OaiError(code, message === "" ? code : message);
  throw new AnswerFailure("not_oai", `${url} answered an error that OAI-PMH does not know: "${code}" ${message}`);
}

/** The element that carries the answer to `verb`, e.g. `<Identify>`. Throws `AnswerFailure` where it is missing. */
export function answerElement(answer: OaiAnswer, verb: string): XmlElement {
  const element = answer.root.child(verb);
  if (element === null) throw new AnswerFailure("not_oai", `${answer.url} answered without <${verb}>`);
  return element;
}
