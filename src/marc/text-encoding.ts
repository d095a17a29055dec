import { isUtf8 } from "node:buffer";
import { decodeMarc8 } from "./marc8.ts";

const ESCAPE = 0x1b;
const FIRST_BEYOND_ASCII = 0x80;

/** Reads the text of one field, and says of a field what was wrong with it. */
export type ReadText = (bytes: Uint8Array) => { readonly text: string; readonly problem: string | null };

/**
 * Chooses how the text of a record is read, from its bytes and not from its leader: many systems write UTF-8 and leave
 * leader/09 blank, others set `a` over MARC-8. A record is UTF-8 when its bytes are, or when one of its fields holds letters
 * beyond ASCII as valid UTF-8: damaged bytes beside them become U+FFFD. Every other record is MARC-8, if that makes letters of it;
 * else nobody can say what it is, and each byte is a letter, as it stands.
 */
export function textReader(record: Uint8Array, fields: readonly Uint8Array[], declaredUtf8: boolean): ReadText {
  if (isUtf8(record) && (declaredUtf8 || !record.includes(ESCAPE))) return readUtf8;
  const hasUtf8Letters = fields.some((field) => isUtf8(field) && field.some((byte) => byte >= FIRST_BEYOND_ASCII));
  if (hasUtf8Letters) return readDamagedUtf8;
  return isMarc8(fields) ? readMarc8 : readBytes;
}

/** All fields together decide: in one short field chance makes letters of anything. */
function isMarc8(fields: readonly Uint8Array[]): boolean {
  const readings = fields.filter((field) => !isAscii(field)).map(decodeMarc8);
  const sum = (part: "evidence" | "doubt") => readings.reduce((total, reading) => total + reading[part], 0);
  return sum("doubt") <= sum("evidence");
}

function readUtf8(bytes: Uint8Array): { readonly text: string; readonly problem: null } {
  return { text: asBuffer(bytes).toString("utf8"), problem: null };
}

function readDamagedUtf8(bytes: Uint8Array): { readonly text: string; readonly problem: string | null } {
  const problem = isUtf8(bytes) ? null : "UTF-8 with damaged bytes, written as U+FFFD";
  return { text: asBuffer(bytes).toString("utf8"), problem };
}

function readMarc8(bytes: Uint8Array): { readonly text: string; readonly problem: string | null } {
  if (isAscii(bytes)) return readUtf8(bytes);
  const { text, unknown, eastAsian, looseMarks } = decodeMarc8(bytes);
  const problems = [
    unknown > 0 ? "MARC-8 with bytes that are no character, written as U+FFFD" : "",
    eastAsian > 0 ? "Chinese, Japanese or Korean of MARC-8 (EACC), written as U+FFFD" : "",
    looseMarks > 0 ? "MARC-8 with marks that belong to no letter" : "",
  ].filter((problem) => problem !== "");
  return { text, problem: problems.length === 0 ? null : problems.join("; ") };
}

function readBytes(bytes: Uint8Array): { readonly text: string; readonly problem: string | null } {
  const problem = isAscii(bytes) ? null : "neither UTF-8 nor MARC-8, read byte by byte";
  return { text: asBuffer(bytes).toString("latin1"), problem };
}

function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < FIRST_BEYOND_ASCII && byte !== ESCAPE);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
