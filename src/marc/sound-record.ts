import { isDataField, type MarcDataField, type MarcField, type MarcRecord, type MarcSubfield } from "./record.ts";

/** Stands for a tag that no format allows: valid in MARC21slim.xsd, without a meaning in MARC 21. */
export const UNKNOWN_TAG = "ZZZ";
/** Stands for a subfield code that no format allows: valid in MARC21slim.xsd, used by no field of MARC 21. */
export const UNKNOWN_CODE = "?";

const LEADER_LENGTH = 24;
/** MARC21slim.xsd, the patterns of `leaderDataType`, `controltagDataType`, `tagDataType`, `indicatorDataType`, code. */
const SOUND_LEADER = /^[\d ]{5}[\dA-Za-z ][\dA-Za-z][\dA-Za-z ]{3}[2 ]{2}[\d ]{5}[\dA-Za-z ]{3}(?:4500| {4})$/;
const CONTROL_TAG = /^00[1-9A-Za-z]$/;
const DATA_TAG = /^(?:0[1-9A-Z][0-9A-Z]|0[1-9a-z][0-9a-z]|[1-9A-Z][0-9A-Z]{2}|[1-9a-z][0-9a-z]{2})$/;
const INDICATOR = /^[\da-z ]$/;
const CODE = /^[\dA-Za-z!"#$%&'()*+,\-./:;<=>?{}_^`~[\]\\]$/;
/** What stands at each position of a leader whose own character there is not allowed (LoC MARC 21, "Leader"). */
const LEADER_DEFAULTS = "00000nam a2200000   4500";
const LEADER_PATTERNS: readonly RegExp[] = [
  ...Array<RegExp>(5).fill(/[\d ]/),
  /[\dA-Za-z ]/,
  /[\dA-Za-z]/,
  ...Array<RegExp>(3).fill(/[\dA-Za-z ]/),
  /[2 ]/,
  /[2 ]/,
  ...Array<RegExp>(5).fill(/[\d ]/),
  ...Array<RegExp>(3).fill(/[\dA-Za-z ]/),
];

/**
 * The nearest form of a record that both MARCXML and ISO 2709 can carry; a sound record is returned field by field as it
 * is. Text is never dropped: a control field with the tag of a data field becomes a data field with one `$a`, a data field
 * with the tag of a control field becomes a control field with its texts joined by blanks, a field without subfields gets
 * an empty `$a`, an impossible tag becomes `ZZZ`, an impossible subfield code `?`, an impossible indicator a blank.
 */
export function soundRecord(record: MarcRecord): MarcRecord {
  return { leader: soundLeader(record.leader), fields: record.fields.map(soundField) };
}

/** Replaces position by position what the schema forbids; blanks and zeros fill up what is missing. */
function soundLeader(leader: string): string {
  if (SOUND_LEADER.test(leader)) return leader;
  let sound = "";
  for (const [position, pattern] of LEADER_PATTERNS.entries()) {
    const character = leader[position] ?? "";
    sound += pattern.test(character) ? character : LEADER_DEFAULTS[position];
  }
  return sound + LEADER_DEFAULTS.slice(sound.length, LEADER_LENGTH);
}

function soundField(field: MarcField): MarcField {
  if (isDataField(field)) return isSoundData(field) ? field : soundDataField(field);
  if (CONTROL_TAG.test(field.tag)) return field;
  return dataField(field.tag, " ", " ", [{ code: "a", value: field.value }]);
}

function isSoundData(field: MarcDataField): boolean {
  return (
    DATA_TAG.test(field.tag) &&
    INDICATOR.test(field.indicator1) &&
    INDICATOR.test(field.indicator2) &&
    field.subfields.length > 0 &&
    field.subfields.every(({ code }) => CODE.test(code))
  );
}

function soundDataField(field: MarcDataField): MarcField {
  if (CONTROL_TAG.test(field.tag)) {
    return { tag: field.tag, value: field.subfields.map(({ value }) => value).join(" ") };
  }
  return dataField(field.tag, field.indicator1, field.indicator2, field.subfields);
}

function dataField(tag: string, indicator1: string, indicator2: string, subfields: readonly MarcSubfield[]): MarcField {
  const upperCase = tag.toUpperCase();
  return {
    tag: DATA_TAG.test(tag) ? tag : DATA_TAG.test(upperCase) ? upperCase : UNKNOWN_TAG,
    indicator1: soundIndicator(indicator1),
    indicator2: soundIndicator(indicator2),
    subfields: subfields.length === 0 ? [{ code: "a", value: "" }] : subfields.map(soundSubfield),
  };
}

function soundIndicator(indicator: string): string {
  const lowerCase = indicator.toLowerCase();
  return INDICATOR.test(lowerCase) ? lowerCase : " ";
}

function soundSubfield(subfield: MarcSubfield): MarcSubfield {
  return CODE.test(subfield.code) ? subfield : { code: UNKNOWN_CODE, value: subfield.value };
}
