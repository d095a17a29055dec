import type { CommonRecord, StoredRecord } from "../record/common-record.ts";
import { foldKey } from "../vietnamese/fold.ts";
import { readLocalIdentifier } from "./local-identifier.ts";

/** What an item is known again by when its repository calls it by another identifier. */
export type ItemKeyKind = "local" | "handle" | "doi" | "landing-page" | "title-creator-year" | "title" | "creator-year";

/** One of the things by which an item is known again, in a form that can be compared. */
export interface ItemMark {
  readonly kind: ItemKeyKind;
  readonly key: string;
}

type Identifier = NonNullable<CommonRecord["identifier"]>;

/** The local part of an identifier is a handle in most repositories that run DSpace: `123456789/456`. */
const LOCAL_HANDLE = /^\d+(?:\.\d+)*\/\S+$/;

/**
 * Everything by which an item can be known again: the local part of its identifier, its handles and DOIs, its landing
 * page, its title, and who made it when. `repositoryHost` is the host of the base URL. Each mark comes once.
 */
export function itemMarks(repositoryHost: string, identifier: string, record: StoredRecord): readonly ItemMark[] {
  const { local } = readLocalIdentifier(repositoryHost, identifier);
  const identifiers = [record.identifier ?? [], record.alternateIdentifiers ?? []].flat();
  const handles = valuesOf(identifiers, "Handle");
  const title = foldKey(record.titles?.find(({ type }) => type === "main")?.value ?? "");
  const creator = foldKey(record.creators?.[0]?.name ?? "");
  const year = /^\d{4}/.exec(record.issued?.value ?? "")?.[0] ?? "";
  const marks: readonly (ItemMark | null)[] = [
    mark("local", local),
    ...[...handles, ...(LOCAL_HANDLE.test(local) ? [local] : [])].map((value) => mark("handle", value.toLowerCase())),
    ...valuesOf(identifiers, "DOI").map((value) => mark("doi", value.toLowerCase())),
    mark("landing-page", addressOf(record.landingPage ?? "")),
    mark("title-creator-year", title, creator, year),
    mark("title", title),
    mark("creator-year", creator, year),
  ];
  return distinct(marks.flatMap((one) => one ?? []));
}

/** `null` where a part of it is not known. */
function mark(kind: ItemKeyKind, ...parts: readonly string[]): ItemMark | null {
  return parts.includes("") ? null : { kind, key: parts.join("\n") };
}

/** A handle of the prefix that DSpace is delivered with is marked as invalid; within its repository it names one item. */
function valuesOf(identifiers: readonly Identifier[], scheme: "DOI" | "Handle"): readonly string[] {
  return identifiers.flatMap((identifier) => (identifier.scheme === scheme ? [identifier.value] : []));
}

/** One address whether it is asked by http or https, with or without `www.` and a closing slash. */
function addressOf(url: string): string {
  return url.replace(/^https?:\/\/(?:www\.)?/i, "").replace(/\/+$/, "");
}

function distinct(marks: readonly ItemMark[]): readonly ItemMark[] {
  return [...new Map(marks.map((one) => [`${one.kind}\n${one.key}`, one])).values()];
}
