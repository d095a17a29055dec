import ISBN from "isbn3";
import type { CommonRecord } from "../record/common-record.ts";

/** An identifier of the common record. */
export type Identifier = NonNullable<CommonRecord["identifier"]>;

const ISBN_TEXT = /(?<![\dX-])(?:97[89][- ]?)?(?:\d[- ]?){9}[\dXx](?![\dX-])/;
const ISSN_TEXT = /(?<![\d-])(\d{4})[-–]?(\d{3}[\dXx])(?![\d-])/;
const ISMN_TEXT = /^(?:979-?0-?|M-?)((?:\d-?){7}\d)-?(\d)$/i;

/**
 * Reads an ISBN where the field says that it is one: "978-604-0-12345-6 (bìa mềm)", "ISBN 0-19-852663-6". The value comes
 * without hyphens, in the length in which it stands; one that is wrong is kept as found with `invalid`.
 */
export function readIsbn(text: string): Identifier {
  const found = ISBN_TEXT.exec(text)?.[0];
  if (found === undefined) return { value: text.trim(), scheme: "ISBN", invalid: true };
  const value = found.replace(/[- ]/g, "").toUpperCase();
  return ISBN.parse(value) === null ? { value, scheme: "ISBN", invalid: true } : { value, scheme: "ISBN" };
}

/** Reads an ISSN where the field says that it is one; the value is `NNNN-NNNC`, a wrong one is kept with `invalid`. */
export function readIssn(text: string): Identifier {
  const match = ISSN_TEXT.exec(text);
  if (match === null) return { value: text.trim(), scheme: "ISSN", invalid: true };
  const value = `${match[1]}-${match[2]?.toUpperCase()}`;
  return hasIssnCheckDigit(value) ? { value, scheme: "ISSN" } : { value, scheme: "ISSN", invalid: true };
}

/** An ISMN (ISO 10957), `979-0-…` or the older `M-…`, or `null` where the text is none. */
export function readIsmn(text: string): Identifier | null {
  const match = ISMN_TEXT.exec(text);
  if (match === null) return null;
  const value = `9790${match[1]?.replaceAll("-", "")}${match[2]}`;
  return hasEanCheckDigit(value) ? { value, scheme: "ISMN" } : { value, scheme: "ISMN", invalid: true };
}

/** Whether the last character of `NNNN-NNNC` is right (ISO 3297 §A): weights 8 to 2, modulo 11, X for ten. */
function hasIssnCheckDigit(issn: string): boolean {
  const digits = [...issn.replace("-", "")];
  const sum = digits.slice(0, 7).reduce((total, digit, index) => total + Number(digit) * (8 - index), 0);
  const check = (11 - (sum % 11)) % 11;
  return digits[7] === (check === 10 ? "X" : String(check));
}

/** Weights 1 and 3 in turn, modulo 10 (ISO/IEC 15420, which ISBN-13 and ISMN follow). */
function hasEanCheckDigit(digits: string): boolean {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}
