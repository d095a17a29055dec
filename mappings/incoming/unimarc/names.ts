import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import type { Mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { readRows } from "../../tables.ts";
import { joinedByStops, withoutIsbd } from "../marc21/isbd.ts";
import { isCreating, relatorIn } from "../marc21/relators.ts";
import { cleanValue, type DcValue } from "../oai-dc/dublin-core.ts";
import { contributorsOf, creatorsOf, type StructuredName } from "../oai-dc/structured-agents.ts";
import type { UnimarcSource } from "./unimarc-source.ts";

/** Personal, corporate and family names: primary, alternative and secondary responsibility. */
const TAGS = ["700", "701", "702", "710", "711", "712", "720", "721", "722"] as const;

let codes: ReadonlyMap<string, string> | null = null;

export function creators(source: UnimarcSource, note: Note): readonly Mapped<CommonRecord["creators"][number]>[] {
  for (const field of source.marc.fields(...TAGS)) {
    for (const node of field.all("4")) if (relatorOfCode(node.value) === null) note("unmatched-role", { node });
  }
  return creatorsOf(source.kept(names), note);
}

export function contributors(
  source: UnimarcSource,
  note: Note,
): readonly Mapped<CommonRecord["contributors"][number]>[] {
  return contributorsOf(source.kept(names), note);
}

function names({ marc }: UnimarcSource): readonly StructuredName[] {
  return marc.fields(...TAGS).flatMap(nameIn);
}

/** 7X0 and 7X1 made the work, 7X2 did something to it, unless the relator says otherwise. */
function nameIn(field: MarcSourceField): readonly StructuredName[] {
  const isBody = field.tag.startsWith("71");
  const [entry, given] = [field.first("a"), isBody ? null : field.first("b")];
  const units = isBody ? field.all("b").map(({ value }) => withoutIsbd(value)) : [];
  const relators = field.all("4").flatMap(({ value }) => relatorOfCode(value) ?? []);
  const identifiers = field.all("o").map((node) => ({ scheme: node.value, value: cleanValue(node, null, null) }));
  const affiliations = field.all("p").map((node) => ({ value: cleanValue(node, null, null), ror: null }));
  field.drop();
  if (entry === null) return [];
  const family = plain(entry.path, withoutIsbd(entry.value));
  const parts = given === null ? null : { family, given: plain(given.path, withoutIsbd(given.value)) };
  const text = parts === null ? joinedByStops([family.text, ...units]) : `${parts.family.text}, ${parts.given.text}`;
  return [
    {
      name: { ...family, text },
      parts,
      nameType: isBody ? "organizational" : null,
      identifiers,
      affiliations,
      relators,
      creator: relators.length === 0 ? !field.tag.endsWith("2") : isCreating(relators),
    },
  ];
}

function plain(path: string, text: string): DcValue {
  return cleanValue({ text, path }, null, null);
}

/** UNIMARC appendix C: three digits; some write the codes of MARC 21. */
function relatorOfCode(text: string): string | null {
  codes ??= new Map(readRows("unimarc-relators").map(({ code = "", relator = "" }) => [code, relator]));
  return codes.get(text) ?? relatorIn(text);
}
