import { isUtf8 } from "node:buffer";

const ESCAPE = 0x1b;
const FIRST_BEYOND_ASCII = 0x80;

/** Reads the text of one field, and says of a field what was wrong with it. */
export type ReadText = (bytes: Uint8Array) => { readonly text: string; readonly problem: string | null };

/**
 * Chooses how the text of a record is read, from its bytes and not from its leader: many systems write UTF-8 and leave
 * leader/09 blank, others set `a` over MARC-8. A record is UTF-8 when its bytes are, or when one of its fields holds letters
 * beyond ASCII as valid UTF-8: damaged bytes beside them become U+FFFD. Every other record is MARC-8.
 */
export function textReader(record: Uint8Array, fields: readonly Uint8Array[], declaredUtf8: boolean): ReadText {
  if (isUtf8(record) && (declaredUtf8 || !record.includes(ESCAPE))) return readUtf8;
  const hasUtf8Letters = fields.some((field) => isUtf8(field) && field.some((byte) => byte >= FIRST_BEYOND_ASCII));
  return hasUtf8Letters ? readDamagedUtf8 : readMarc8;
}

function readUtf8(bytes: Uint8Array): { readonly text: string; readonly problem: null } {
  return { text: asBuffer(bytes).toString("utf8"), problem: null };
}

function readDamagedUtf8(bytes: Uint8Array): { readonly text: string; readonly problem: string | null } {
  const problem = isUtf8(bytes) ? null : "UTF-8 with damaged bytes, written as U+FFFD";
  return { text: asBuffer(bytes).toString("utf8"), problem };
}

/** The one place for a decoder of MARC-8 (LoC MARC 21, "Character Sets"): until there is one, each byte is a letter. */
function readMarc8(bytes: Uint8Array): { readonly text: string; readonly problem: string | null } {
  const isAscii = bytes.every((byte) => byte < FIRST_BEYOND_ASCII && byte !== ESCAPE);
  return { text: asBuffer(bytes).toString("latin1"), problem: isAscii ? null : "MARC-8 text, read byte by byte" };
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
