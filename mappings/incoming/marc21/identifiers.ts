import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { readIdentifier, urlOf } from "../../../src/crosswalk/identifiers.ts";
import type { MarcNode, MarcSource, MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { type Identifier, readIsbn, readIsmn, readIssn } from "../../../src/crosswalk/standard-numbers.ts";
import { type FieldReader, unique, withValue } from "./field.ts";
import { withoutIsbd } from "./isbd.ts";
import { frontDoors } from "./links.ts";

/** Schemes that can be the identifier of a record, the best first. */
const PRIORITY: readonly Identifier["scheme"][] = ["DOI", "Handle", "ARK", "URN", "PURL", "URL"];

/** DOI, Handle, ARK or URN of 024 or 856 $u, else the first landing page of 856, else 003 and 001 where both are there. */
export const identifier: FieldReader<"identifier"> = (marc) => marc.kept(persistent)[0] ?? controlNumber(marc);

/** The identifiers that resolve, the best first. */
function persistent(marc: MarcSource): readonly Mapped<Identifier>[] {
  const standard = marc
    .fields("024")
    .filter(isStandard)
    .flatMap((field) => field.all("a"));
  const found = [
    ...standard.map((node) => mapped(readIdentifier(node.value), node)),
    ...marc.kept(frontDoors).map(({ url, node }) => mapped(readIdentifier(url), node)),
  ];
  return found
    .filter(({ value }) => value.invalid !== true && PRIORITY.includes(value.scheme))
    .sort((a, b) => PRIORITY.indexOf(a.value.scheme) - PRIORITY.indexOf(b.value.scheme));
}

/** LoC MARC 21 024, first indicator 7: the source is named in $2; some write a DOI without any indicator. */
function isStandard({ indicator1 }: MarcSourceField): boolean {
  return indicator1 === "7" || indicator1 === "8" || indicator1 === " ";
}

/**
 * Whether an aggregator of this software made the record out of another one (040 $c): its 001, 003 and the OAI identifier in 035 name
 * the record, and not the item.
 */
function isAggregated(marc: MarcSource): boolean {
  return marc.fields("040").some((field) => field.all("c").some(({ value }) => value === "lienthong"));
}

/** A control number means something together with whose it is; alone it is a running number. */
function controlNumber(marc: MarcSource): Mapped<Identifier> | null {
  if (marc.kept(isAggregated)) return null;
  const [agency, number] = [marc.control("003"), marc.control("001")];
  if (agency === null || number === null) return null;
  return mapped({ value: `(${agency.value})${number.value}`, scheme: "local" }, agency, number);
}

/** The first landing page of 856, else where the identifier resolves. */
export const landingPage: FieldReader<"landingPage"> = (marc) => {
  const [door] = marc.kept(frontDoors);
  if (door !== undefined) return mapped(door.url, door.node);
  const [best] = marc.kept(persistent);
  const url = best === undefined ? null : urlOf(best.value);
  return best === undefined || url === null ? null : { value: url, from: best.from };
};

/** 020, 022, 024, 027, 028, 030, 086, 088, the numbers of other agencies (010, 015, 016, 035), and what is left of the above. */
export const alternateIdentifiers: FieldReader<"alternateIdentifiers"> = (marc, note) => {
  const chosen = identifier(marc, note);
  const rest = [...marc.kept(persistent).slice(1), controlNumber(marc) ?? localNumber(marc)].filter(
    (each) => each !== null,
  );
  const found = [
    ...isbns(marc, note),
    ...issns(marc, note),
    ...otherNumbers(marc, note),
    ...rest.filter(({ value }) => value.value !== chosen?.value.value),
  ];
  return unique(found, ({ value }) => `${value.scheme} ${value.value}`);
};

function localNumber(marc: MarcSource): Mapped<Identifier> | null {
  if (marc.kept(isAggregated)) return null;
  const number = marc.control("001");
  return number === null ? null : mapped({ value: number.value, scheme: "local" as const }, number);
}

/** 020: $z is an ISBN known to be wrong; binding, price and print run ($c $d $q, and text behind the number) are not kept. */
function isbns(marc: MarcSource, note: Note): readonly Mapped<Identifier>[] {
  return marc.fields("020").flatMap((field) => {
    field.drop("cdqg");
    return withValue(field.all("az"), note).map((node) => {
      const number = readIsbn(node.value);
      return node.code === "z" ? cancelled(number, node) : checked(number, node, note);
    });
  });
}

/** 022: $l links the media of a serial; $y and $z are ISSNs known to be wrong. */
function issns(marc: MarcSource, note: Note): readonly Mapped<Identifier>[] {
  return marc.fields("022").flatMap((field) => {
    field.drop("m");
    return withValue(field.all("alyz"), note).map((node) => {
      const number = readIssn(node.value);
      return "yz".includes(node.code) ? cancelled(number, node) : checked(number, node, note);
    });
  });
}

function cancelled(number: Identifier, node: MarcNode): Mapped<Identifier> {
  return mapped({ ...number, invalid: true }, node);
}

function checked(number: Identifier, node: MarcNode, note: Note): Mapped<Identifier> {
  if (number.invalid === true) note("invalid-identifier", { node });
  return mapped(number, node);
}

/** 035: the source in brackets, then its own name for the record. */
const OAI_NUMBER = /^(?:\([^)]*\))?(oai:\S+)$/i;
const REPORTS: ReadonlySet<string> = new Set(["027", "086", "088"]);

function otherNumbers(marc: MarcSource, note: Note): readonly Mapped<Identifier>[] {
  return marc.fields("010", "015", "016", "024", "027", "028", "030", "035", "086", "088").flatMap((field) => {
    const nodes = withValue(field.all("a"), note);
    field.drop("bcdqz");
    return nodes.flatMap((node) => {
      const number = numberOf(field, withoutIsbd(node.value));
      if (number?.scheme === "OAI" && marc.kept(isAggregated)) return [];
      return number === null ? [] : [checked(number, node, note)];
    });
  });
}

function numberOf(field: MarcSourceField, text: string): Identifier | null {
  if (REPORTS.has(field.tag)) return { value: text, scheme: "report" };
  const oai = field.tag === "035" ? OAI_NUMBER.exec(text)?.[1] : undefined;
  if (oai !== undefined) return { value: oai, scheme: "OAI" };
  if (field.tag !== "024") return { value: text, scheme: "other" };
  if (field.indicator1 === "2") return readIsmn(text) ?? { value: text, scheme: "ISMN", invalid: true };
  if (!isStandard(field)) return { value: text, scheme: "other" };
  const read = readIdentifier(text);
  // a valid one of these is among the persistent ones already
  return PRIORITY.includes(read.scheme) && read.invalid !== true ? null : read;
}
