import { urlOf } from "../../../src/crosswalk/identifiers.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import type { MarcDataField } from "../../../src/marc/record.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { field } from "./fields.ts";

/** Linking entries by DataCite relationType; every other relation is a 787 that names it in $i. */
const LINKING_ENTRIES: Readonly<Record<string, string>> = {
  HasPart: "774",
  HasTranslation: "767",
  HasVersion: "775",
  IsIdenticalTo: "776",
  IsOriginalFormOf: "776",
  IsPartOf: "773",
  IsTranslationOf: "765",
  IsVariantFormOf: "776",
  IsVersionOf: "775",
};

/** 765 to 787 for the relations of a record. */
export function relationFields({ relations }: CommonRecord): readonly MarcDataField[] {
  return relations.flatMap(({ type, target, label }) => {
    const tag = LINKING_ENTRIES[type] ?? "787";
    return field(tag, "0 ", [
      ["i", tag === "787" ? `${type}:` : null],
      ["t", label],
      [codeOf(target.scheme), target.value],
    ]);
  });
}

function codeOf(scheme: string | undefined): string {
  if (scheme === "ISSN") return "x";
  return scheme === "ISBN" ? "z" : "o";
}

/** 856 for the files, the front door and the identifiers that are addresses; private addresses are not published. */
export function linkFields(record: CommonRecord): readonly MarcDataField[] {
  const { files, landingPage, identifier, alternateIdentifiers } = record;
  const named = [identifier, ...alternateIdentifiers].map((one) => (one === null ? null : urlOf(one)));
  const addresses = new Set([landingPage, ...named].filter((url) => url !== null));
  for (const { url } of files) addresses.delete(url);
  return [
    ...[...addresses].filter((url) => !isPrivateAddress(url)).flatMap((url) => field("856", "40", [["u", url]])),
    ...files
      .filter(({ url }) => !isPrivateAddress(url))
      .flatMap(({ url, mediaType, sizeBytes, label }) =>
        field("856", "40", [
          ["u", url],
          ["q", mediaType],
          ["s", sizeBytes === undefined ? null : `${sizeBytes} bytes`],
          ["y", label],
        ]),
      ),
  ];
}
