import type { CommonRecord } from "../../../src/record/common-record.ts";

/** Encoding schemes of DCMI Metadata Terms for subjects; other schemes have none. */
export const SUBJECT_TYPES: Readonly<Record<string, string>> = {
  DDC: "DDC",
  LCC: "LCC",
  LCSH: "LCSH",
  MeSH: "MESH",
  UDC: "UDC",
};

/** Refinements of `date`; a thesis is accepted when it was defended, and a work under embargo available when that ends. */
export const DATES: Readonly<Record<CommonRecord["dates"][number]["type"], string>> = {
  accepted: "dateAccepted",
  available: "available",
  copyrighted: "dateCopyrighted",
  created: "created",
  defended: "dateAccepted",
  embargoEnd: "available",
  submitted: "dateSubmitted",
  updated: "modified",
};

/** Refinements of `relation` by DataCite relationType; every other relation is a plain one. */
export const RELATIONS: Readonly<Record<string, string>> = {
  Cites: "dcterms:references",
  Continues: "dcterms:replaces",
  HasPart: "dcterms:hasPart",
  HasTranslation: "dcterms:hasVersion",
  HasVersion: "dcterms:hasVersion",
  IsCitedBy: "dcterms:isReferencedBy",
  IsContinuedBy: "dcterms:isReplacedBy",
  IsDerivedFrom: "dc:source",
  IsNewVersionOf: "dcterms:isVersionOf",
  IsObsoletedBy: "dcterms:isReplacedBy",
  IsOriginalFormOf: "dcterms:hasFormat",
  IsPartOf: "dcterms:isPartOf",
  IsPreviousVersionOf: "dcterms:hasVersion",
  IsReferencedBy: "dcterms:isReferencedBy",
  IsRequiredBy: "dcterms:isRequiredBy",
  IsTranslationOf: "dcterms:isVersionOf",
  IsVariantFormOf: "dcterms:isFormatOf",
  IsVersionOf: "dcterms:isVersionOf",
  Obsoletes: "dcterms:replaces",
  References: "dcterms:references",
  Requires: "dcterms:requires",
};
