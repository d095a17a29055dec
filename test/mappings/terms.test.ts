import { describe, expect, test } from "vitest";
import { readRows } from "../../mappings/tables.ts";
import { DATE_TYPES, SUBJECT_SCHEMES } from "../../src/record/vocabulary.ts";

/** What the functions of Dublin Core ask for, and `-` for what nobody is to see. */
const ELEMENTS = new Set(
  "- title creator contributor publisher date type language description subject identifier source relation coverage rights format audience edition holding host funding thesis file".split(
    " ",
  ),
);
/** The refinements of an element; elements that are not named have none. */
const REFINEMENTS: Readonly<Record<string, readonly string[]>> = {
  title: ["alternative", "translated", "subtitle"],
  publisher: ["place"],
  date: ["issued", ...DATE_TYPES],
  type: ["version"],
  description: ["abstract", "toc", "note", "thesisNote", "provenance"],
  subject: SUBJECT_SCHEMES,
  identifier: ["DOI", "Handle", "ISBN", "ISSN", "ISMN", "report", "local", "other", "OAI", "citation"],
  coverage: ["spatial", "temporal"],
  format: ["extent"],
  host: ["title", "issn", "isbn", "volume", "issue", "startPage", "endPage"],
  funding: ["funderName", "awardNumber", "awardTitle"],
  thesis: ["degreeName", "level", "discipline", "grantor", "department"],
};
/** DataCite Metadata Schema 4.4 §12.b, relationType, as far as our formats have words for them; `series` is ours. */
const RELATIONS =
  "series Other IsPartOf HasPart IsVersionOf HasVersion IsVariantFormOf IsOriginalFormOf IsReferencedBy References IsObsoletedBy Obsoletes Requires IsRequiredBy IsDerivedFrom IsDescribedBy Continues IsContinuedBy Reviews".split(
    " ",
  );
/** DataCite Metadata Schema 4.4 §7.a. */
const CONTRIBUTOR_TYPES =
  "ContactPerson DataCollector DataCurator DataManager Distributor Editor HostingInstitution Producer ProjectLeader ProjectManager ProjectMember RegistrationAgency RegistrationAuthority RelatedPerson Researcher ResearchGroup RightsHolder Sponsor Supervisor WorkPackageLeader Other".split(
    " ",
  );
const relators = new Set(readRows("marc-relators").map(({ code }) => code));

describe("dublin-core-terms", () => {
  const rows = readRows("dublin-core-terms");

  test("has no term twice, in whatever case", () => {
    const terms = rows.map(({ term = "" }) => term.toLowerCase());
    expect(terms.filter((term, index) => terms.indexOf(term) !== index)).toEqual([]);
    expect(terms).not.toContain("");
  });

  test("means elements and refinements that the fields read", () => {
    const unread = rows.filter(({ element = "", refinement = "" }) => !isRead(element, refinement));
    expect(unread).toEqual([]);
  });
});

test("UNIMARC fields mean elements and refinements that the fields read, or take the scheme of their $2", () => {
  const rows = readRows("unimarc-fields");
  expect(rows.length).toBeGreaterThan(50);
  for (const row of rows) {
    const { tag, how, element = "", refinement = "" } = row;
    expect(tag).toMatch(/^\d{3}$/);
    expect(["each", "join", "heading"]).toContain(how);
    const known = isRead(element, refinement) || (element === "subject" && refinement === "scheme");
    expect([row, known]).toEqual([row, true]);
  }
});

test.each(["unimarc-relators", "datacite-contributor-types"])("%s names relators of the MARC list", (name) => {
  expect(readRows(name).filter(({ relator }) => !relators.has(relator))).toEqual([]);
});

test("every contributor type of DataCite has a relator", () => {
  const types = readRows("datacite-contributor-types").map(({ type }) => type);
  expect(types).toEqual(expect.arrayContaining(CONTRIBUTOR_TYPES));
});

function isRead(element: string, refinement: string): boolean {
  if (!ELEMENTS.has(element)) return false;
  if (refinement === "") return true;
  if (element === "contributor") return relators.has(refinement);
  if (element === "relation") return RELATIONS.includes(refinement);
  return REFINEMENTS[element]?.includes(refinement) ?? false;
}
