import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { isPlaceholder } from "../marc21/placeholders.ts";
import { type DublinCore, distinct } from "./dublin-core.ts";

type Publisher = CommonRecord["publishers"][number];

/** "Hà Nội : Nxb. Giáo dục": the place stands before the publisher. */
const PLACE_AND_PUBLISHER = /^([^:]{1,40}?)\s*:\s*((?:nxb|nhà xuất bản)(?!\p{L}).*)$/iu;

/** Publishers with their place, where it stands before the name or, alone, in an element of its own. */
export function publishers(dc: DublinCore, note: Note): readonly Mapped<Publisher>[] {
  const values = dc.values("publisher").filter(({ text, node }) => {
    const stands = text !== "" && isPlaceholder(text);
    if (stands) note("placeholder", { severity: "info", node, value: text });
    return text !== "" && !stands;
  });
  const places = values.filter(({ refinement }) => refinement === "place");
  const [place] = places;
  const all = values
    .filter(({ refinement }) => refinement !== "place")
    .map(({ text, node }): Mapped<Publisher> => {
      const [, before, name] = PLACE_AND_PUBLISHER.exec(text) ?? [];
      if (before !== undefined && name !== undefined) return mapped({ name, place: before }, node);
      if (place === undefined || places.length > 1) return mapped({ name: text }, node);
      return mapped({ name: text, place: place.text }, node, place.node);
    });
  return distinct(all, ({ value }) => value.name);
}
