import { repairsOf, type TextRepair } from "../vietnamese/clean-text.ts";
import type { DecodedText } from "./readable-metadata.ts";
import type { SourceNode } from "./source.ts";

/** A text of the source beside what was done to it before it was mapped. */
export interface RepairedText {
  readonly path: string;
  /** As it was found. */
  readonly original: string;
  readonly repairs: readonly (TextRepair | DecodedText["encoding"])[];
}

/** Done before a text is decoded. */
const TRANSPORT: ReadonlySet<TextRepair> = new Set(["entities", "utf8-as-cp1252"]);

/** What was done to the text of a node, in this order, or `null` where it stays as it is. */
export function repairOf({ path, text }: SourceNode, decoded: DecodedText | null): RepairedText | null {
  const original = decoded?.originals.get(text);
  if (decoded === null || original === undefined) {
    const repairs = repairsOf(text);
    return repairs.length === 0 ? null : { path, original: text, repairs };
  }
  const before = repairsOf(original).filter((repair) => TRANSPORT.has(repair));
  return { path, original, repairs: [...before, decoded.encoding, ...repairsOf(text)] };
}
