import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readThesisNote, type ThesisNote } from "../../../src/crosswalk/thesis-note.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type DcValue, type DublinCore, distinct, langOf, remarkHidden } from "./dublin-core.ts";

type Description = CommonRecord["descriptions"][number];

/** A dc:description and what it is. */
export interface DescribedValue {
  readonly value: DcValue;
  readonly kind: "provenance" | "extent" | "thesisNote" | "toc" | "abstract" | "note" | "text";
  readonly thesis: ThesisNote | null;
}

/** What DSpace writes into dc.description.provenance: who did what, with e-mail addresses. */
const PROVENANCE =
  /^(?:made available in dspace on|submitted by|approved for entry into archive|rejected by|item (?:withdrawn|reinstated|created|moved|was in)|step: \w+ - action:|workflow started|no\. of bitstreams:)/i;
const EXTENT = /^(?:[ivxlc\d]+ ?[,+] ?)?\d{1,4} ?(?:tr|trang|tờ|p|pp|pages|leaves)\.?(?:[ ,;:+(].{0,40})?$/i;
const CONTENTS = /^(?:mục lục|nội dung chính|table of contents|contents)\s*[:.\n]/i;
/** The refinements of dc:description. */
const STATED: readonly DescribedValue["kind"][] = ["provenance", "thesisNote", "toc", "abstract", "note"];
/** Shorter texts are remarks ("Tài liệu tham khảo: tr. 85-90"), not abstracts. */
const MIN_ABSTRACT_LENGTH = 60;
/** A second abstract in another language is about as long as the first one. */
const SECOND_ABSTRACT_SHARE = 0.4;

/** The values of dc:description, each typed by what it says. */
export function readDescriptions(dc: DublinCore): readonly DescribedValue[] {
  return dc
    .values("description")
    .filter(({ text }) => text !== "")
    .map((value) => {
      const thesis = readThesisNote(value.text);
      return { value, kind: statedKind(value.refinement) ?? kindOf(value.text, thesis), thesis };
    });
}

/** The first note that describes a thesis, or `null`. */
export function thesisNoteOf(dc: DublinCore): DescribedValue | null {
  return dc.kept(readDescriptions).find(({ kind }) => kind === "thesisNote") ?? null;
}

/**
 * What a qualified format calls an abstract is one. Where it calls nothing so, the longest text is the abstract, and one of
 * comparable length in another language is one too; the rest are notes.
 */
export function descriptions(dc: DublinCore, note: Note): readonly Mapped<Description>[] {
  const read = dc.kept(readDescriptions);
  const kept = read.filter(({ kind }) => kind !== "provenance" && kind !== "extent");
  remarkHidden(
    kept.map(({ value }) => value),
    note,
  );
  // the address that stands in it must not come back in the remark
  if (read.some(({ kind }) => kind === "provenance")) note("provenance-dropped", { severity: "info" });
  const abstracts = kept.some(({ kind }) => kind === "abstract") ? new Set<DcValue>() : abstractsOf(kept);
  const all = kept.map(({ value, kind }) => {
    const type = kind === "text" ? (abstracts.has(value) ? "abstract" : "note") : kind;
    return mapped({ value: value.text, ...langOf(value), type: type as Description["type"] }, value.node);
  });
  return distinct(all, ({ value }) => value.value);
}

function statedKind(refinement: string | null): DescribedValue["kind"] | null {
  return STATED.find((kind) => kind === refinement) ?? null;
}

function kindOf(text: string, thesis: ThesisNote | null): DescribedValue["kind"] {
  if (PROVENANCE.test(text)) return "provenance";
  if (EXTENT.test(text)) return "extent";
  if (CONTENTS.test(text)) return "toc";
  return thesis === null ? "text" : "thesisNote";
}

function abstractsOf(read: readonly DescribedValue[]): ReadonlySet<DcValue> {
  const texts = read.filter(({ kind, value }) => kind === "text" && value.text.length >= MIN_ABSTRACT_LENGTH);
  const longest = texts.reduce<DescribedValue | null>(
    (best, next) => (best === null || next.value.text.length > best.value.text.length ? next : best),
    null,
  );
  if (longest === null) return new Set();
  if (texts.length === 1) return new Set([longest.value]);
  const lang = langOf(longest.value)?.lang;
  const others = texts.filter(({ value }) => {
    const other = langOf(value)?.lang;
    const comparable = value.text.length >= longest.value.text.length * SECOND_ABSTRACT_SHARE;
    return comparable && lang !== undefined && other !== undefined && other !== lang;
  });
  return new Set([longest.value, ...others.map(({ value }) => value)]);
}
