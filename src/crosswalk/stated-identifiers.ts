import { readIdentifier } from "./identifiers.ts";
import { type Identifier, readIsbn, readIsmn, readIssn } from "./standard-numbers.ts";

/** How an identifier is read whose scheme the record states; schemes in lower case, without hyphens and blanks. */
const READERS: Readonly<Record<string, (text: string) => Identifier>> = {
  doi: (text) => introduced(text, "DOI", "doi:"),
  handle: (text) => introduced(text, "Handle", "hdl:"),
  hdl: (text) => introduced(text, "Handle", "hdl:"),
  isbn: readIsbn,
  issn: readIssn,
  eissn: readIssn,
  lissn: readIssn,
  ismn: (text) => readIsmn(text) ?? { value: text, scheme: "ISMN", invalid: true },
  report: (text) => ({ value: text, scheme: "report" }),
  reportnumber: (text) => ({ value: text, scheme: "report" }),
  technicalreport: (text) => ({ value: text, scheme: "report" }),
  local: (text) => ({ value: text, scheme: "local" }),
  other: (text) => ({ value: text, scheme: "other" }),
  oai: (text) => ({ value: text, scheme: "OAI" }),
};

/**
 * Reads an identifier whose scheme the record states ("DOI", "e-ISSN", "hdl"). A scheme that is not known says nothing: then the
 * text tells (`readIdentifier`). `text` is expected to be clean.
 */
export function readStatedIdentifier(text: string, scheme: string): Identifier {
  const read = READERS[scheme.toLowerCase().replace(/[-_ ]/g, "")];
  return read === undefined ? readIdentifier(text) : read(text);
}

/** A DOI or a handle as it stands, as the address of a resolver, or bare: whichever the reader of identifiers knows. */
function introduced(text: string, scheme: Identifier["scheme"], introduction: string): Identifier {
  const read = readIdentifier(text);
  return read.scheme === scheme || /^https?:/i.test(text) ? read : readIdentifier(`${introduction}${text}`);
}
