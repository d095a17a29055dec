import { isDataField, type MarcRecord } from "../../src/marc/record.ts";
import { linesOf } from "../support/lines.ts";

/** A way in which our output may differ from that of others, by rule; `test/fixtures/mappings/*-deviations.tsv` lists them. */
export interface Deviation {
  readonly element: string;
  /** Who has the value: `LoC`, `ours`, or `longer` where both have it and one begins like the other. */
  readonly side: string;
  /** What the value looks like; anything where it is empty. `=`: each of its words stands in the fields of `source`. */
  readonly value: RegExp | "=";
  /** A field of the MARC record, written as a line, that must be there. */
  readonly source: RegExp;
  readonly reason: string;
}

/** An element and its text. */
export type Value = readonly [element: string, text: string];

/** Reads a list of deviations: a header line, five columns, regular expressions without slashes. */
export function readDeviations(file: string): readonly Deviation[] {
  return linesOf(file)
    .slice(1)
    .map((line) => {
      const [element = "", side = "", value = "", source = "", reason = ""] = line.split("\t");
      return {
        element,
        side,
        value: value === "=" ? value : new RegExp(value, "u"),
        source: new RegExp(source, "u"),
        reason,
      };
    });
}

/** Letters and digits alone: punctuation, blanks, capitals and composition are not compared. */
export function lettersOf(text: string): string {
  return text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** The differences that no deviation explains; those that explained one are added to `used`. */
export function unexplained(
  marc: MarcRecord,
  theirs: readonly Value[],
  ours: readonly Value[],
  deviations: readonly Deviation[],
  used: Set<Deviation>,
): readonly string[] {
  const lines = marcLines(marc);
  const missing = lacking(theirs, ours);
  const added = lacking(ours, theirs);
  const explained = (side: string, [element, text]: Value, others: readonly Value[]): boolean => {
    const found = deviations.find((deviation) => {
      if (deviation.element !== element || !fits(deviation, text, lines)) return false;
      if (deviation.side === side) return true;
      return deviation.side === "longer" && others.some((other) => other[0] === element && beginAlike(other[1], text));
    });
    if (found !== undefined) used.add(found);
    return found !== undefined;
  };
  return [
    ...missing.filter((value) => !explained("LoC", value, added)).map(([element, text]) => `LoC ${element}: ${text}`),
    ...added.filter((value) => !explained("ours", value, missing)).map(([element, text]) => `ours ${element}: ${text}`),
  ];
}

function fits({ value, source }: Deviation, text: string, lines: readonly string[]): boolean {
  const fields = lines.filter((line) => source.test(line));
  if (value !== "=") return fields.length > 0 && value.test(text);
  const words = new Set(fields.flatMap(wordsOf));
  return wordsOf(text).every((word) => words.has(word));
}

/** The words of a text in lower case, composed. */
export function wordsOf(text: string): readonly string[] {
  return (
    text
      .normalize("NFC")
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  );
}

/** The values of `some` that the others do not have. */
function lacking(some: readonly Value[], others: readonly Value[]): readonly Value[] {
  const had = new Set(others.map(([element, text]) => `${element} ${lettersOf(text)}`));
  return some.filter(([element, text]) => !had.has(`${element} ${lettersOf(text)}`));
}

function beginAlike(one: string, other: string): boolean {
  const [first, second] = [lettersOf(one), lettersOf(other)];
  return first.startsWith(second) || second.startsWith(first);
}

/** A record as lines: `245 10 $a … $b …`, `008 …`. */
function marcLines({ leader, fields }: MarcRecord): readonly string[] {
  const lines = fields.map((field) => {
    if (!isDataField(field)) return `${field.tag} ${field.value}`;
    const subfields = field.subfields.map(({ code, value }) => `$${code} ${value.replace(/\s+/g, " ")}`);
    return `${field.tag} ${field.indicator1}${field.indicator2} ${subfields.join(" ")}`;
  });
  return [`LDR ${leader}`, ...lines];
}
