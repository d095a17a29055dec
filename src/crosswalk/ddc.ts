/** A Dewey number, and the whole call number where a cutter stands behind it. */
export interface DdcReading {
  readonly number: string;
  /** `null` where there is the number alone. */
  readonly callNumber: string | null;
}

/** Most subjects are words. */
const CLASS = /\d{3}/;
const URI = /^info:eu-repo\/classification\/ddc\/(\d{3}(?:\.\d+)?)$/i;
const INTRODUCED = /^(?:ddc|dewey)[ :.-]*(?:\d{2}\s*[:-]\s*)?(\d{3}(?:\.\d+)?)$/i;
const NUMBER = /^(\d{3}(?:\.\d+)?)$/;
/** A cutter of Vietnamese libraries: "L504L", "Đ 123 K", "NG527A"; divided from the number by a blank or a slash. */
const WITH_CUTTER = /^(\d{3}(?:\.\d+)?)(?: ?\/ ?| )((?:[A-ZĐ]{1,3}|Đ) ?\d{1,4}(?: ?[A-ZĐ]{1,3})?)$/;

/** Reads a Dewey number out of a subject ("005.133", "DDC: 636.08", "342.597 L504L"), or `null`; four digits are a year. */
export function readDdc(text: string): DdcReading | null {
  if (!CLASS.test(text)) return null;
  const plain = (URI.exec(text) ?? INTRODUCED.exec(text) ?? NUMBER.exec(text))?.[1];
  if (plain !== undefined) return { number: plain, callNumber: null };
  const number = WITH_CUTTER.exec(text)?.[1];
  return number === undefined ? null : { number, callNumber: text };
}
