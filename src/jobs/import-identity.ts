import { writeMarcXml } from "../marc/marcxml.ts";
import { isDataField, type MarcRecord } from "../marc/record.ts";
import { parseDatestamp } from "../oai/datestamp.ts";
import { rawDigest } from "../record/digest.ts";

/** How a record of a MARC file is known in the store, and how that was found out. */
export interface MarcIdentity {
  readonly identifier: string;
  readonly from: "001" | "035" | "content";
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be found
const UNPRINTABLE = /[\u0000-\u001f\ufffe\uffff]/g;

/**
 * The identifier of a MARC record, the same at every import: `marc:<003>/<001>` (the control number is unique within the
 * system that 003 names, LoC MARC 21 "001"), `marc:<001>` without a 003, `marc:035/<first 035 $a>` without a 001. A
 * record that has neither is known by its content, `marc:sha256/<digest>`: changed, it is another record.
 */
export function marcIdentity(record: MarcRecord): MarcIdentity {
  const controlNumber = controlField(record, "001");
  if (controlNumber !== "") {
    const system = controlField(record, "003");
    return { identifier: `marc:${system === "" ? "" : `${system}/`}${controlNumber}`, from: "001" };
  }
  const systemNumber = firstSystemNumber(record);
  if (systemNumber !== "") return { identifier: `marc:035/${systemNumber}`, from: "035" };
  return { identifier: `marc:sha256/${contentDigest(record)}`, from: "content" };
}

/**
 * The day of the latest transaction (LoC MARC 21 "005"), as a datestamp, or `null`. To the day only: the field has a clock
 * but no time zone.
 */
export function marcDatestamp(record: MarcRecord): string | null {
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(controlField(record, "005")) ?? [];
  const datestamp = `${year}-${month}-${day}`;
  return parseDatestamp(datestamp) === undefined ? null : datestamp;
}

function controlField({ fields }: MarcRecord, tag: string): string {
  for (const field of fields) {
    if (field.tag === tag && !isDataField(field) && field.value.trim() !== "") return legible(field.value);
  }
  return "";
}

function firstSystemNumber({ fields }: MarcRecord): string {
  for (const field of fields) {
    if (field.tag !== "035" || !isDataField(field)) continue;
    const value = field.subfields.find(({ code }) => code === "a")?.value ?? "";
    if (value.trim() !== "") return legible(value);
  }
  return "";
}

/** What neither XML nor PostgreSQL can hold becomes U+FFFD, as it does in the MARCXML. */
function legible(value: string): string {
  return value.trim().toWellFormed().replace(UNPRINTABLE, "\ufffd");
}

/** Lengths and addresses in the leader belong to the file and not to the record (LoC MARC 21 "Leader", 00-04 and 12-16). */
function contentDigest({ leader, fields }: MarcRecord): string {
  const content = { leader: `00000${leader.slice(5, 12)}00000${leader.slice(17)}`, fields };
  return rawDigest(writeMarcXml(content)).toString("hex");
}
