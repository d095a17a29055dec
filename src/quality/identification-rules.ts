import { type CommonRecord, mainTitle } from "../record/common-record.ts";
import { kindOf } from "./kinds.ts";
import type { QualityRule } from "./rule.ts";

type Identifier = CommonRecord["alternateIdentifiers"][number];

/** Schemes of a primary identifier (OpenAIRE Guidelines for Literature Repositories v4, Resource Identifier). */
const PERSISTENT: ReadonlySet<string> = new Set(["DOI", "Handle", "ARK", "URN", "PURL", "URL"]);
/** Schemes that a browser can follow, by a resolver or as they are. */
const RESOLVABLE: ReadonlySet<string> = new Set(["DOI", "Handle", "ARK", "PURL", "URL"]);
/** Numbers that carry a check digit or a form that can be checked. */
const CHECKED: ReadonlySet<string> = new Set(["ISBN", "ISSN", "ISMN", "DOI"]);

/** Rules on what names the item: title, date, type, identifiers. */
export const IDENTIFICATION_RULES: readonly QualityRule[] = [
  {
    code: "main-title",
    bit: 0,
    fields: ["titles"],
    severity: "error",
    met: (record) => mainTitle(record) !== null,
    value: mainTitle,
    because: ["title-missing"],
  },
  {
    code: "identifier",
    bit: 1,
    fields: ["identifier"],
    severity: "warning",
    met: ({ identifier }) => identifier !== null && isSound(identifier) && PERSISTENT.has(identifier.scheme),
    value: ({ identifier }) => ownValue(identifier),
    because: ["invalid-identifier", "default-handle-prefix", "private-address", "invalid-url"],
  },
  {
    code: "publication-date",
    bit: 2,
    fields: ["issued"],
    severity: "warning",
    met: ({ issued }) => issued !== null,
    value: ({ issued }) => issued?.raw ?? null,
    because: ["unreadable-date", "system-timestamp"],
  },
  {
    code: "resource-type",
    bit: 3,
    fields: ["resourceType"],
    severity: "warning",
    met: ({ resourceType }) => resourceType !== null,
    value: ({ resourceType }) => resourceType?.raw ?? null,
    because: ["unmatched-type"],
  },
  {
    code: "landing-page",
    bit: 11,
    fields: ["landingPage", "identifier"],
    severity: "warning",
    // what stands on a shelf need not be on the web
    applies: ({ holdings }) => holdings.length === 0,
    met: (record) => record.landingPage !== null || isResolvable(record.identifier),
    value: ({ landingPage, identifier }) => landingPage ?? ownValue(identifier),
    because: ["private-address", "invalid-url", "default-handle-prefix"],
  },
  {
    code: "standard-number",
    bit: 18,
    fields: ["alternateIdentifiers", "host"],
    severity: "info",
    applies: (record) => {
      const kind = kindOf(record);
      return kind === "book" || kind === "serial" || kind === "article";
    },
    met: ({ alternateIdentifiers, host }) =>
      alternateIdentifiers.some(isStandardNumber) || host?.issn !== undefined || host?.isbn !== undefined,
    value: ({ alternateIdentifiers, host }) =>
      alternateIdentifiers.find(isStandardNumber)?.value ?? host?.issn ?? host?.isbn ?? null,
    because: ["invalid-identifier"],
  },
  {
    code: "valid-numbers",
    bit: 19,
    fields: ["alternateIdentifiers"],
    severity: "warning",
    applies: ({ alternateIdentifiers }) => alternateIdentifiers.some(isChecked),
    met: ({ alternateIdentifiers }) => !alternateIdentifiers.some(isWrong),
    value: ({ alternateIdentifiers }) =>
      (alternateIdentifiers.find(isWrong) ?? alternateIdentifiers.find(isChecked))?.value ?? null,
    because: ["invalid-identifier"],
  },
];

/** The handles that DSpace makes as it is installed (123456789/…) are marked as invalid, like numbers with a wrong digit. */
function isSound({ invalid }: Identifier): boolean {
  return invalid !== true;
}

/** The identifier of the header is no value of the metadata: it stands in where they have none. */
function ownValue(identifier: Identifier | null): string | null {
  return identifier === null || identifier.scheme === "OAI" ? null : identifier.value;
}

function isResolvable(identifier: Identifier | null): boolean {
  return identifier !== null && isSound(identifier) && RESOLVABLE.has(identifier.scheme);
}

function isStandardNumber(identifier: Identifier): boolean {
  return isSound(identifier) && identifier.scheme !== "DOI" && CHECKED.has(identifier.scheme);
}

function isChecked({ scheme }: Identifier): boolean {
  return CHECKED.has(scheme);
}

function isWrong(identifier: Identifier): boolean {
  return isChecked(identifier) && !isSound(identifier);
}
