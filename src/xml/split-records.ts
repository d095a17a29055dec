import { XmlError } from "./errors.ts";

/** What a list answer is made of: its items, byte for byte, and the rest of the document with the items cut out. */
export interface SplitOptions {
  /** Local name of the items: `record` or `header`. */
  readonly item: string;
  /** Local names of the elements that hold them, e.g. `ListRecords` and `GetRecord`. */
  readonly parents: readonly string[];
  /** An item longer than this (UTF-16 units) is refused, so that memory stays bounded. */
  readonly maxItemLength?: number;
}

type Kind = "open" | "close" | "declaration" | "text";

interface OpenTag {
  readonly local: string;
  /** Declarations in force inside the element: prefix ("" for the default) → namespace. */
  readonly namespaces: ReadonlyMap<string, string>;
}

const DECLARATION = /\sxmlns(?::([^\s=]+))?\s*=\s*("[^"]*"|'[^']*')/g;
const NOTHING: ReadonlyMap<string, string> = new Map();
const DEFAULT_MAX_ITEM_LENGTH = 32 * 1024 * 1024;
const LESS = "<";
const GREATER = 62;
const SLASH = 47;
const BANG = 33;
const QUESTION = 63;
const UNDERSCORE = 95;
const COLON = 58;
const DOUBLE_QUOTE = 34;
const SINGLE_QUOTE = 39;

/**
 * Cuts the items out of a list while it arrives. Fed with decoded text in pieces of any size, it returns each finished
 * item as it was sent, with the namespace declarations of its ancestors added, so that it can be parsed alone: one bad
 * record then fails alone. It looks at tags only and judges nothing else; that is the parser's part.
 */
export class RecordSplitter {
  readonly #item: string;
  readonly #parents: ReadonlySet<string>;
  readonly #maxItemLength: number;
  readonly #ancestors: OpenTag[] = [];
  #buffer = "";
  /** Where scanning goes on in the buffer. */
  #position = 0;
  /** Where the open item begins in the buffer, or -1 outside of items. */
  #itemStart = -1;
  /** The open item's name as written. Only tags of that name are counted: what stands between may be out of balance. */
  #name = "";
  /** Open elements of that name, the item itself included: MARCXML has a record inside the record. */
  #depth = 0;
  #envelope = "";

  constructor(options: SplitOptions) {
    this.#item = options.item;
    this.#parents = new Set(options.parents);
    this.#maxItemLength = options.maxItemLength ?? DEFAULT_MAX_ITEM_LENGTH;
  }

  /** Takes the next piece of the document and returns the items it completes. Throws `XmlError`. */
  push(text: string): string[] {
    this.#buffer = this.#buffer.slice(this.#keepFrom()) + text;
    const items: string[] = [];
    while (this.#step(items)) {
      // each step consumes one tag
    }
    if (this.#buffer.length - Math.max(this.#itemStart, 0) > this.#maxItemLength) {
      throw new XmlError(`one <${this.#item}> is longer than ${this.#maxItemLength} characters`);
    }
    return items;
  }

  /** Ends the document and returns it with the items cut out. Throws `XmlError` where it was cut off. */
  end(): string {
    if (this.#itemStart >= 0) throw new XmlError(`the document ends inside a <${this.#item}>: it was cut off`);
    const open = this.#ancestors.at(-1);
    if (open !== undefined) throw new XmlError(`the document ends before </${open.local}>: it was cut off`);
    return this.#envelope + this.#buffer.slice(this.#position);
  }

  /** Forgets what is finished; positions become relative to what is kept. */
  #keepFrom(): number {
    const from = this.#itemStart >= 0 ? this.#itemStart : this.#position;
    this.#position -= from;
    if (this.#itemStart >= 0) this.#itemStart = 0;
    return from;
  }

  /** Handles the next tag; false where the buffer holds no whole one any more. */
  #step(items: string[]): boolean {
    const buffer = this.#buffer;
    const start = buffer.indexOf(LESS, this.#position);
    if (start < 0 || start + 1 >= buffer.length) return false;
    const kind = kindOf(buffer.charCodeAt(start + 1));
    const end = this.#endOf(kind, start);
    if (end < 0) return false;
    if (kind === "close") this.#close(start, end, items);
    else if (kind === "open") this.#open(start, end);
    if (this.#itemStart < 0) this.#toEnvelope(end);
    this.#position = end;
    return true;
  }

  /** Past the end of what begins at `start`, or -1 where it has not arrived. */
  #endOf(kind: Kind, start: number): number {
    if (kind === "text") return start + 1;
    return kind === "declaration" ? this.#endOfDeclaration(start) : endOfTag(this.#buffer, start + 1);
  }

  /** Past the end of a comment, CDATA section or processing instruction, or -1 where it has not arrived. */
  #endOfDeclaration(start: number): number {
    const buffer = this.#buffer;
    if (buffer.length < start + 9) return -1;
    if (buffer.startsWith("<!--", start)) return after(buffer.indexOf("-->", start + 4), 3);
    if (buffer.startsWith("<![CDATA[", start)) return after(buffer.indexOf("]]>", start + 9), 3);
    if (buffer.charCodeAt(start + 1) === QUESTION) return after(buffer.indexOf("?>", start + 2), 2);
    throw new XmlError("the document has a DOCTYPE, which is never processed");
  }

