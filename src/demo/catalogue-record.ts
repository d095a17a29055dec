import { type MarcField, type MarcRecord, readMarcFields, subfieldValues } from "./marc-notation.ts";

/** The sets of the catalogue are its collections; 942 $c says the same in Koha's words. */
export type Collection = "SACH" | "LUANAN" | "DIACHI" | "HANNOM";

/** What a cataloguer writes; the rest of the record follows from it. */
export interface CatalogueEntry {
  readonly collection: Collection;
  /** Fields 010 to 899 in the notation of `readMarcFields`; `{isbn}` stands for the record's own ISBN. */
  readonly text: string;
}

export const LIBRARY = "Thư viện tỉnh Minh Họa";
const AGENCY = "TVMH";

/** The whole MARC record: the entry, and what a library system adds by itself. */
export function completeRecord(entry: CatalogueEntry, number: number, datestamp: string): MarcRecord {
  const entered = readMarcFields(entry.text.replaceAll("{isbn}", isbnOf(number)));
  const fields = [...entered, ...readMarcFields(housekeeping(entry, number, entered))];
  return {
    // Position 9 is left blank although the record is Unicode: so do most systems of the country.
    leader: `00000n${tagged(entered, "255") ? "e" : "a"}m  2200000 ${entry.collection === "SACH" ? "a" : "i"} 4500`,
    controlFields: [
      { tag: "001", value: String(number) },
      { tag: "003", value: AGENCY },
      { tag: "005", value: `${datestamp.replaceAll("-", "")}083015.0` },
      { tag: "008", value: fixedField(entry, entered, datestamp) },
    ],
    fields: fields.sort((one, other) => (one.tag === other.tag ? 0 : one.tag < other.tag ? -1 : 1)),
  };
}

function housekeeping(entry: CatalogueEntry, number: number, entered: readonly MarcField[]): string {
  const shelf = subfieldValues(entered, "082", "ab")[0]?.join(" ") ?? entry.collection;
  const room = entry.collection === "SACH" ? "Kho mượn" : "Kho đọc";
  return `
    040 ## $a${AGENCY}$bvie$e${entry.collection === "SACH" ? "AACR2" : "rda"}
    ${tagged(entered, "852") ? "" : `852 ## $a${LIBRARY}$b${room}$h${shelf}$jVN.${number + 40_000}`}
    942 ## $2ddc$c${entry.collection}
    999 ## $c${number}$d${number}`;
}

function tagged(fields: readonly MarcField[], tag: string): boolean {
  return fields.some((field) => field.tag === tag);
}

/** Field 008 for books: forty positions, of which date, place, thesis and language are really filled in. */
function fixedField(entry: CatalogueEntry, fields: readonly MarcField[], datestamp: string): string {
  const date = [...subfieldValues(fields, "260", "c"), ...subfieldValues(fields, "264", "c")].flat().join(" ");
  const year = /\d{4}/.exec(date)?.[0] ?? "19uu";
  const language = subfieldValues(fields, "041", "a")[0]?.[0] ?? "vie";
  const contents = entry.collection === "LUANAN" ? "m   " : "    ";
  return `${datestamp.slice(2).replaceAll("-", "")}s${year}    vm ${" ".repeat(6)}${contents} 000 0 ${language} d`;
}

/** Sample ISBNs: the agency of Viet Nam (604) and a publisher number at the very end of its range. */
function isbnOf(number: number): string {
  const [publisher, title] = number % 2 === 0 ? ["9998", number] : ["9999", number];
  const digits = `978604${publisher}${String(Math.floor(title / 2) % 100).padStart(2, "0")}`;
  const sum = [...digits].reduce((total, digit, place) => total + Number(digit) * (place % 2 === 0 ? 1 : 3), 0);
  return `978-604-${publisher}-${digits.slice(10)}-${(10 - (sum % 10)) % 10}`;
}
