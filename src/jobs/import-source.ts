import { MarcError } from "../marc/errors.ts";
import { iso2709Records } from "../marc/iso2709.ts";
import { XmlError } from "../xml/errors.ts";
import { ImportFailure } from "./import-failure.ts";
import { isCutOff } from "./import-marc.ts";
import { type FileMember, openMembers } from "./import-members.ts";
import { xmlItems } from "./import-xml.ts";

/** A record as it stands in a file: its bytes (ISO 2709) or its text (XML). */
export interface FoundRecord {
  /** Its number, counted from 1 through all members of a zip. */
  readonly position: number;
  /** For a person: "record 17, byte 5120", in a zip with the member's name. */
  readonly place: string;
  readonly content: Uint8Array | string;
  /** The format of the list that it stands in; `null` outside of OAI lists and where the list does not say. */
  readonly metadataPrefix: string | null;
}

const RECORD_TERMINATOR = 0x1d;

/**
 * The records of a MARC file (ISO 2709, MARCXML, answers of SRU) or an OAI static repository, plain, as gzip or in a zip,
 * one after the other: memory does not grow with the file. `onEnvelope` is given what is left of each XML document without
 * its records. Throws `ImportFailure`, which names the place, after the records that could be read, and what the file
 * system throws.
 */
export async function* readSource(
  file: string,
  onEnvelope: (text: string) => void = () => {},
): AsyncGenerator<FoundRecord, void> {
  let position = 0;
  for await (const member of openMembers(file)) {
    const within = member.name === null ? "" : `${member.name}, `;
    let place = `${within}record ${position + 1}`;
    try {
      for await (const { where, ...found } of recordsOf(member, onEnvelope)) {
        position += 1;
        yield { position, place: `${within}record ${position}, ${where}`, ...found };
        place = `${within}after record ${position}, ${where}`;
      }
    } catch (cause) {
      throw failureAt(place, cause);
    }
  }
}

type Found = Pick<FoundRecord, "content" | "metadataPrefix"> & { readonly where: string };

async function* recordsOf(member: FileMember, onEnvelope: (text: string) => void): AsyncGenerator<Found, void> {
  if (member.format === "iso2709") yield* fromIso2709(member.bytes);
  else {
    for await (const { xml, line, metadataPrefix } of xmlItems(member.bytes, onEnvelope))
      yield { content: xml, where: `line ${line}`, metadataPrefix };
  }
}

async function* fromIso2709(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Found, void> {
  const ends: number[] = [];
  let total = 0;
  async function* watched() {
    for await (const chunk of bytes) {
      for (let at = chunk.indexOf(RECORD_TERMINATOR); at >= 0; at = chunk.indexOf(RECORD_TERMINATOR, at + 1))
        ends.push(total + at + 1);
      total += chunk.length;
      yield chunk;
    }
  }
  for await (const content of iso2709Records(watched())) {
    const end = ends.shift() ?? total;
    yield { content, where: `byte ${end - content.length}`, metadataPrefix: null };
    if (isCutOff(content))
      throw new ImportFailure("the file is cut off inside of this record; fetch or export it again");
  }
}

function failureAt(place: string, cause: unknown): unknown {
  if (cause instanceof ImportFailure || cause instanceof MarcError)
    return new ImportFailure(`${place}: ${cause.message}`, { cause });
  if (cause instanceof XmlError)
    return new ImportFailure(`${place}: ${cause.message}; export the file again or mend it there`, { cause });
  return cause;
}
