import { findFields } from "./directory.ts";
import { MarcError } from "./errors.ts";
import { isDataField, type MarcField, type MarcRecord, type MarcSubfield } from "./record.ts";
import { soundRecord } from "./sound-record.ts";
import { textReader } from "./text-encoding.ts";

const RECORD_TERMINATOR = 0x1d;
/** Ten times the longest damaged record met so far; a file that is no MARC at all must not fill the memory. */
const MAX_RECORD_BYTES = 16 * 1024 * 1024;
const BLANK = 0x20;
/** Line ends, tabs, NUL and the DOS end-of-file mark: what tools put between records. */
const BETWEEN_RECORDS: ReadonlySet<number> = new Set([0x00, 0x09, 0x0a, 0x0d, 0x1a]);
const LEADER_LENGTH = 24;
const DELIMITER = "\x1f";
/** ISO 2709 §4.4: four digits for the length of a field, five for that of a record. */
const MAX_FIELD_BYTES = 9_999;
const MAX_LENGTH = 99_999;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that end subfields, fields and records
const STRUCTURE = /[\x1d-\x1f]/g;

/**
 * Cuts a stream into records, each with its terminator (ISO 2709 §4.6). Lengths in leaders lie, terminators do not; white
 * space between records is skipped, and a last record without a terminator is yielded as it is. Throws `MarcError` where
 * 16 MB hold no terminator.
 */
export async function* iso2709Records(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  let rest: Uint8Array[] = [];
  let restLength = 0;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(RECORD_TERMINATOR); end >= 0; end = chunk.indexOf(RECORD_TERMINATOR, from)) {
      yield withoutLeadingSpace(joined([...rest, chunk.subarray(from, end + 1)]));
      rest = [];
      restLength = 0;
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
    restLength += chunk.length - from;
    if (restLength > MAX_RECORD_BYTES) throw new MarcError(`no record terminator in ${MAX_RECORD_BYTES} bytes`);
  }
  const last = withoutLeadingSpace(joined(rest));
  if (last.some((byte) => byte !== BLANK && !BETWEEN_RECORDS.has(byte))) yield last;
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined ? only : Buffer.concat(pieces);
}

/** A leader may begin with blanks where its length was left out: blanks go only where a digit follows them. */
function withoutLeadingSpace(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (BETWEEN_RECORDS.has(bytes[start] ?? -1)) start += 1;
  let digit = start;
  while (bytes[digit] === BLANK || BETWEEN_RECORDS.has(bytes[digit] ?? -1)) digit += 1;
  const first = bytes[digit] ?? 0;
  return bytes.subarray(first >= 0x30 && first <= 0x39 ? digit : start);
}

/**
 * Reads one record of ISO 2709, with or without its terminator. What is damaged is read as far as it goes and named in
 * `problems`, in English; text is UTF-8 wherever the bytes are, whatever leader/09 says. Throws `MarcError` where there
 * are no 24 bytes of a leader: then there is nothing to read.
 */
export function readIso2709(bytes: Uint8Array): { record: MarcRecord; problems: readonly string[] } {
  if (bytes.length < LEADER_LENGTH) throw new MarcError(`${bytes.length} bytes are no MARC record`);
  const leader = Buffer.from(bytes.buffer, bytes.byteOffset, LEADER_LENGTH).toString("latin1");
  const { places, problems } = findFields(bytes);
  const found = new Set(problems);
  if (Number(leader.slice(0, 5)) !== bytes.length)
    found.add(`the leader says ${leader.slice(0, 5)} bytes, there are ${bytes.length}`);
  const contents = places.map(({ start, end }) => bytes.subarray(start, end));
  const read = textReader(bytes, contents, leader[9] === "a");
  const fields = places.map(({ tag }, index): MarcField => {
    const { text, problem } = read(contents[index] ?? bytes.subarray(0, 0));
    if (problem !== null) found.add(`${tag}: ${problem}`);
    const isControlField = tag.startsWith("00") && !text.includes(DELIMITER);
    return isControlField ? { tag, value: text } : readDataField(tag, text, found);
  });
  return { record: { leader, fields }, problems: [...found] };
}

/** Text in front of the first delimiter is two indicators; whatever else stands there is kept as a `$a`. */
function readDataField(tag: string, text: string, problems: Set<string>): MarcField {
  const [head = "", ...parts] = text.split(DELIMITER);
  const hasIndicators = parts.length > 0 || /^[\d ]{2}/.test(head);
  const indicators = hasIndicators ? head.slice(0, 2) : "";
  const outside = head.slice(indicators.length);
  const subfields = parts.map(codeAndValue);
  if (outside.trim() !== "") {
    problems.add(`${tag}: text without a subfield code, read as $a`);
    subfields.unshift({ code: "a", value: outside });
  }
  return { tag, indicator1: indicators[0] ?? " ", indicator2: indicators[1] ?? " ", subfields };
}

function codeAndValue(part: string): MarcSubfield {
  const [code = ""] = part;
  return { code, value: part.slice(code.length) };
}

/**
 * Writes one record of ISO 2709 in UTF-8 (leader/09 `a`), lengths counted in bytes. What the format cannot carry is
 * written in the nearest form (`soundRecord`); delimiters inside of text become blanks. Throws `MarcError` where a field
 * is longer than 9,999 bytes or the record longer than 99,999.
 */
export function writeIso2709(record: MarcRecord): Uint8Array {
  const { leader, fields } = soundRecord(record);
  let directory = "";
  let data = "";
  let dataLength = 0;
  for (const field of fields) {
    const content = `${contentOf(field)}\x1e`;
    const length = Buffer.byteLength(content);
    if (length > MAX_FIELD_BYTES) throw new MarcError(`field ${field.tag} has ${length} bytes; ISO 2709 allows 9999`);
    directory += field.tag + digits(length, 4) + digits(dataLength, 5);
    data += content;
    dataLength += length;
  }
  const baseAddress = LEADER_LENGTH + directory.length + 1;
  const recordLength = baseAddress + dataLength + 1;
  if (recordLength > MAX_LENGTH) throw new MarcError(`the record has ${recordLength} bytes; ISO 2709 allows 99999`);
  const head = `${digits(recordLength, 5)}${leader.slice(5, 9)}a22${digits(baseAddress, 5)}${leader.slice(17, 20)}4500`;
  return Buffer.from(`${head}${directory}\x1e${data}\x1d`);
}

function contentOf(field: MarcField): string {
  if (!isDataField(field)) return field.value.replace(STRUCTURE, " ");
  const subfields = field.subfields.map(({ code, value }) => DELIMITER + code + value.replace(STRUCTURE, " "));
  return field.indicator1 + field.indicator2 + subfields.join("");
}

function digits(number: number, width: number): string {
  return String(number).padStart(width, "0");
}
