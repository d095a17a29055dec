import type { CommonRecord } from "../record/common-record.ts";
import { SearchedText } from "./phrase.ts";
import { type Years, yearsOfDate } from "./years.ts";

/** The texts that words are looked for in; `any` is all that says what the record is about. */
export type TextField = "title" | "subject" | "any" | "agent" | "publisher";

/** A record as conditions look at it. Texts are made ready once, however many conditions ask for them. */
export class RecordFacts {
  readonly record: CommonRecord;
  /** The sets that it is in by what it is. */
  readonly setSpecs: ReadonlySet<string>;
  readonly #texts = new Map<TextField, readonly SearchedText[]>();
  #years: Years | null | undefined;

  constructor(record: CommonRecord, setSpecs: readonly string[]) {
    this.record = record;
    this.setSpecs = new Set(setSpecs);
  }

  /** The years that its date of publication may mean, or `null`. */
  get years(): Years | null {
    const { issued } = this.record;
    if (this.#years === undefined) this.#years = issued === null ? null : yearsOfDate(issued.value);
    return this.#years;
  }

  texts(field: TextField): readonly SearchedText[] {
    const known = this.#texts.get(field) ?? this.#read(field);
    this.#texts.set(field, known);
    return known;
  }

  #read(field: TextField): readonly SearchedText[] {
    // titles and subjects are among them: they are folded once for both
    if (field === "any")
      return [...this.texts("title"), ...this.texts("subject"), ...searched(otherTexts(this.record))];
    const { titles, subjects, creators, contributors, publishers } = this.record;
    if (field === "title") return searched(titles.map(({ value }) => value));
    if (field === "subject") return searched(subjects.map(({ value }) => value));
    if (field === "agent") return searched([...creators, ...contributors].map(({ name }) => name));
    return searched(publishers.map(({ name }) => name));
  }
}

function otherTexts({ descriptions, coverage, host, series, thesis }: CommonRecord): readonly string[] {
  return [
    ...descriptions.map(({ value }) => value),
    ...coverage.map(({ value }) => value),
    ...series.map(({ title }) => title),
    ...[host?.title, thesis?.discipline?.label].filter((text) => text !== undefined),
  ];
}

function searched(texts: readonly string[]): readonly SearchedText[] {
  return texts.map((text) => new SearchedText(text));
}
