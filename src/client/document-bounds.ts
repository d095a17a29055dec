/** What had to be cut away before a document could be read. */
export type AnswerRepair = "junk-before-document" | "junk-after-document";

/** Where an OAI-PMH document begins in what was sent. */
export interface DocumentStart {
  /** Name of the root as written, prefix included. */
  readonly rootName: string;
  /** Where to begin reading. */
  readonly index: number;
  /** What stood before it and has no place there; "" where nothing did. */
  readonly junk: string;
}

/** The root must show in the first so many characters; no warning and no comment is longer. */
export const HEAD_CHARACTERS = 64 * 1024;

const ROOT = /<((?:[A-Za-z_][\w.-]*:)?OAI-PMH)(?=[\s>/])/;
const COMMENT = /<!--[\s\S]*?(?:-->|$)/g;
const DECLARATION = /^\ufeff?(?:<\?xml\s[^>]*\?>)?/;
/** What may stand around the root: white space, comments, instructions that are not a second XML declaration. */
const MISC = /[ \t\r\n]+|<!--[\s\S]*?-->|<\?(?!xml\s)[\s\S]*?\?>/y;
/** Junk behind a document is looked at for a second end, as far as this. */
const MAX_HELD = 1024 * 1024;

/**
 * Finds the root of an OAI-PMH document in the first characters of an answer, past whatever a server prints before it:
 * blank lines before the XML declaration, PHP warnings, pieces of a page. `null` where there is none (yet).
 */
export function findDocumentStart(head: string): DocumentStart | null {
  // a root in a comment is none; blanks keep the positions
  const root = ROOT.exec(head.replace(COMMENT, (comment) => " ".repeat(comment.length)));
  if (root === null) return null;
  const rootName = root[1] ?? "";
  if (endOfProlog(head) === root.index) return { rootName, index: head.startsWith("\ufeff") ? 1 : 0, junk: "" };
  return { rootName, index: root.index, junk: head.slice(0, root.index) };
}

/** Where the XML declaration and what may follow it end (XML 1.0 §2.8). */
export function endOfProlog(text: string): number {
  return endOfMisc(text, DECLARATION.exec(text)?.[0].length ?? 0);
}

function endOfMisc(text: string, from: number): number {
  let end = from;
  for (;;) {
    MISC.lastIndex = end;
    const piece = MISC.exec(text)?.[0];
    if (piece === undefined) return end;
    end += piece.length;
  }
}

/**
 * Takes an answer piece by piece and lets through the OAI-PMH document in it, without what a server printed before and
 * after: both would put the tags out of step.
 */
export class DocumentCut {
  readonly repairs: AnswerRepair[] = [];
  #head = "";
  #scanned = 0;
  #junk = "";
  #end: DocumentEnd | null = null;

  /** All characters so far, until the document has begun. */
  get head(): string {
    return this.#head;
  }

  /** What stood before the document. */
  get junk(): string {
    return this.#junk;
  }

  /** `null`: not yet to be told. */
  get begun(): boolean | null {
    if (this.#end !== null) return true;
    return this.#head.length > HEAD_CHARACTERS ? false : null;
  }

  /** Takes the next piece and returns what certainly belongs to the document. */
  push(text: string): string {
    if (this.#end !== null) return this.#end.push(text);
    this.#head += text;
    // looked at again when it has doubled: single bytes that trickle in must not cost a search each
    const worthLooking = this.#head.length >= 2 * this.#scanned || this.#head.length > HEAD_CHARACTERS;
    return worthLooking ? this.#begin() : "";
  }

  /** Ends the answer and returns the rest of the document. */
  end(): string {
    const text = this.#end === null ? this.#begin() : "";
    const rest = this.#end?.end();
    if (rest?.junk === true) this.repairs.push("junk-after-document");
    return text + (rest?.text ?? "");
  }

  #begin(): string {
    this.#scanned = this.#head.length;
    const start = findDocumentStart(this.#head);
    if (start === null) return "";
    this.#junk = start.junk;
    if (start.junk !== "") this.repairs.push("junk-before-document");
    this.#end = new DocumentEnd(start.rootName);
    const text = this.#end.push(this.#head.slice(start.index));
    this.#head = "";
    return text;
  }
}

/**
 * Lets a document through up to the end of its root and keeps back the rest. An end that turns out not to be the last
 * one, because a record quotes it, is let through after all.
 */
class DocumentEnd {
  readonly #closing: string;
  #held = "";
  #closed = false;

  constructor(rootName: string) {
    this.#closing = `</${rootName}`;
  }

  /** Takes the next piece and returns what certainly belongs to the document. */
  push(text: string): string {
    if (this.#closed && this.#held.length > MAX_HELD) return "";
    this.#held += text;
    const closing = this.#held.lastIndexOf(this.#closing);
    const end = closing < 0 ? -1 : this.#held.indexOf(">", closing);
    if (end >= 0) {
      this.#closed = true;
      return this.#release(end + 1);
    }
    if (this.#closed) return "";
    return this.#release(closing < 0 ? Math.max(0, this.#held.length - this.#closing.length) : closing);
  }

  /** Ends the document: what of the rest belongs to it, and whether that was followed by what has no place there. */
  end(): { readonly text: string; readonly junk: boolean } {
    if (!this.#closed) return { text: this.#held, junk: false };
    return { text: "", junk: endOfMisc(this.#held, 0) < this.#held.length };
  }

  #release(length: number): string {
    const released = this.#held.slice(0, length);
    this.#held = this.#held.slice(length);
    return released;
  }
}
