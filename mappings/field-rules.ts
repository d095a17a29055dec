import { carriedFields } from "../src/crosswalk/carried.ts";
import type { IncomingCrosswalk } from "../src/crosswalk/crosswalk.ts";
import type { Source } from "../src/crosswalk/source.ts";
import type { CommonRecord } from "../src/record/common-record.ts";
import { DublinCore, PlainDublinCore } from "./incoming/oai-dc/dublin-core.ts";
import { incomingCrosswalks, incomingNamed } from "./index.ts";
import { readRows } from "./tables.ts";

type Field = keyof CommonRecord;

/** What is known of how a crosswalk reads a field without running it. */
export interface FieldRule {
  /** The crosswalk whose rule it is: its own, or the one whose function it shares; `null` = that of the metadata it carries. */
  readonly of: string | null;
  /** Vocabularies in which the field's words are looked up: names of `tables/<name>.tsv`. */
  readonly tables: readonly string[];
}

const NAMES = ["academic-titles", "family-names", "contributor-roles"];

/** Vocabularies by field, whatever the format. */
const TABLES: Readonly<Partial<Record<Field, readonly string[]>>> = {
  titles: ["languages"],
  creators: NAMES,
  contributors: NAMES,
  resourceType: ["resource-types", "coar-resource-types"],
  languages: ["languages"],
  descriptions: ["languages"],
  subjects: ["languages"],
  accessRights: ["access-rights"],
  thesis: ["resource-types"],
};

/** Vocabularies that one format has of its own, by field. */
const TABLES_OF_FORMATS: Readonly<Record<string, Readonly<Partial<Record<Field, readonly string[]>>>>> = {
  marc21: {
    creators: ["marc-relators"],
    contributors: ["marc-relators"],
    coverage: ["marc-geographic-areas"],
    thesis: ["degree-levels"],
  },
  mods: { creators: ["marc-relators"], contributors: ["marc-relators"], coverage: ["marc-geographic-areas"] },
  unimarc: {
    creators: ["unimarc-relators", "marc-relators"],
    contributors: ["unimarc-relators", "marc-relators"],
  },
  datacite: { contributors: ["datacite-contributor-types"] },
};

/** How a crosswalk reads a field: whose function it is, and the vocabularies that this looks its words up in. */
export function fieldRule(crosswalk: IncomingCrosswalk, field: Field): FieldRule {
  const read = crosswalk.fields[field];
  if (read === carriedFields[field]) return { of: null, tables: [] };
  // most formats are Dublin Core that says more
  const owners = [incomingNamed("oai-dc"), ...incomingCrosswalks].filter((other) => other?.fields[field] === read);
  const of = owners[0]?.id ?? crosswalk.id;
  return { of, tables: [...(TABLES[field] ?? []), ...(TABLES_OF_FORMATS[of]?.[field] ?? [])] };
}

/**
 * What the names of a richer format than Dublin Core were taken to mean, by place: `/thesis/degree/level` → `thesis, level`, a row of
 * `tables/dublin-core-terms.tsv` or of the format's own. Empty for formats that are not read as Dublin Core.
 */
export function meaningsIn(source: Source): ReadonlyMap<string, string> {
  if (!(source instanceof DublinCore) || source instanceof PlainDublinCore) return new Map();
  const elements = new Set(readRows("dublin-core-terms").map(({ element = "" }) => element));
  return new Map(
    [...elements].flatMap((element) =>
      source.values(element).map(({ node, refinement }) => {
        return [node.path, refinement === null ? element : `${element}, ${refinement}`] as const;
      }),
    ),
  );
}
