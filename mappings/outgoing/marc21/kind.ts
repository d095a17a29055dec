/** How MARC 21 describes a kind of material: leader/06 and 07, 008/18-34, and the content type of RDA (field 336). */
export interface Kind {
  readonly recordType: string;
  readonly level: string;
  /** 008/18-34: 17 characters, `|` = not coded, `f` = where the form of item stands. */
  readonly material: string;
  /** Term and code of the RDA content type list. */
  readonly content: readonly [term: string, code: string];
}

const COAR_TYPE = "http://purl.org/coar/resource_type/";

/** LoC MARC 21, 008 "Books", "Continuing Resources", "Computer Files", "Maps", "Music", "Visual", "Mixed Materials". */
const BOOKS = "|||||f|||||||| ||";
const CONTINUING = "|| ||f||||||   ||";
const COMPUTER_FILES = "    |f  | |      ";
const MAPS = "|||||| |  |f | ||";
const MUSIC = "|||||f|||||||| | ";
const VISUAL = "||| |     |f   ||";
const MIXED = "     f           ";

const BOOK: Kind = { recordType: "a", level: "m", material: BOOKS, content: ["text", "txt"] };
/** Nature of contents (008/24) `m`: theses. */
const THESIS: Kind = { ...BOOK, material: "|||||fm   |||| ||" };
/** An article in an issue or a chapter in a book: monographic component part. */
const PART: Kind = { ...BOOK, level: "a" };
/** Conference publication (008/29) `1`. */
const PROCEEDINGS: Kind = { ...BOOK, material: "|||||f|||||1|| ||" };
const SERIAL: Kind = { ...BOOK, level: "s", material: CONTINUING };
const MAP: Kind = { recordType: "e", level: "m", material: MAPS, content: ["cartographic image", "cri"] };
const SCORE: Kind = { recordType: "c", level: "m", material: MUSIC, content: ["notated music", "ntm"] };
const SOUND: Kind = { recordType: "i", level: "m", material: MUSIC, content: ["sounds", "snd"] };
const IMAGE: Kind = { recordType: "k", level: "m", material: VISUAL, content: ["still image", "sti"] };
const FILM: Kind = { recordType: "g", level: "m", material: VISUAL, content: ["two-dimensional moving image", "tdi"] };
const DATASET: Kind = { recordType: "m", level: "m", material: COMPUTER_FILES, content: ["computer dataset", "cod"] };
const PROGRAM: Kind = { ...DATASET, material: "    |f  b |      ", content: ["computer program", "cop"] };
const COLLECTION: Kind = { recordType: "p", level: "c", material: MIXED, content: ["other", "xxx"] };

const KINDS: Readonly<Record<string, Kind>> = {
  c_46ec: THESIS,
  c_7a1f: THESIS,
  c_bdcc: THESIS,
  c_db06: THESIS,
  c_6501: PART,
  c_2df8fbb1: PART,
  c_dcae04bc: PART,
  c_beb9: PART,
  c_7bab: PART,
  c_7acd: PART,
  c_b239: PART,
  c_545b: PART,
  c_3248: PART,
  c_5794: PART,
  c_998f: PART,
  "43KC-T6DC": PART,
  c_efa0: PART,
  c_ba08: PART,
  c_f744: PROCEEDINGS,
  c_0640: SERIAL,
  c_2cd9: SERIAL,
  c_2fe3: SERIAL,
  "QX5C-AR31": SERIAL,
  c_0040: { ...BOOK, recordType: "t" },
  c_12cc: MAP,
  c_12cd: MAP,
  c_18cw: SCORE,
  c_18cc: SOUND,
  c_18cd: SOUND,
  c_c513: IMAGE,
  c_ecc8: IMAGE,
  c_8a7e: FILM,
  c_12ce: FILM,
  c_ddb1: DATASET,
  c_5ce6: PROGRAM,
  c_c950: PROGRAM,
  "QH80-2R4E": PROGRAM,
  "RMP5-3GQ6": COLLECTION,
  "YC9F-HGCF": COLLECTION,
};

/** The kind of a COAR resource type; what is not known is described as a book, like most of what libraries hold. */
export function kindOf(coarUri: string | null): Kind {
  return (coarUri?.startsWith(COAR_TYPE) === true ? KINDS[coarUri.slice(COAR_TYPE.length)] : undefined) ?? BOOK;
}

/** What leader/06 says, in the words that the Library of Congress' stylesheets and MODS `typeOfResource` use. */
const MATERIALS: Readonly<Record<string, string>> = {
  a: "text",
  t: "text",
  e: "cartographic",
  f: "cartographic",
  c: "notated music",
  d: "notated music",
  i: "sound recording",
  j: "sound recording",
  k: "still image",
  g: "moving image",
  r: "three dimensional object",
  m: "software, multimedia",
  p: "mixed material",
};

/** The kind of material that leader/06 codes, in words; the empty string for what is no code of it. */
export function materialOf(recordType: string): string {
  return MATERIALS[recordType] ?? "";
}
