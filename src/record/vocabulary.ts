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

/** Kinds of library by the Library Law 46/2019/QH14, art. 9; `mappings/tables/library-types.tsv` names them. */
export const LIBRARY_TYPES: readonly string[] = [
  "national",
  "public",
  "special",
  "armed-forces",
  "university",
  "school",
  "community-private",
  "foreign",
];

/** The provinces since 1 July 2025 by the codes of the General Statistics Office; `mappings/tables/provinces.tsv` names them. */
// biome-ignore format: a list of numbers
export const PROVINCE_CODES: readonly string[] = [
  "01", "04", "08", "11", "12", "14", "15", "19", "20", "22", "24", "25", "31", "33", "37", "38", "40",
  "42", "44", "46", "48", "51", "52", "56", "66", "68", "75", "79", "80", "82", "86", "91", "92", "96",
];