  #open(start: number, end: number): void {
    const selfClosing = this.#buffer.charCodeAt(end - 2) === SLASH;
    if (this.#itemStart >= 0) {
      if (!selfClosing && this.#isItemTag(start + 1)) this.#depth += 1;
      return;
    }
    const tag = this.#buffer.slice(start, end);
    const name = nameOf(tag);
    const local = name.slice(name.indexOf(":") + 1);
    const parent = this.#ancestors.at(-1);
    if (local === this.#item && parent !== undefined && this.#parents.has(parent.local) && !selfClosing) {
      this.#itemStart = start;
      this.#name = name;
      this.#depth = 1;
      // what stood between the previous tag and this one belongs to the envelope
      this.#envelope += this.#buffer.slice(this.#position, start);
    } else if (!selfClosing) this.#ancestors.push({ local, namespaces: declared(tag, parent?.namespaces ?? NOTHING) });
  }

  #close(start: number, end: number, items: string[]): void {
    if (this.#itemStart < 0) {
      this.#ancestors.pop();
      return;
    }
    if (!this.#isItemTag(start + 2)) return;
    this.#depth -= 1;
    if (this.#depth > 0) return;
    const raw = this.#buffer.slice(this.#itemStart, end);
    items.push(withNamespaces(raw, this.#ancestors.at(-1)?.namespaces ?? NOTHING));
    this.#itemStart = -1;
    this.#position = end;
  }

  #isItemTag(nameStart: number): boolean {
    if (!this.#buffer.startsWith(this.#name, nameStart)) return false;
    return /[\s/>]/.test(this.#buffer.charAt(nameStart + this.#name.length));
  }

  #toEnvelope(end: number): void {
    this.#envelope += this.#buffer.slice(this.#position, end);
  }
}

/** A less-than sign that begins nothing ("p < 0,05") is text, if bad text: it must not put the tags out of step. */
function kindOf(next: number): Kind {
  if (next === SLASH) return "close";
  if (next === BANG || next === QUESTION) return "declaration";
  const letter = (next | 32) >= 97 && (next | 32) <= 122;
  return letter || next === UNDERSCORE || next === COLON || next > 127 ? "open" : "text";
}

function after(index: number, length: number): number {
  return index < 0 ? -1 : index + length;
}

/** Past the `>` of the tag that begins before `from`, quotes respected, or -1 where it has not arrived. */
function endOfTag(buffer: string, from: number): number {
  let quote = 0;
  for (let index = from; index < buffer.length; index += 1) {
    const code = buffer.charCodeAt(index);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GREATER) return index + 1;
    else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) quote = code;
  }
  return -1;
}

function nameOf(tag: string): string {
  return /^<([^\s/>]*)/.exec(tag)?.[1] ?? "";
}

function declared(tag: string, inherited: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  if (!tag.includes("xmlns")) return inherited;
  const namespaces = new Map(inherited);
  for (const [, prefix = "", value = '""'] of tag.matchAll(DECLARATION)) namespaces.set(prefix, value);
  return namespaces;
}

/** Adds to the item's own tag those declarations of its ancestors that it uses and does not make itself. */
function withNamespaces(raw: string, namespaces: ReadonlyMap<string, string>): string {
  if (namespaces.size === 0) return raw;
  const tagEnd = endOfTag(raw, 1);
  const own = declared(raw.slice(0, tagEnd), NOTHING);
  let added = "";
  for (const [prefix, value] of namespaces) {
    if (own.has(prefix)) continue;
    if (prefix === "") added += ` xmlns=${value}`;
    else if (raw.includes(`${prefix}:`)) added += ` xmlns:${prefix}=${value}`;
  }
  if (added === "") return raw;
  const nameEnd = /[\s/>]/.exec(raw)?.index ?? tagEnd - 1;
  return raw.slice(0, nameEnd) + added + raw.slice(nameEnd);
}
