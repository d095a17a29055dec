import { foldKey } from "../../../src/vietnamese/fold.ts";

/**
 * What cataloguers write where nothing is known, folded: "đang cập nhật", "[k.đ.]" (không địa điểm), "[k.nxb.]", the Latin
 * forms of AACR2 and the long ones of RDA.
 */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  "dang cap nhat",
  "k d",
  "k nxb",
  "knxb",
  "k dia diem",
  "k co",
  "khong co",
  "khong ro",
  "khong xac dinh",
  "khong ghi chu",
  "khong ro noi xuat ban",
  "khong ro nha xuat ban",
  "s l",
  "s n",
  "s d",
  "s l s n",
  "n d",
  "n p",
  "n a",
  "null",
  "unknown",
  "place of publication not identified",
  "publisher not identified",
  "date of publication not identified",
  "editeur inconnu",
  "lieu de publication inconnu",
  "date de publication inconnue",
]);

/** Folding every value would be half of the work: only what begins like one of them is folded. */
const SUSPECT =
  /^[\s[(<]*(?:[đd]ang|k(?:\.|h|nxb| )|s\. ?[lnd]|n\. ?[dp]|n\/a|null|unknown|place|publisher|date|[eé]diteur|lieu)/i;
const MAX_LENGTH = 50;
/** DataCite Metadata Schema, appendix 3: standard values for unknown information. */
const DATACITE = /^\(?:(?:unac|unal|unap|unas|unav|unkn|none|null|tba)\)?$/i;

/** Whether a value stands in place of one: the element was filled because the form asked for it. */
export function isPlaceholder(value: string): boolean {
  if (value.length > MAX_LENGTH) return false;
  if (DATACITE.test(value)) return true;
  if (SUSPECT.test(value)) return PLACEHOLDERS.has(foldKey(value));
  return /^[\s[\](){}.,:;?/=_…*-]*$/u.test(value);
}
