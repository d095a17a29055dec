/** A field that holds one string: tags 001 to 009 (LoC MARC 21, "Control Fields"). */
export interface MarcControlField {
  readonly tag: string;
  readonly value: string;
}

export interface MarcSubfield {
  /** One character; in damaged records it may be any, even a blank. */
  readonly code: string;
  readonly value: string;
}

/** A field with two indicators and subfields: tags 010 and up. */
export interface MarcDataField {
  readonly tag: string;
  readonly indicator1: string;
  readonly indicator2: string;
  readonly subfields: readonly MarcSubfield[];
}

export type MarcField = MarcControlField | MarcDataField;

/** A MARC record as data: leader and fields in the order in which they stand. */
export interface MarcRecord {
  /** 24 characters where the record is sound; as found where it is not. */
  readonly leader: string;
  readonly fields: readonly MarcField[];
}

/** Tells the two kinds of field apart. */
export function isDataField(field: MarcField): field is MarcDataField {
  return "subfields" in field;
}
