import type { OaiSet, SetDescription, WrittenText } from "../src/oai/types.ts";
import { readRows } from "./tables.ts";

/** As `feedSetNamed` writes both languages into one name. */
const BOTH = /^(.+) \/ (.+)$/;
const REPOSITORY = "inst";

/**
 * What is in a set of the feed, in Vietnamese and English, where that is more than its name says; otherwise `null`. `source` is the
 * address of the repository, if the set is that of one and others may know it.
 */
export function feedSetDescribed({ setSpec, setName }: OaiSet, source: string | null): SetDescription | null {
  const [kind = ""] = setSpec.split(":");
  const row = textsBySet().get(setSpec) ?? textsBySet().get(`${kind}:*`);
  if (row === undefined || (kind === REPOSITORY && source === null)) return null;
  return { titles: titlesOf(kind, setName), texts: row, source };
}

/** A repository's name is its own, whatever stands in it. */
function titlesOf(kind: string, setName: string): readonly WrittenText[] {
  const [, vi, en] = BOTH.exec(kind === REPOSITORY ? "" : setName) ?? [];
  return vi === undefined || en === undefined ? [{ language: null, value: setName }] : inBoth(vi, en);
}

function inBoth(vi: string, en: string): readonly WrittenText[] {
  return [
    { language: "vi", value: vi },
    { language: "en", value: en },
  ];
}

let textsRead: ReadonlyMap<string, readonly WrittenText[]> | null = null;

/** By setSpec, or by `<kind>:*` for all sets of a kind. */
function textsBySet(): ReadonlyMap<string, readonly WrittenText[]> {
  textsRead ??= new Map(
    readRows("set-descriptions").map(({ set_spec = "", vi = "", en = "" }) => [set_spec, inBoth(vi, en)]),
  );
  return textsRead;
}
