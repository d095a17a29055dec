import type { MappedField, Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { withoutBrackets, withoutIsbd } from "../marc21/isbd.ts";
import { isPlaceholder } from "../marc21/placeholders.ts";
import { distinct } from "../oai-dc/dublin-core.ts";
import { publicationFields } from "./dates.ts";
import type { UnimarcSource } from "./unimarc-source.ts";

/** 214 with second indicator 0, else 210: each $c with the $a before it. */
export function publishers({ marc }: UnimarcSource, note: Note): MappedField<CommonRecord["publishers"]> {
  const statements = publicationFields(marc);
  for (const field of marc.fields("210", "214")) field.drop(statements.includes(field) ? "befgh" : "abcefgh");
  if (statements.some(({ tag }) => tag === "214")) for (const field of marc.fields("210")) field.drop();
  const all = statements.flatMap((field) => {
    const found: Mapped<CommonRecord["publishers"][number]>[] = [];
    let place: ReturnType<typeof field.first> = null;
    for (const node of field.all("ac")) {
      const text = withoutBrackets(withoutIsbd(node.value));
      if (isPlaceholder(node.value)) note("placeholder", { severity: "info", node });
      else if (node.code === "a") place = node;
      else if (place === null) found.push(mapped({ name: text }, node));
      else found.push(mapped({ name: text, place: withoutBrackets(withoutIsbd(place.value)) }, node, place));
    }
    return found;
  });
  return distinct(all, ({ value }) => `${value.place ?? ""} ${value.name}`);
}
