import { isOaiErrorCode, OaiError } from "../oai/errors.ts";
import { decodeXml } from "../xml/decode.ts";
import { parseDocument } from "../xml/document.ts";
import type { XmlElement } from "../xml/element.ts";
import { XmlError } from "../xml/errors.ts";
import { RecordSplitter, type SplitOptions } from "../xml/split-records.ts";
import { AnswerFailure, type Diagnosis, TransientFailure } from "./failures.ts";
import type { HttpAnswer } from "./http.ts";

/** An OAI-PMH answer: its items as text, and the rest as a tree. */
export interface OaiAnswer {
  readonly url: string;
  /** The document's root with the items cut out. */
  readonly root: XmlElement;
  readonly items: readonly string[];
  /** Bytes of the decompressed body. */
  readonly bytes: number;
}

const HEAD_CHARACTERS = 4_000;
const NOTHING_TO_SPLIT: SplitOptions = { item: "record", parents: [] };

/**
 * Reads an answer while it arrives. Throws `OaiError` for what the repository says, `AnswerFailure` where it is not
 * OAI-PMH at all, `TransientFailure` where it is cut off or broken (the next attempt may bring it whole).
 */
export async function readAnswer(answer: HttpAnswer, split: SplitOptions = NOTHING_TO_SPLIT): Promise<OaiAnswer> {
  const splitter = new RecordSplitter(split);
  const items: string[] = [];
  let head = "";
  let bytes = 0;
  async function* counted() {
    for await (const chunk of answer.body) {
      bytes += chunk.length;
      yield chunk;
    }
  }
  try {
    for await (const text of decodeXml(counted(), answer.charset)) {
      if (head.length < HEAD_CHARACTERS) {
        head += text.slice(0, HEAD_CHARACTERS);
        refuseOtherThanXml(answer.url, head);
      }
      items.push(...splitter.push(text));
    }
    if (head.trim() === "") throw new AnswerFailure("empty", `${answer.url} answered nothing at all`);
    const root = await parseDocument(splitter.end());
    refuseOaiErrors(answer.url, root);
    return { url: answer.url, root, items, bytes };
  } catch (error) {
    if (error instanceof XmlError)
      throw new TransientFailure(`the answer of ${answer.url} cannot be read: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Looks at the first characters before any parser does: a bot wall or a login page is not broken XML. */
function refuseOtherThanXml(url: string, head: string): void {
  const start = head.trimStart().slice(0, 200).toLowerCase();
  const refuse = (diagnosis: Diagnosis, what: string): never => {
    throw new AnswerFailure(
      diagnosis,
      `${url} answered ${what} instead of OAI-PMH: ${JSON.stringify(head.trim().slice(0, 120))}`,
    );
  };
  if (/^(<!--.*?-->\s*)*(<!doctype html|<html)/s.test(start)) refuse("html", "an HTML page");
  if (start.startsWith("{") || start.startsWith("[")) refuse("json", "JSON");
  if (start !== "" && !start.includes("<")) refuse("not_oai", "plain text");
}

function refuseOaiErrors(url: string, root: XmlElement): void {
  if (root.local !== "OAI-PMH")
    throw new AnswerFailure("not_oai", `${url} answered <${root.name}> instead of <OAI-PMH>`);
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
