const ORCID = /(?:https?:\/\/)?(?:orcid(?:\.org)?[/: ]*)?(?<!\d)(\d{4}-\d{4}-\d{4}-\d{3}[\dXx])(?![\d-])/i;
/** Names seldom have one, and this tells sooner. */
const MAY_HOLD_ORCID = /\d{4}-\d{4}/;

/** An ORCID iD found in a text: the bare number, the text without it, and whether its check digit is right. */
export interface FoundOrcid {
  readonly value: string;
  readonly valid: boolean;
  readonly rest: string;
}

/** Finds an ORCID iD ("Nguyễn Văn An (https://orcid.org/0000-0002-1825-0097)"), or `null`. */
export function findOrcid(text: string): FoundOrcid | null {
  const match = MAY_HOLD_ORCID.test(text) ? ORCID.exec(text) : null;
  if (match === null) return null;
  const value = (match[1] ?? "").toUpperCase();
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + match[0].length)}`;
  return { value, valid: hasCheckDigit(value), rest: rest.replace(/[([{]\s*[)\]}]/g, "").replace(/[\s,;:]+$/, "") };
}

/** ISO/IEC 7064 MOD 11-2, as ORCID and ISNI use it. */
function hasCheckDigit(orcid: string): boolean {
  const digits = orcid.replaceAll("-", "");
  let total = 0;
  for (const digit of digits.slice(0, 15)) total = (total + Number(digit)) * 2;
  const check = (12 - (total % 11)) % 11;
  return digits[15] === (check === 10 ? "X" : String(check));
}
