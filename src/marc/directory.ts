import { UNKNOWN_TAG } from "./sound-record.ts";

/** Where a field stands in the bytes of a record, its terminator left out. */
export interface FieldPlace {
  readonly tag: string;
  readonly start: number;
  readonly end: number;
}

interface DirectoryEntry {
  readonly tag: string;
  readonly length: number;
  readonly start: number;
}

const LEADER_LENGTH = 24;
/** Tag, length of field, starting position (LoC MARC 21, "Directory"). */
const ENTRY_LENGTH = 12;
const ENTRY = /^(.{3})(\d{4})(\d{5})$/s;
const FIELD_TERMINATOR = 0x1e;
const SUBFIELD_DELIMITER = 0x1f;
const RECORD_TERMINATOR = 0x1d;

/**
 * Finds the fields of a record (ISO 2709 §4.4): by its directory where every entry begins behind a terminator and ends
 * with one, and otherwise by the terminators, with the tags in the order of the directory. Bytes that no entry claims are
 * fields with the tag `ZZZ`. Never throws; what is wrong is said in `problems`.
 */
export function findFields(bytes: Uint8Array): { places: readonly FieldPlace[]; problems: readonly string[] } {
  const directoryEnd = endOfDirectory(bytes);
  const dataStart = bytes[directoryEnd] === FIELD_TERMINATOR ? directoryEnd + 1 : directoryEnd;
  const { entries, problems } = readDirectory(bytes, directoryEnd);
  const byDirectory = placesByDirectory(bytes, entries, dataStart);
  if (byDirectory !== null) return { places: byDirectory, problems };
  const pieces = piecesOf(bytes, dataStart);
  const places = placesByOrder(bytes, entries, pieces);
  const wrong = "the directory is wrong: the fields were found by their terminators";
  const surplus = entries.length - pieces.length;
  const missing = surplus > 0 ? [`${surplus} fields of the directory are not in the record`] : [];
  return { places, problems: [...problems, wrong, ...missing] };
}

/** The directory ends at the first field terminator; where the record was cut off inside it, at the end of the bytes. */
function endOfDirectory(bytes: Uint8Array): number {
  const end = bytes.indexOf(FIELD_TERMINATOR, LEADER_LENGTH);
  return end >= 0 ? end : bytes.length;
}

function readDirectory(bytes: Uint8Array, end: number): { entries: DirectoryEntry[]; problems: string[] } {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + LEADER_LENGTH, end - LEADER_LENGTH).toString("latin1");
  const entries: DirectoryEntry[] = [];
  let damaged = text.length % ENTRY_LENGTH !== 0;
  for (let position = 0; position + ENTRY_LENGTH <= text.length; position += ENTRY_LENGTH) {
    const entry = text.slice(position, position + ENTRY_LENGTH);
    const [, tag = entry.slice(0, 3), length = "-1", start = "-1"] = ENTRY.exec(entry) ?? [];
    if (start === "-1") damaged = true;
    entries.push({ tag, length: Number(length), start: Number(start) });
  }
  return { entries, problems: damaged ? ["the directory holds something else than tags, lengths and positions"] : [] };
}

/** `null` where one entry does not fit between two terminators, or where the entries leave a part of the data out. */
function placesByDirectory(
  bytes: Uint8Array,
  entries: readonly DirectoryEntry[],
  dataStart: number,
): readonly FieldPlace[] | null {
  const places: FieldPlace[] = [];
  let claimed = 0;
  for (const { tag, length, start } of entries) {
    const from = dataStart + start;
    const end = from + length - 1;
    if (start < 0 || length < 1 || bytes[end] !== FIELD_TERMINATOR || bytes[from - 1] !== FIELD_TERMINATOR) return null;
    places.push({ tag, start: from, end });
    claimed += length;
  }
  const dataEnd = bytes.at(-1) === RECORD_TERMINATOR ? bytes.length - 1 : bytes.length;
  return claimed === dataEnd - dataStart ? places : null;
}

/** What stands between the terminators; the last piece may lack its own. */
function piecesOf(bytes: Uint8Array, dataStart: number): { readonly start: number; readonly end: number }[] {
  const dataEnd = bytes.at(-1) === RECORD_TERMINATOR ? bytes.length - 1 : bytes.length;
  const pieces: { start: number; end: number }[] = [];
  let start = dataStart;
  while (start < dataEnd) {
    const terminator = bytes.indexOf(FIELD_TERMINATOR, start);
    const end = terminator < 0 ? dataEnd : terminator;
    pieces.push({ start, end });
    start = end + 1;
  }
  return pieces;
}

/**
 * Gives the pieces the tags of the entries in turn. Where there are more pieces than entries, a piece without a subfield
 * delimiter that stands where a data field is due is the rest of the field before: a terminator stood inside its text.
 */
function placesByOrder(
  bytes: Uint8Array,
  entries: readonly DirectoryEntry[],
  pieces: readonly { readonly start: number; readonly end: number }[],
): readonly FieldPlace[] {
  const places: FieldPlace[] = [];
  let surplus = pieces.length - entries.length;
  let next = 0;
  for (const { start, end } of pieces) {
    const tag = entries[next]?.tag ?? UNKNOWN_TAG;
    const before = places.at(-1);
    const isRest = surplus > 0 && before !== undefined && !tag.startsWith("00") && !hasDelimiter(bytes, start, end);
    if (isRest) {
      places[places.length - 1] = { ...before, end };
      surplus -= 1;
    } else {
      places.push({ tag, start, end });
      next += 1;
    }
  }
  return places;
}

function hasDelimiter(bytes: Uint8Array, start: number, end: number): boolean {
  const position = bytes.indexOf(SUBFIELD_DELIMITER, start);
  return position >= 0 && position < end;
}
