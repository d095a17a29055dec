import { isOaiErrorCode, OaiError } from "../oai/errors.ts";
import { decodeXml } from "../xml/decode.ts";
import { parseDocument } from "../xml/document.ts";
import type { XmlElement } from "../xml/element.ts";
import { XmlError } from "../xml/errors.ts";
import { type RepairKind, repairXml } from "../xml/repair.ts";
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
  /** Bytes of the decompressed body; of what came after the last part where it was handed over in parts. */
  readonly bytes: number;
  /** What was cut off around the document, or mended in it outside of its items. */
  readonly repairs: readonly (AnswerRepair | RepairKind)[];
}

/** Items that have arrived while the rest of the answer has not, and the bytes of the body that brought them. */
export interface AnswerPart {
  readonly items: readonly string[];
  readonly bytes: number;
}

/** Takes a part of an answer; the rest of the body is not read before the promise is fulfilled. */
export type TakePart = (part: AnswerPart) => Promise<void>;

const NOTHING_TO_SPLIT: SplitOptions = { item: "record", parents: [] };
/** A part is handed over when it has so many items or characters: memory depends on it, and not on the answer's length. */
const PART_ITEMS = 1_000;
const PART_CHARACTERS = 512 * 1024;

/**
 * Reads an answer while it arrives. With `take`, the items of a long one are handed over in parts, and what is returned
 * holds those after the last part. Throws `OaiError` for what the repository says, `AnswerFailure` where it is not
 * OAI-PMH at all, `TransientFailure` where it is cut off or broken (the next attempt may bring it whole), and what `take`
 * throws.
 */
export async function readAnswer(
  answer: HttpAnswer,
  split: SplitOptions = NOTHING_TO_SPLIT,
  take: TakePart | null = null,
): Promise<OaiAnswer> {
  const { url, redirectedTo, status } = answer;
  const splitter = new RecordSplitter(split);
  const cut = new DocumentCut();
  // what an answer that is none says it holds is not handed over, it is refused at its end
  const parts = new Parts(status === 200 ? take : null);
  try {
    for await (const text of decodeXml(parts.counted(answer.body), answer.charset)) {
      const piece = cut.push(text);
      if (cut.begun === false) throw refusal(answer, cut.head);
      refuseDoctype(url, cut.junk);
      await parts.add(splitter.push(piece));
    }
    const rest = cut.end();
    refuseDoctype(url, cut.junk);
    await parts.add(splitter.push(rest));
    if (cut.begun !== true) throw refusal(answer, cut.head);
    const { root, repairs } = await parseEnvelope(splitter.end());
    refuseOaiErrors(url, root);
    if (status !== 200) throw new AnswerFailure("http_error", `${url} answered HTTP ${status}`);
    return { url, redirectedTo, root, ...parts.rest(), repairs: [...cut.repairs, ...repairs] };
  } catch (error) {
    if (error instanceof XmlError)
      throw new TransientFailure(`the answer of ${url} cannot be read: ${error.message}`, { cause: error });
    throw error;
  }
}

/** Strictly, and where that fails once more with what can be mended mended. Throws `XmlError`. */
async function parseEnvelope(
  text: string,
): Promise<{ readonly root: XmlElement; readonly repairs: readonly RepairKind[] }> {
  try {
    return { root: await parseDocument(text), repairs: [] };
  } catch (error) {
    const mended = repairXml(text);
    if (!(error instanceof XmlError) || mended.repairs.length === 0) throw error;
    return { root: await parseDocument(mended.text), repairs: mended.repairs };
  }
}

/** The items of an answer since the last part, and the bytes that brought them. */
class Parts {
  readonly #take: TakePart | null;
  #items: string[] = [];
  #characters = 0;
  #bytes = 0;

  constructor(take: TakePart | null) {
    this.#take = take;
  }

  async *counted(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
    for await (const chunk of body) {
      this.#bytes += chunk.length;
      yield chunk;
    }
  }

  /** A part that is full is handed over when more has come: what fits into one stays whole. */
  async add(items: readonly string[]): Promise<void> {
    for (const item of items) {
      const full = this.#items.length >= PART_ITEMS || this.#characters >= PART_CHARACTERS;
      if (full && this.#take !== null) await this.#take(this.rest());
      this.#items.push(item);
      this.#characters += item.length;
    }
  }

  /** Empties it. */
  rest(): AnswerPart {
    const rest = { items: this.#items, bytes: this.#bytes };
    this.#items = [];
    this.#characters = 0;
    this.#bytes = 0;
    return rest;
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
