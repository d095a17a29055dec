const COAR_TYPE = "http://purl.org/coar/resource_type/";

interface Concept {
  readonly uri: string;
  readonly label: string;
}

const BROADER = {
  dataset: { uri: `${COAR_TYPE}c_ddb1`, label: "dataset" },
  journalArticle: { uri: `${COAR_TYPE}c_6501`, label: "journal article" },
  conferenceObject: { uri: `${COAR_TYPE}c_c94f`, label: "conference object" },
  other: { uri: `${COAR_TYPE}c_1843`, label: "other" },
  patent: { uri: `${COAR_TYPE}c_15cd`, label: "patent" },
  periodical: { uri: `${COAR_TYPE}c_2659`, label: "periodical" },
  report: { uri: `${COAR_TYPE}c_93fc`, label: "report" },
  review: { uri: `${COAR_TYPE}c_efa0`, label: "review" },
  software: { uri: `${COAR_TYPE}c_5ce6`, label: "software" },
  text: { uri: `${COAR_TYPE}c_18cf`, label: "text" },
} as const;

/**
 * Concepts that COAR has added since its version 1.1, which is what the guidelines and their schema allow: the nearest broader
 * one of 1.1. Its periodical went away later; magazines, newspapers and other periodicals are what it was.
 */
const SINCE_1_1: Readonly<Record<string, Concept>> = {
  ...each("ACF7-8YT9 c_cb28 FXF3-D3G7 AM6W-6QAW 63NG-B465 A8F1-NPV9 2H0M-X761 H41Y-FW7B", BROADER.dataset),
  ...each("DD58-GFSX FF4C-28RK CQMR-7K63 W2XT-7017 NHD0-W6SY", BROADER.dataset),
  ...each("SB3Y-W4EH C53B-JCY5 Z907-YMBB GPQ7-G5VE MW8G-3CR8 9DKX-KSAF", BROADER.patent),
  ...each("c_c950 QH80-2R4E", BROADER.software),
  ...each("R60J-J5BD", BROADER.conferenceObject),
  ...each("c_7acd c_7bab", BROADER.journalArticle),
  ...each("c_2cd9 c_2fe3 QX5C-AR31", BROADER.periodical),
  ...each("c_7877 c_ab20 DX5J-TA9R YZ1N-ZFT9", BROADER.report),
  ...each("D97F-VB57 H9BQ-739P", BROADER.review),
  ...each("43KC-T6DC c_0040 c_6947 c_998f 6NC7-GK9S", BROADER.text),
  ...each("F8RT-TJK0 RMP5-3GQ6 YC9F-HGCF 1YTN-RJZE 542X-3S04 JBNF-DYAD BW7T-YM2G GSZA-Y7V7", BROADER.other),
  ...each("c_e059 S7R1-K5P0 8KJG-QS0Y H6QP-SC1X", BROADER.other),
};

function each(ids: string, concept: Concept): Readonly<Record<string, Concept>> {
  return Object.fromEntries(ids.split(" ").map((id) => [id, concept]));
}

/** The concept of COAR Resource Types 1.1 that stands for a newer one; null where `coarUri` is one of 1.1 itself. */
export function broaderType(coarUri: string): Concept | null {
  return coarUri.startsWith(COAR_TYPE) ? (SINCE_1_1[coarUri.slice(COAR_TYPE.length)] ?? null) : null;
}
