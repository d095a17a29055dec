import { type Note, type Noted, noted, resultOf } from "../../../src/crosswalk/crosswalk.ts";
import type { MarcNode, MarcSource } from "../../../src/crosswalk/marc-source.ts";
import {
  isThesis,
  levelOfType,
  type ResourceType,
  thesisUri,
  typeRank,
} from "../../../src/crosswalk/resource-types.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readType } from "../../values.ts";
import { codedType } from "./coded-type.ts";
import type { FieldReader } from "./field.ts";
import { withoutIsbd } from "./isbd.ts";
import { thesisStatement } from "./thesis-note.ts";

/**
 * A thesis where 502, 008/24-27 or a word for the kind says so; else the kind that 927 (Libol), 655 or 942 (Koha) names; else
 * what leader, 008 and 336 say in codes. Many Vietnamese exports have the leader of a printed book on everything.
 */
export const resourceType: FieldReader<"resourceType"> = (marc, note) => resultOf(marc.kept(typeOf), note);

/** The type of the record, with the remarks that `resourceType` leaves. */
export function typeOf(marc: MarcSource): Noted<Mapped<ResourceType> | null> {
  return noted((note) => {
    const [said] = [...saidTypes(marc, note)].sort((a, b) => typeRank(b.value) - typeRank(a.value));
    return thesisType(marc, said ?? null) ?? said ?? codedType(marc);
  });
}

/** The kinds that the record names in words. */
function saidTypes(marc: MarcSource, note: Note): readonly Mapped<ResourceType>[] {
  const libol = marc.fields("927").flatMap((field) => field.all("a"));
  const genres = marc.fields("655").flatMap((field) => field.all("a"));
  const koha = marc.fields("942").flatMap((field) => field.all("c"));
  for (const node of libol) if (readType(node.value) === null) note("unmatched-type", { node });
  return [...libol, ...genres, ...koha].flatMap((node) => {
    const type = readType(withoutIsbd(node.value));
    return type === null ? [] : [mapped({ ...type, raw: node.value }, node)];
  });
}

function thesisType(marc: MarcSource, said: Mapped<ResourceType> | null): Mapped<ResourceType> | null {
  const statement = marc.kept(thesisStatement);
  const coded = isCodedThesis(marc) ? [marc.control("008")].filter((node) => node !== null) : [];
  const named = said !== null && isThesis(said.value);
  if (statement === null && coded.length === 0 && !named) return null;
  const level = statement?.level ?? (named ? levelOfType(said.value) : null);
  const from: readonly MarcNode[] = statement?.from ?? [];
  const raw = from[0]?.value ?? (named ? said.value.raw : "008/24-27: m");
  const type = readType(thesisUri(level));
  return type === null ? null : mapped({ ...type, raw }, ...from, ...(named ? said.from : []), ...coded);
}

/** LoC MARC 21 008/24-27 of books: nature of contents `m` is a thesis. */
function isCodedThesis(marc: MarcSource): boolean {
  const isText = /^[at]/.test(marc.leader.text.slice(6, 7)) && !/[bis]/.test(marc.leader.text.slice(7, 8));
  return isText && (marc.control("008")?.text.slice(24, 28).includes("m") ?? false);
}
