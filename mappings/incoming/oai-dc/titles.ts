import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { type DcValue, type DublinCore, distinct, langOf, remarkHidden } from "./dublin-core.ts";

type Title = CommonRecord["titles"][number];

/** Refinements of dc:title with the type of title they mean. */
const TYPES: Readonly<Record<string, Title["type"]>> = {
  alternative: "alternative",
  translated: "translated",
  subtitle: "subtitle",
};

/** The first title is the main one, of a qualified format the first that is not called otherwise. */
export function titles(dc: DublinCore, note: Note): readonly Mapped<Title>[] {
  const values = dc.values("title").filter(({ text }) => text !== "");
  remarkHidden(values, note);
  const main = mainValue(values);
  const others = values.filter((value) => value !== main);
  return distinct(main === null ? [] : [main, ...others], ({ text }) => text).map((value) =>
    mapped({ value: value.text, ...langOf(value), type: value === main ? "main" : typeOf(value) }, value.node),
  );
}

/** The value that is the main title; where all are called something else, the first of them is. */
function mainValue(values: readonly DcValue[]): DcValue | null {
  return values.find(({ refinement }) => refinement === null) ?? values[0] ?? null;
}

function typeOf({ refinement }: DcValue): Title["type"] {
  return TYPES[refinement ?? ""] ?? "alternative";
}
