import { excerpt, type Issue } from "../record/issue.ts";
import { withoutTransportDamage } from "../vietnamese/clean-text.ts";
import { type LegacyDecoder, legacyDecoder, maybeLegacy } from "../vietnamese/legacy-decoder.ts";
import { textDefect } from "../vietnamese/text-defects.ts";
import { XmlElement } from "../xml/element.ts";

/** A record's metadata in Unicode, with what there is to say about its text. */
export interface ReadableMetadata {
  /** The metadata itself, unless it holds text in a legacy encoding: then a copy with that text decoded. */
  readonly metadata: XmlElement;
  readonly decoded: DecodedText | null;
  readonly issues: readonly Issue[];
}

/** The texts that were decoded, as they stand now, with what stood there. */
export interface DecodedText {
  readonly encoding: LegacyDecoder["encoding"];
  readonly originals: ReadonlyMap<string, string>;
}

/**
 * Decides once for all texts of a record whether they are in an encoding from before Unicode, and decodes them: a name of
 * two words alone would not tell. Remarks on it, and on text that nothing can mend.
 */
export function readableMetadata(metadata: XmlElement): ReadableMetadata {
  const seen: FirstLook = { suspicious: false, issues: [] };
  lookAt(metadata, seen);
  const decoder = seen.suspicious ? decoderOf(metadata) : null;
  if (decoder === null) return { metadata, decoded: null, issues: seen.issues };
  const originals = new Map<string, string>();
  const issues: Issue[] = [];
  const copy = decodedCopy(metadata, metadata.parent, (text, element) => {
    const decoded = decodedOf(text, decoder);
    if (decoded === text) return text;
    if (issues.length === 0) issues.push(issueOf("legacy-encoding", element, `${decoder.encoding}: ${text.trim()}`));
    originals.set(decoded, text);
    return decoded;
  });
  return { metadata: copy, decoded: { encoding: decoder.encoding, originals }, issues: [...issues, ...seen.issues] };
}

interface FirstLook {
  /** Some text needs a closer look; few records have one. */
  suspicious: boolean;
  /** One remark for each kind of damage, at the first place where it was seen. */
  readonly issues: Issue[];
}

/** What speaks of an encoding, an entity or lost letters; most texts are white space, dates, codes and addresses. */
const WORTH_A_LOOK = /[\u0080-\uffff&?^+`~]|a\(/;

function lookAt(element: XmlElement, seen: FirstLook): void {
  for (const child of element.children) {
    if (typeof child !== "string") {
      lookAt(child, seen);
      continue;
    }
    if (!WORTH_A_LOOK.test(child)) continue;
    seen.suspicious ||= maybeLegacy(child) || child.includes("&");
    const defect = textDefect(child);
    if (defect === null || seen.issues.some(({ code }) => code === defect)) continue;
    seen.issues.push(issueOf(defect, element, child.trim()));
  }
}

function decoderOf(metadata: XmlElement): LegacyDecoder | null {
  return legacyDecoder(textsBelow(metadata).map(withoutTransportDamage));
}

function textsBelow(element: XmlElement): readonly string[] {
  return element.children.flatMap((child) => (typeof child === "string" ? child : textsBelow(child)));
}

function decodedOf(text: string, decoder: LegacyDecoder): string {
  const plain = withoutTransportDamage(text);
  const decoded = decoder.decode(plain);
  return decoded === plain ? text : decoded;
}

function decodedCopy(
  element: XmlElement,
  parent: XmlElement | null,
  decode: (text: string, element: XmlElement) => string,
): XmlElement {
  const copy = new XmlElement(element, parent, element.attributes);
  for (const child of element.children) {
    copy.children.push(typeof child === "string" ? decode(child, element) : decodedCopy(child, copy, decode));
  }
  return copy;
}

function issueOf(code: Issue["code"], element: XmlElement, value: string): Issue {
  return { code, severity: "warning", field: null, path: element.path, value: excerpt(value) };
}
