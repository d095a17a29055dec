import { RECORD_FIELDS } from "../record/common-record.ts";
import type { XmlElement } from "../xml/element.ts";
import type { Mapping } from "./apply.ts";

/** Something that was found in records: how often, and the first of it. */
export interface Found {
  readonly name: string;
  readonly records: number;
  readonly example: string;
}

/** How much of records a crosswalk understands, gathered record by record. */
export class Coverage {
  records = 0;
  #texts = 0;
  #unread = 0;
  readonly #fields = new Map<string, number>();
  readonly #left = new Map<string, Found>();
  readonly #unmatched = new Map<string, Found>();

  /** Takes note of a record and of what was made of it. */
  add(metadata: XmlElement, { record, unmapped, issues }: Mapping): void {
    this.records += 1;
    this.#texts += countTexts(metadata);
    this.#unread += unmapped.length;
    for (const field of RECORD_FIELDS) {
      const value = record[field];
      if (value !== null && !(Array.isArray(value) && value.length === 0))
        this.#fields.set(field, (this.#fields.get(field) ?? 0) + 1);
    }
    // in how many records, not how often in one
    const places = new Map(unmapped.map(({ path, value }) => [placeOf(path), value]));
    for (const [place, value] of places) note(this.#left, place, place, value);
    const words = issues.filter(({ code, value }) => code.startsWith("unmatched-") && value !== null);
    for (const { code, value } of new Map(words.map((issue) => [`${issue.code} ${issue.value}`, issue])).values())
      note(this.#unmatched, `${code} ${value}`, code.slice("unmatched-".length), value ?? "");
  }

  /** The part of the source's texts that some field has read, 0 to 1. */
  get share(): number {
    return this.#texts === 0 ? 1 : 1 - this.#unread / this.#texts;
  }

  /** In how many records each field of the common record has a value, in the order of its fields; without those that never do. */
  fields(): readonly (readonly [field: string, records: number])[] {
    return RECORD_FIELDS.flatMap((field) => {
      const records = this.#fields.get(field);
      return records === undefined ? [] : [[field, records] as const];
    });
  }

  /** The places that no field has read, those of most records first. */
  leftOver(): readonly Found[] {
    return sorted(this.#left);
  }

  /** The values that no table knows, by the table, those of most records first. */
  unmatched(): readonly Found[] {
    return sorted(this.#unmatched);
  }
}

/** `/record/metadata/oai_dc:dc/dc:type[2]` and `[1]` are one place. */
function placeOf(path: string): string {
  return path.replace(/\[\d+\]/g, "").replace(/^.*\/record\/metadata(?=\/)/, "");
}

function note(found: Map<string, Found>, key: string, name: string, example: string): void {
  const before = found.get(key);
  found.set(key, { name, records: (before?.records ?? 0) + 1, example: before?.example ?? example });
}

function sorted(found: ReadonlyMap<string, Found>): readonly Found[] {
  return [...found.values()].sort((a, b) => b.records - a.records);
}

/** Texts stand in elements that hold no others. */
function countTexts(element: XmlElement): number {
  if (element.elements.length === 0) return element.text.trim() === "" ? 0 : 1;
  return element.elements.reduce((sum, child) => sum + countTexts(child), 0);
}
