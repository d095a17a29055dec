/** The six requests of OAI-PMH 2.0 §4, in the order in which a harvester usually meets them. */
export const VERBS = [
  "Identify",
  "ListMetadataFormats",
  "ListSets",
  "ListIdentifiers",
  "ListRecords",
  "GetRecord",
] as const;

export type Verb = (typeof VERBS)[number];

/** Tells whether `text` is one of the six verbs; they are case-sensitive (OAI-PMH 2.0 §3.1.1). */
export function isVerb(text: string): text is Verb {
  return (VERBS as readonly string[]).includes(text);
}
