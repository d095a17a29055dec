/** Closed lists of the common record; open vocabularies are tables in `mappings/tables`. */
export const IDENTIFIER_SCHEMES = [
  "DOI",
  "Handle",
  "ARK",
  "URN",
  "PURL",
  "URL",
  "ISBN",
  "ISSN",
  "ISMN",
  "report",
  "local",
  "OAI",
  "other",
] as const;
export const SUBJECT_SCHEMES = ["DDC", "UDC", "LCC", "BBK", "NLM", "LCSH", "MeSH", "local", "keyword"] as const;
export const DATE_TYPES = [
  "available",
  "created",
  "submitted",
  "accepted",
  "defended",
  "copyrighted",
  "updated",
  "embargoEnd",
] as const;
export const THESIS_LEVELS = ["bachelor", "master", "doctoral", "other"] as const;

/** COAR access rights, by URI; the label is COAR's own. */
export const ACCESS_RIGHTS: Readonly<Record<string, string>> = {
  "http://purl.org/coar/access_right/c_abf2": "open access",
  "http://purl.org/coar/access_right/c_f1cf": "embargoed access",
  "http://purl.org/coar/access_right/c_16ec": "restricted access",
  "http://purl.org/coar/access_right/c_14cb": "metadata only access",
};
