const COAR_TYPE = "http://purl.org/coar/resource_type/";

/** DataCite resourceTypeGeneral by COAR resource type; what is not here goes by its general kind. */
const TYPES: Readonly<Record<string, string>> = {
  "9DKX-KSAF": "Text",
  "H6QP-SC1X": "Other",
  "H9BQ-739P": "PeerReview",
  "R60J-J5BD": "ConferencePaper",
  "RMP5-3GQ6": "Collection",
  "S7R1-K5P0": "PhysicalObject",
  "YC9F-HGCF": "Collection",
  c_0640: "Journal",
  c_12cc: "Image",
  c_12cd: "Image",
  c_12ce: "Audiovisual",
  c_186u: "Report",
  c_18cc: "Sound",
  c_18cd: "Sound",
  c_18co: "ConferencePaper",
  c_18cp: "ConferencePaper",
  c_18gh: "Report",
  c_18op: "Report",
  c_18ws: "Report",
  c_2df8fbb1: "JournalArticle",
  c_2f33: "Book",
  c_3248: "BookChapter",
  c_393c: "Workflow",
  c_46ec: "Dissertation",
  c_545b: "JournalArticle",
  c_5794: "ConferencePaper",
  c_6501: "JournalArticle",
  c_6670: "ConferencePaper",
  c_71bd: "Standard",
  c_7a1f: "Dissertation",
  c_7bab: "JournalArticle",
  c_816b: "Preprint",
  c_8a7e: "Audiovisual",
  c_93fc: "Report",
  c_ab20: "OutputManagementPlan",
  c_b239: "JournalArticle",
  c_bdcc: "Dissertation",
  c_beb9: "DataPaper",
  c_c513: "Image",
  c_db06: "Dissertation",
  c_dcae04bc: "JournalArticle",
  c_e059: "InteractiveResource",
  c_e9a0: "InteractiveResource",
  c_ecc8: "Image",
  c_f744: "ConferenceProceeding",
};
const GENERAL: Readonly<Record<string, string>> = { literature: "Text", dataset: "Dataset", software: "Software" };

/** The resourceTypeGeneral of DataCite kernel 4.6 for a COAR resource type and its general kind. */
export function generalType(coarUri: string, general: string): string {
  const type = coarUri.startsWith(COAR_TYPE) ? TYPES[coarUri.slice(COAR_TYPE.length)] : undefined;
  return type ?? GENERAL[general] ?? "Other";
}
