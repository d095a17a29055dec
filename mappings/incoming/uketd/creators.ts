import type { MappedField, Note } from "../../../src/crosswalk/crosswalk.ts";
import { mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import type { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";
import { readAgentIdentifier } from "../oai-dc/structured-agents.ts";

const SIXTEEN_CHARACTERS = /(?:\d[- ]?){15}[\dX]$/i;

/** The author, with the ORCID iD and ISNI of `authoridentifier`: a thesis has one author, so it is theirs. */
export function creators(source: QualifiedDublinCore, note: Note): MappedField<CommonRecord["creators"]> {
  const all = dublinCoreFields.creators(source, note);
  const numbers = source.root.childrenNamed("authoridentifier").flatMap((element) => {
    const { text } = source.read(element);
    const scheme = element.attribute("type") ?? "";
    const identifier = SIXTEEN_CHARACTERS.test(text) ? readAgentIdentifier(scheme, text) : null;
    if (identifier === null && text !== "") note("invalid-orcid", { node: element, value: text });
    return identifier === null ? [] : [{ identifier, element }];
  });
  const [author] = all;
  if (author === undefined || all.length > 1 || numbers.length === 0) return all;
  const identifiers = numbers.map(({ identifier }) => identifier);
  return [mapped({ ...author.value, identifiers }, ...author.from, ...numbers.map(({ element }) => element))];
}
