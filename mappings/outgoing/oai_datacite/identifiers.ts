import type { PublishedRecord } from "../../../src/crosswalk/outgoing.ts";
import { isPrivateAddress } from "../../../src/crosswalk/private-address.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { each, parentElement, textElement } from "../element.ts";
import { sourceIdentifier } from "../record-text.ts";

type Identifier = CommonRecord["alternateIdentifiers"][number];

/** Schemes of ours that are a DataCite relatedIdentifierType under the same name. */
const RELATED_TYPES: ReadonlySet<string> = new Set("ARK DOI Handle ISBN ISSN PURL URL URN".split(" "));
/** DataCite relationType, kernel 4.6. */
const RELATION_TYPES: ReadonlySet<string> = new Set(
  (
    "Cites IsCitedBy Collects IsCollectedBy Compiles IsCompiledBy Continues IsContinuedBy Describes IsDescribedBy Documents" +
    " IsDocumentedBy HasMetadata IsMetadataFor HasPart IsPartOf HasTranslation IsTranslationOf HasVersion IsVersionOf" +
    " IsDerivedFrom IsSourceOf IsIdenticalTo IsNewVersionOf IsPreviousVersionOf IsObsoletedBy Obsoletes IsOriginalFormOf" +
    " IsVariantFormOf IsPublishedIn IsReferencedBy References IsRequiredBy Requires IsReviewedBy Reviews IsSupplementTo" +
    " IsSupplementedBy"
  ).split(" "),
);

/** What our own words for schemes are called where the list is open; the others are names already. */
const ALTERNATE_TYPES: Readonly<Record<string, string>> = { local: "Local", other: "Other", report: "Report number" };

/**
 * `datacite:alternateIdentifiers`: the others of the record, and the one under which its repository serves it. A number with a
 * wrong check digit is not called an ISBN.
 */
export function alternateIdentifiers({ record, source }: PublishedRecord): string {
  const all: readonly Identifier[] = [...record.alternateIdentifiers, sourceIdentifier(source.identifier)];
  const written = all.map(({ value, scheme, invalid }) =>
    isPrivateAddress(value)
      ? ""
      : textElement("datacite:alternateIdentifier", value, {
          alternateIdentifierType: invalid === true ? "Other" : (ALTERNATE_TYPES[scheme] ?? scheme),
        }),
  );
  return parentElement("datacite:alternateIdentifiers", [...new Set(written)].join(""));
}

/**
 * `datacite:relatedIdentifiers`: the relations whose target has an identifier of a kind that DataCite knows, and the ISSN and
 * ISBN of the host.
 */
export function relatedIdentifiers({ relations, host }: CommonRecord): string {
  const related = each(relations, ({ type, target }) => {
    const scheme = target.scheme ?? (/^https?:/i.test(target.value) ? "URL" : "");
    const isKnown = RELATION_TYPES.has(type) && RELATED_TYPES.has(scheme) && !isPrivateAddress(target.value);
    return isKnown ? relatedIdentifier(target.value, scheme, type) : "";
  });
  return parentElement(
    "datacite:relatedIdentifiers",
    related + relatedIdentifier(host?.issn, "ISSN", "IsPartOf") + relatedIdentifier(host?.isbn, "ISBN", "IsPartOf"),
  );
}

function relatedIdentifier(value: string | undefined, scheme: string, relationType: string): string {
  return textElement("datacite:relatedIdentifier", value, { relatedIdentifierType: scheme, relationType });
}
