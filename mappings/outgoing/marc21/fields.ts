import type { MarcDataField, MarcSubfield } from "../../../src/marc/record.ts";

/** A subfield, or `null` where there is nothing to say. */
export type Part = readonly [code: string, value: string | null | undefined] | null;

/** A data field as a list, empty where none of its subfields has a value. `indicators` are two characters. */
export function field(tag: string, indicators: string, parts: readonly Part[]): readonly MarcDataField[] {
  const subfields: MarcSubfield[] = [];
  for (const part of parts) {
    const value = part?.[1];
    if (part !== null && value !== null && value !== undefined && value !== "")
      subfields.push({ code: part[0], value });
  }
  if (subfields.length === 0) return [];
  return [{ tag, indicator1: indicators[0] ?? " ", indicator2: indicators[1] ?? " ", subfields }];
}

/**
 * Puts ISBD punctuation between the subfields of a description: `marks` tells what stands in front of a code, and it is
 * written at the end of the subfield before, as MARC 21 has it.
 */
export function punctuated(
  fields: readonly MarcDataField[],
  marks: Readonly<Record<string, string>>,
): readonly MarcDataField[] {
  return fields.map((whole) => ({
    ...whole,
    subfields: whole.subfields.map(({ code, value }, index) => {
      const mark = marks[whole.subfields[index + 1]?.code ?? ""];
      return { code, value: mark === undefined ? value : value + mark };
    }),
  }));
}

/** What stays below the 9,999 bytes that ISO 2709 allows a field, indicators and codes included. */
const MAX_NOTE_BYTES = 9_900;

/** A note as one field, or as several where it is longer than ISO 2709 can carry; it is cut at blanks. */
export function note(tag: string, indicators: string, text: string): readonly MarcDataField[] {
  return cutAtBlanks(text).flatMap((part) => field(tag, indicators, [["a", part]]));
}

function cutAtBlanks(text: string): readonly string[] {
  if (text.length * 3 <= MAX_NOTE_BYTES || Buffer.byteLength(text) <= MAX_NOTE_BYTES) return [text];
  const parts: string[] = [];
  let rest = text;
  // a UTF-16 unit is at most three bytes of UTF-8
  const longest = Math.floor(MAX_NOTE_BYTES / 3);
  while (rest.length > longest) {
    const blank = rest.lastIndexOf(" ", longest);
    // where there is no blank, a surrogate pair is not cut in two
    const end = blank > 0 ? blank : longest - (/[\ud800-\udbff]/.test(rest[longest - 1] ?? "") ? 1 : 0);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end).trimStart();
  }
  return [...parts, rest];
}
