import { MarcSource, type MarcSourceField } from "../../../src/crosswalk/marc-source.ts";
import type { SourceNode } from "../../../src/crosswalk/source.ts";
import type { MarcRecord } from "../../../src/marc/record.ts";
import { readRows } from "../../tables.ts";
import { cleanValue, type DcValue, DublinCore, holdsSomething } from "../oai-dc/dublin-core.ts";
import { dates } from "./dates.ts";
import { genres, headingScheme, joinedHeading, keywords } from "./headings.ts";
import { hosts, relations } from "./linked-items.ts";
import { titles } from "./titles.ts";

/** A row of `tables/unimarc-fields.tsv`. */
interface FieldRule {
  readonly tag: string;
  readonly subfields: string;
  readonly how: "each" | "join" | "heading";
  readonly element: string;
  readonly refinement: string | null;
}

const DROPPED = "-";
/** Coded data, the agencies of the record, and what libraries keep for themselves. */
const BOOKKEEPING = /^(?:00[5-9]|02[15]|04\d|07\d|09\d|1(?!01)\d\d|560|66\d|8(?:01|02|3\d|86)|9(?!30)\d\d|[A-Z]..)$/i;
let ruleTable: readonly FieldRule[] | null = null;

/** What is composed out of several subfields or fields is read by code, everything else by the table. */
const COMPOSED: Readonly<Record<string, (marc: MarcSource) => readonly DcValue[]>> = {
  identifier: permanentIdentifier,
  title: titles,
  type: genres,
  subject: keywords,
  date: dates,
  host: hosts,
  relation: relations,
};

/** A UNIMARC record read as Dublin Core that says more. */
export class UnimarcSource extends DublinCore {
  readonly marc: MarcSource;
  readonly #values = new Map<string, readonly DcValue[]>();

  constructor(record: MarcRecord) {
    super();
    this.marc = new MarcSource(record);
    this.marc.drop((tag, code) => BOOKKEEPING.test(tag) || /^\d$/.test(code));
    for (const { tag, subfields, element } of rules()) {
      if (element === DROPPED) for (const field of this.marc.fields(tag)) field.drop(subfields);
    }
  }

  values(element: string): readonly DcValue[] {
    const known = this.#values.get(element);
    if (known !== undefined) return known;
    const composed = COMPOSED[element]?.(this.marc) ?? [];
    const ruled = rules()
      .filter((rule) => rule.element === element)
      .flatMap((rule) => this.marc.fields(rule.tag).flatMap((field) => valuesOf(rule, field)));
    const values = [...composed, ...ruled].filter(holdsSomething);
    this.#values.set(element, values);
    return values;
  }

  unread(): readonly SourceNode[] {
    return this.marc.unread();
  }
}

/** 003 holds the address of the record in catalogues that give it one (BnF, ABES). */
function permanentIdentifier(marc: MarcSource): readonly DcValue[] {
  const node = marc.control("003");
  return node !== null && /^https?:/i.test(node.value) ? [cleanValue(node, null, null)] : [];
}

function valuesOf({ subfields, how, refinement }: FieldRule, field: MarcSourceField): readonly DcValue[] {
  if (how === "each") return field.all(subfields).map((node) => cleanValue(node, null, refinement));
  if (how === "heading") {
    const scheme = refinement === "scheme" ? headingScheme(field) : refinement;
    const value = joinedHeading(field, subfields);
    return value === null ? [] : [{ ...value, refinement: scheme }];
  }
  const nodes = field.all(subfields);
  const [first] = nodes;
  if (first === undefined) return [];
  const text = nodes.map(({ value }) => value).join(" ");
  return [cleanValue({ text, path: first.path }, null, refinement)];
}

function rules(): readonly FieldRule[] {
  ruleTable ??= readRows("unimarc-fields").map(
    ({ tag = "", subfields = "", how = "", element = "", refinement = "" }) => ({
      tag,
      subfields,
      how: how === "join" || how === "heading" ? how : "each",
      element,
      refinement: refinement === "" ? null : refinement,
    }),
  );
  return ruleTable;
}
