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

/** A tag that has not arrived whole. */
interface TagSearch {
  readonly length: number;
  /** The code of the quotation mark that is open; 0: none. */
  readonly quote: number;
}

const DECLARATION = /\sxmlns(?::([^\s=]+))?\s*=\s*("[^"]*"|'[^']*')/g;
const NOTHING: ReadonlyMap<string, string> = new Map();
const DEFAULT_MAX_ITEM_LENGTH = 32 * 1024 * 1024;
/** Outside of items there are a few elements and white space: more than this is a document that is something else. */
const MAX_ENVELOPE_LENGTH = 16 * 1024 * 1024;
/** A tag is kept until it is whole; one that is longer has lost a quotation mark. */
const MAX_TAG_LENGTH = 256 * 1024;
/** Around the items there are three levels; a document that goes on and on inwards is not of this world. */
const MAX_DEPTH = 200;
/** What is needed to tell a comment from a CDATA section. */
const DECLARATION_HEAD = 9;
const DECLARATIONS = [
  ["<!--", "-->"],
  ["<![CDATA[", "]]>"],
] as const;
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
 * record then fails alone. It looks at tags only and judges nothing else; that is the parser's part. Each piece is looked
 * at once, however long an item is: what is read of it is put aside and joined when it is whole.
 */
export class RecordSplitter {
  readonly #item: string;
  readonly #parents: ReadonlySet<string>;
  readonly #maxItemLength: number;
  readonly #ancestors: OpenTag[] = [];
  /** The piece in hand, behind what could not be judged of the one before. */
  #buffer = "";
  /** Where scanning goes on in the buffer. */
  #position = 0;
  /** Where in the buffer begins what is not put aside yet. */
  #kept = 0;
  /** How far the tag at that place was looked at in vain, and the quotation mark that was open there. */
  #tag: TagSearch = { length: 0, quote: 0 };
  /** What ends the comment, CDATA section or instruction that is open; "" where none is. */
  #closing = "";
  /** The open item as far as it is put aside; `null` outside of items. */
  #open: Collected | null = null;
  /** The open item's name as written. Only tags of that name are counted: what stands between may be out of balance. */
  #name = "";
  /** Open elements of that name, the item itself included: MARCXML has a record inside the record. */
  #depth = 0;
  readonly #envelope = new Collected();

  constructor(options: SplitOptions) {
    this.#item = options.item;
    this.#parents = new Set(options.parents);
    this.#maxItemLength = options.maxItemLength ?? DEFAULT_MAX_ITEM_LENGTH;
  }

  /** Takes the next piece of the document and returns the items it completes. Throws `XmlError`. */
  push(text: string): string[] {
    this.#buffer = this.#buffer.slice(this.#position) + text;
    this.#position = 0;
    this.#kept = 0;
    const items: string[] = [];
    while (this.#step(items)) {
      // each step consumes one tag
    }
    this.#putAside(this.#position);
    this.#envelope.settle();
    this.#refuseTooLong();
    return items;
  }

