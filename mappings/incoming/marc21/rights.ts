import type { AccessReading } from "../../../src/crosswalk/access-rights.ts";
import { parseDate } from "../../../src/crosswalk/dates.ts";
import { readLicense } from "../../../src/crosswalk/license.ts";
import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readAccess } from "../../values.ts";
import { type FieldReader, unique, withValue } from "./field.ts";
import { withoutIsbd } from "./isbd.ts";

const COAR = "http://purl.org/coar/access_right/";
const OPEN = `${COAR}c_abf2`;
const RESTRICTED = `${COAR}c_16ec`;

/** "Standardized Terminology for Access Restriction" (506 $f with $2 star). */
const STAR: Readonly<Record<string, string>> = {
  "no online access": RESTRICTED,
  "online access with authorization": RESTRICTED,
  "restricted online access": RESTRICTED,
  "unrestricted online access": OPEN,
};

/** 506 by its words, its standard terms and its first indicator; then 540; then Libol's level of secrecy (926). */
export const accessRights: FieldReader<"accessRights"> = (marc, note) => {
  for (const field of marc.fields("506", "540")) {
    for (const node of field.all("fau")) {
      const reading = readStatement(node);
      if (reading?.secret === true) note("marked-secret", { severity: "error", node });
      if (reading !== null) return mapped(reading.accessRights, node);
    }
    const told = byIndicator(field);
    if (told !== null) return told;
    const [unmatched] = field.tag === "506" ? field.all("a") : [];
    if (unmatched !== undefined) note("unmatched-access-rights", { node: unmatched });
  }
  return libolSecrecy(marc);
};

function readStatement(node: MarcNode): AccessReading | null {
  const text = withoutIsbd(node.value);
  const star = STAR[text.toLowerCase()];
  const reading = readAccess(star ?? text);
  return reading === null ? null : { ...reading, accessRights: { ...reading.accessRights, raw: node.value } };
}

/** LoC MARC 21 506, first indicator: 0 no restrictions, 1 restrictions apply. */
function byIndicator(field: MarcSourceField): ReturnType<FieldReader<"accessRights">> {
  if (field.tag !== "506" || !"01".includes(field.indicator1)) return null;
  const reading = readAccess(field.indicator1 === "0" ? OPEN : RESTRICTED);
  const [node] = field.all("a");
  const raw = node?.value ?? `506 ind1=${field.indicator1}`;
  return reading === null ? null : mapped({ ...reading.accessRights, raw }, ...(node === undefined ? [] : [node]));
}

/** 926 $a of Libol: 0 is for everybody, any higher number for some. */
function libolSecrecy(marc: MarcSource): ReturnType<FieldReader<"accessRights">> {
  const node = marc.fields("926")[0]?.first("a") ?? null;
  if (node === null || !/^[1-9]\d?$/.test(node.value)) return null;
  const reading = readAccess(RESTRICTED);
  return reading === null ? null : mapped({ ...reading.accessRights, raw: node.value }, node);
}

/** 506 $g, the date from which the item is available, or the end that the statement names. */
export const embargoEnd: FieldReader<"embargoEnd"> = (marc) => {
  for (const field of marc.fields("506")) {
    for (const node of field.all("ga")) {
      const end = node.code === "g" ? parseDate(node.value)?.value : readStatement(node)?.embargoEnd;
      if (end != null) return mapped(end, node);
    }
  }
  return null;
};

/** 540 and 542: the address or the name of a licence. */
export const license: FieldReader<"license"> = (marc) => {
  for (const node of rightsNodes(marc)) {
    const found = readLicense(withoutIsbd(node.value));
    if (found !== null) return mapped(found, node);
  }
  return null;
};

/** What 540 and 542 say beside the licence, and 506 where its words are in no vocabulary. */
export const rightsNotes: FieldReader<"rightsNotes"> = (marc, note) => {
  const unread = marc.fields("506").flatMap((field) => field.all("a").filter((node) => readStatement(node) === null));
  const chosen = license(marc, note)?.value.uri ?? null;
  const notes = withValue([...unread, ...rightsNodes(marc)], note).filter((node) => isNote(node, chosen));
  marc.fields("506", "540", "542").forEach((field) => {
    field.drop();
  });
  return unique(notes.map(toNote), ({ value }) => value);
};

function rightsNodes(marc: MarcSource): readonly MarcNode[] {
  return marc.fields("540", "542").flatMap((field) => field.all(field.tag === "540" ? "afu" : "fu"));
}

/** The licence itself is no note, but a second one is, and a sentence that says more than its address. */
function isNote(node: MarcNode, chosen: string | null): boolean {
  if (readStatement(node) !== null) return false;
  const read = readLicense(withoutIsbd(node.value));
  return read === null || read.uri !== chosen || /\shttps?:\/\/|https?:\/\/\S+\s/i.test(node.value);
}

function toNote(node: MarcNode): Mapped<string> {
  return mapped(node.value, node);
}
