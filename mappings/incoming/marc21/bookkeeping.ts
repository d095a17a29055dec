import type { MarcSource } from "../../../src/crosswalk/marc-source.ts";
import { remembered } from "../../../src/crosswalk/remembered.ts";

/** Codes that repeat what other fields say in words, and numbers of systems. */
const CODED =
  "003 004 005 006 007 008 009 019 025 029 031 032 034 038 039 040 042 044 045 047 048 049 051 052 061 066 070 071 072 074 085";
/** How the record came about, how often a serial appears, what was paid; 541, 561 and 583 name donors and owners. */
const CATALOGUING =
  "037 263 306 310 321 336 337 338 344 345 346 347 348 355 365 366 541 561 563 583 584 588 882 883 884 885 887";
const HOLDINGS = "841 842 843 844 845 850 853 854 855 859 863 864 865 866 867 868 876 877 878 890";
const TAGS: ReadonlySet<string> = new Set(`${CODED} ${CATALOGUING} ${HOLDINGS}`.split(" "));
/**
 * Each library's own: 9XX, 591–599 and tags with letters. 911 and 912 of Libol name the persons who typed and checked the record,
 * 910 and 946 do elsewhere: such names must not even appear among what is left over.
 */
const LOCAL = /^(?:9|59[1-9])|[A-Za-z]/;
const isDropped = remembered((tag) => TAGS.has(tag) || LOCAL.test(tag), { entries: 1_000, longest: 3 });
/** Subfields with digits hold links, sources of terms and numbers of authority records (LoC MARC 21, Appendix A). */
const CONTROL_SUBFIELD = /^\d$/;

/** Counts as read what no reader is meant to see; being dropped does not keep 926, 927, 942 and 952 from being read. */
export function dropBookkeeping(marc: MarcSource): void {
  marc.drop((tag, code) => isDropped(tag) || CONTROL_SUBFIELD.test(code));
}