  /** Ends the document and returns it with the items cut out. Throws `XmlError` where it was cut off. */
  end(): string {
    if (this.#open !== null) throw new XmlError(`the document ends inside a <${this.#item}>: it was cut off`);
    const open = this.#ancestors.at(-1);
    if (open !== undefined) throw new XmlError(`the document ends before </${open.local}>: it was cut off`);
    return this.#envelope.whole() + this.#buffer.slice(this.#position);
  }

  #refuseTooLong(): void {
    if ((this.#open?.length ?? 0) > this.#maxItemLength)
      throw new XmlError(`one <${this.#item}> is longer than ${this.#maxItemLength} characters`);
    if (this.#envelope.length > MAX_ENVELOPE_LENGTH)
      throw new XmlError(`there are more than ${MAX_ENVELOPE_LENGTH} characters outside of <${this.#item}>`);
    if (this.#buffer.length - this.#position > MAX_TAG_LENGTH)
      throw new XmlError(`one tag is longer than ${MAX_TAG_LENGTH} characters`);
  }

  /** Puts the buffer up to `end` to the open item, or to the envelope outside of items. */
  #putAside(end: number): void {
    if (end > this.#kept) (this.#open ?? this.#envelope).add(this.#buffer.slice(this.#kept, end));
    this.#kept = end;
  }

  /** Handles the next tag; false where the buffer holds no whole one any more. */
  #step(items: string[]): boolean {
    if (this.#closing !== "") return this.#leaveDeclaration();
    const buffer = this.#buffer;
    const start = buffer.indexOf(LESS, this.#position);
    this.#position = start < 0 ? buffer.length : start;
    if (start < 0 || start + 1 >= buffer.length) return false;
    const kind = kindOf(buffer.charCodeAt(start + 1));
    if (kind === "declaration") return this.#enterDeclaration(start);
    const end = kind === "text" ? start + 1 : this.#endOfTag(start);
    if (end < 0) return false;
    if (kind === "close") this.#handleClose(start, end, items);
    else if (kind === "open") this.#handleOpen(start, end);
    this.#position = end;
    return true;
  }

  /** Past the `>` of the tag at `start`, or -1 where it has not arrived; what was looked at is not looked at again. */
  #endOfTag(start: number): number {
    const { length, quote } = this.#tag;
    const found = searchTagEnd(this.#buffer, start + Math.max(1, length), quote);
    const left = found.end < 0;
    this.#tag = left ? { length: this.#buffer.length - start, quote: found.quote } : { length: 0, quote: 0 };
    return found.end;
  }

  #enterDeclaration(start: number): boolean {
    const buffer = this.#buffer;
    if (buffer.length < start + DECLARATION_HEAD) return false;
    const instruction = buffer.charCodeAt(start + 1) === QUESTION;
    const known = instruction ? ["<?", "?>"] : DECLARATIONS.find(([opening]) => buffer.startsWith(opening, start));
    if (known === undefined) throw new XmlError("the document has a DOCTYPE, which is never processed");
    const [opening, closing] = known as readonly [string, string];
    this.#closing = closing;
    this.#position = start + opening.length;
    return true;
  }

  /** False where the end has not arrived; of it there may be all but the last character. */
  #leaveDeclaration(): boolean {
    const end = this.#buffer.indexOf(this.#closing, this.#position);
    if (end < 0) this.#position = Math.max(this.#position, this.#buffer.length - this.#closing.length + 1);
    else {
      this.#position = end + this.#closing.length;
      this.#closing = "";
    }
    return end >= 0;
  }

  #handleOpen(start: number, end: number): void {
    const selfClosing = this.#buffer.charCodeAt(end - 2) === SLASH;
    if (this.#open !== null) {
      if (!selfClosing && this.#isItemTag(start + 1)) this.#depth += 1;
      return;
    }
    const tag = this.#buffer.slice(start, end);
    const name = nameOf(tag);
    const local = name.slice(name.indexOf(":") + 1);
    const parent = this.#ancestors.at(-1);
    if (local === this.#item && parent !== undefined && this.#parents.has(parent.local) && !selfClosing) {
      // what stood between the previous tag and this one belongs to the envelope
      this.#putAside(start);
      this.#open = new Collected();
      this.#name = name;
      this.#depth = 1;
    } else if (!selfClosing) {
      if (this.#ancestors.length >= MAX_DEPTH)
        throw new XmlError(`elements are nested deeper than ${MAX_DEPTH} levels`);
      this.#ancestors.push({ local, namespaces: declared(tag, parent?.namespaces ?? NOTHING) });
    }
  }

  #handleClose(start: number, end: number, items: string[]): void {
    if (this.#open === null) {
      this.#ancestors.pop();
      return;
    }
    if (!this.#isItemTag(start + 2)) return;
    this.#depth -= 1;
    if (this.#depth > 0) return;
    this.#putAside(end);
    items.push(withNamespaces(this.#open.whole(), this.#ancestors.at(-1)?.namespaces ?? NOTHING));
    this.#open = null;
  }

  #isItemTag(nameStart: number): boolean {
    if (!this.#buffer.startsWith(this.#name, nameStart)) return false;
    return /[\s/>]/.test(this.#buffer.charAt(nameStart + this.#name.length));
  }
}

/** Text that comes in pieces. */
class Collected {
  readonly #pieces: string[] = [];
  #settled = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(piece: string): void {
    this.#pieces.push(piece);
    this.#length += piece.length;
  }

  /** Copies what was added since the last time: a slice, be it a few blanks, keeps all the text alive that it is cut from. */
  settle(): void {
    if (this.#settled === this.#pieces.length) return;
    const added = this.#pieces.splice(this.#settled);
    this.#pieces.push(` ${added.join("")}`.slice(1));
    this.#settled = this.#pieces.length;
  }

  whole(): string {
    return this.#pieces.length === 1 ? (this.#pieces[0] ?? "") : this.#pieces.join("");
  }
}

/** A less-than sign that begins nothing ("p < 0,05") is text, if bad text: it must not put the tags out of step. */
function kindOf(next: number): Kind {
  if (next === SLASH) return "close";
  if (next === BANG || next === QUESTION) return "declaration";
  const letter = (next | 32) >= 97 && (next | 32) <= 122;
  return letter || next === UNDERSCORE || next === COLON || next > 127 ? "open" : "text";
}

/**
 * Past the `>` of the tag that begins before `from`, quotes respected, or -1 where it has not arrived, and the quotation
 * mark that is open there; 0 where none is.
 */
function searchTagEnd(
  buffer: string,
  from: number,
  openQuote: number,
): { readonly end: number; readonly quote: number } {
  let quote = openQuote;
  for (let index = from; index < buffer.length; index += 1) {
    const code = buffer.charCodeAt(index);
    if (quote !== 0) {
      if (code === quote) quote = 0;
    } else if (code === GREATER) return { end: index + 1, quote: 0 };
    else if (code === DOUBLE_QUOTE || code === SINGLE_QUOTE) quote = code;
  }
  return { end: -1, quote };
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
  const { end: tagEnd } = searchTagEnd(raw, 1, 0);
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
