import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { readDdc } from "../../../src/crosswalk/ddc.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { SUBJECT_SCHEMES } from "../../../src/record/vocabulary.ts";
import { readLangTag } from "../../values.ts";
import { type DcValue, type DublinCore, distinct } from "./dublin-core.ts";

type Subject = CommonRecord["subjects"][number];

/** Several keywords in one element are divided by semicolons; class numbers are typed, call numbers go to the holdings. */
export function subjects(dc: DublinCore, note: Note): readonly Mapped<Subject>[] {
  const all = dc.values("subject").flatMap((value) =>
    value.text
      .split(/\s*;\s*/)
      .filter((part) => part !== "")
      .map((part) => mapped(subjectOf(part, value, note), value.node)),
  );
  return distinct(all, ({ value }) => `${value.scheme} ${value.value}`);
}

function subjectOf(part: string, { lang, refinement, uri, node }: DcValue, note: Note): Subject {
  const ddc = refinement === null || refinement === "DDC" ? readDdc(part) : null;
  const concept = uri === undefined ? {} : { uri };
  if (ddc !== null) return { value: ddc.number, scheme: "DDC", ...concept };
  if (refinement === "DDC") note("invalid-classification", { node, value: part });
  const tag = readLangTag(lang);
  const scheme = refinement === "DDC" ? "local" : SUBJECT_SCHEMES.find((known) => known === refinement);
  return { value: part, ...(tag === null ? {} : { lang: tag }), scheme: scheme ?? "keyword", ...concept };
}

/** Call numbers: behind a Dewey number in dc:subject, or in an element of their own. */
export function holdings(dc: DublinCore): readonly Mapped<CommonRecord["holdings"][number]>[] {
  const own = dc.values("holding").map(({ text, node }) => mapped({ callNumber: text }, node));
  const all = dc.values("subject").flatMap(({ text, node }) => {
    const callNumber = readDdc(text)?.callNumber ?? null;
    return callNumber === null ? [] : [mapped({ callNumber }, node)];
  });
  return distinct([...own, ...all], ({ value }) => value.callNumber);
}
