import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readLanguage } from "../../values.ts";
import { type FieldReader, unique, withValue } from "./field.ts";

/** Codes of the MARC list that name no language: several, none, undetermined; blanks and fill characters (008). */
const NO_LANGUAGE = /^(?:mul|zxx|und|mis|xxx|[\s|#-]*)$/i;
const RUN = /^(?:[a-z]{3}){2,}$/i;

/**
 * The languages of the text itself: 041 $a and $d, else 008/35-37. Codes become ISO 639-3; old records write several codes
 * in one subfield ("vieeng"). What 041 says of summaries, tables and the original ($b $f $h …) is not the item's language.
 */
export const languages: FieldReader<"languages"> = (marc, note) => {
  const nodes = marc.fields("041").flatMap((field) => {
    field.drop("befghijkmnpqrt");
    return withValue(field.all("ad"), note);
  });
  const found = unique(
    nodes.flatMap((node) => languagesOf(node, node.value, note)),
    ({ value }) => value,
  );
  if (found.length > 0) return found;
  const coded = marc.control("008");
  return coded === null ? [] : languagesOf(coded, coded.text.slice(35, 38), note);
};

function languagesOf(node: MarcNode, text: string, note: Note): readonly Mapped<string>[] {
  if (NO_LANGUAGE.test(text)) return [];
  const known = readLanguage(text);
  const codes = known === null && RUN.test(text) ? (text.match(/.{3}/g) ?? []) : [text];
  return codes.flatMap((code) => {
    const language = NO_LANGUAGE.test(code) ? "und" : readLanguage(code);
    if (language === null) note("unmatched-language", { node, value: code });
    return language === null || language === "und" ? [] : [mapped(language, node)];
  });
}
