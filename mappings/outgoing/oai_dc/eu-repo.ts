const COAR_TYPE = "http://purl.org/coar/resource_type/";
const COAR_ACCESS = "http://purl.org/coar/access_right/";
const COAR_VERSION = "http://purl.org/coar/version/";
const SEMANTICS = "info:eu-repo/semantics/";

/** COAR resource types that have a term of their own in the OpenAIRE Guidelines v3; narrower ones take the wider term. */
const TYPES: Readonly<Record<string, string>> = {
  c_7a1f: "bachelorThesis",
  c_bdcc: "masterThesis",
  c_db06: "doctoralThesis",
  c_46ec: "studentThesis",
  c_6501: "article",
  c_2df8fbb1: "article",
  c_dcae04bc: "article",
  c_beb9: "article",
  c_7bab: "article",
  c_b239: "article",
  c_545b: "article",
  c_2f33: "book",
  c_3248: "bookPart",
  c_efa0: "review",
  c_ba08: "review",
  c_c94f: "conferenceObject",
  c_f744: "conferenceObject",
  c_5794: "conferenceObject",
  c_6670: "conferenceObject",
  c_18cp: "conferenceObject",
  c_18co: "conferenceObject",
  "R60J-J5BD": "conferenceObject",
  c_8544: "lecture",
  c_8042: "workingPaper",
  c_816b: "preprint",
  c_93fc: "report",
  c_18ws: "report",
  c_18gh: "report",
  c_186u: "report",
  c_18op: "report",
  c_1162: "annotation",
  c_998f: "contributionToPeriodical",
  "43KC-T6DC": "contributionToPeriodical",
  c_15cd: "patent",
  "9DKX-KSAF": "patent",
  c_ddb1: "dataset",
  c_71bd: "technicalDocumentation",
};

const ACCESS: Readonly<Record<string, string>> = {
  c_abf2: "openAccess",
  c_f1cf: "embargoedAccess",
  c_16ec: "restrictedAccess",
  c_14cb: "closedAccess",
};

const VERSIONS: Readonly<Record<string, string>> = {
  c_b1a7d7d4d402bcce: "draft",
  c_71e4c1898caa6e32: "submittedVersion",
  c_ab4af688f83e57aa: "acceptedVersion",
  c_970fb48d4fbd8a85: "publishedVersion",
  c_e19f295774971610: "updatedVersion",
  c_dc82b40f9837b551: "updatedVersion",
};

/** The publication type of the OpenAIRE Guidelines v3 for a COAR resource type; `other` where there is none. */
export function euRepoType(coarUri: string): string {
  return SEMANTICS + (termOf(TYPES, COAR_TYPE, coarUri) ?? "other");
}

/** The access term of the OpenAIRE Guidelines v3 for a COAR access right, or `null`. */
export function euRepoAccess(coarUri: string): string | null {
  return semantics(termOf(ACCESS, COAR_ACCESS, coarUri));
}

/** The version term of the OpenAIRE Guidelines v3 for a COAR version, or `null`. */
export function euRepoVersion(coarUri: string): string | null {
  return semantics(termOf(VERSIONS, COAR_VERSION, coarUri));
}

function termOf(terms: Readonly<Record<string, string>>, base: string, uri: string): string | null {
  return uri.startsWith(base) ? (terms[uri.slice(base.length)] ?? null) : null;
}

function semantics(term: string | null): string | null {
  return term === null ? null : SEMANTICS + term;
}
