import { fieldRule, meaningsIn } from "../../mappings/field-rules.ts";
import { type TracedText, type TracedValue, traceField } from "../crosswalk/trace-field.ts";
import { type CommonRecord, RECORD_FIELDS, toStored } from "../record/common-record.ts";
import { eachChosen, type MapOptions } from "./map.ts";
import { mapInput } from "./map-crosswalk.ts";
import type { MapInput } from "./map-input.ts";

/** `lienthong map trace`: where each value of one field came from, text by text. */
export async function mapTraceCommand(name: string, what: string, options: MapOptions): Promise<void> {
  const field = RECORD_FIELDS.find((known) => known === name);
  if (field === undefined) {
    throw new Error(`there is no field "${name}" in the common record; there are ${RECORD_FIELDS.join(", ")}`);
  }
  await eachChosen(what, options, (position, input, chosen) => tracePage(field, position, input, chosen));
}

function tracePage(
  field: keyof CommonRecord,
  position: number,
  { identifier, metadata }: MapInput,
  chosen: Parameters<typeof mapInput>[2],
): string {
  const title = `=== record ${position}${identifier === null ? "" : `: ${identifier}`}`;
  if (metadata === null) return `${title}\nno metadata: the record is deleted or empty\n`;
  const { crosswalk, mapping } = mapInput(identifier, metadata, chosen);
  const { rule, source, values, remarks } = traceField(crosswalk, metadata, field);
  const meanings = meaningsIn(source);
  const { of, tables } = fieldRule(crosswalk, field);
  const envelope = values.length === 0 ? toStored(mapping.record)[field] : undefined;
  const lines = [
    title,
    `${field} by ${crosswalk.id}: ${of === null ? "the crosswalk of what it carries" : `${rule} of mappings/incoming/${of}`}`,
    ...(tables.length === 0
      ? []
      : [`words are looked up in ${tables.map((table) => `mappings/tables/${table}.tsv`).join(", ")}`]),
    ...values.flatMap((value, index) => valueLines(value, index, meanings)),
    ...(envelope === undefined ? [] : [`= ${shown(envelope)}`, "    <- the record's envelope"]),
    ...(values.length === 0 && envelope === undefined ? ["no value"] : []),
    ...remarks.map(({ code, path }) => `remark: ${code}${path === null ? "" : ` at ${path}`}`),
  ];
  return `${lines.join("\n")}\n`;
}

type Meanings = ReturnType<typeof meaningsIn>;

function valueLines({ value, from }: TracedValue, index: number, meanings: Meanings): readonly string[] {
  return [`[${index}] = ${shown(value)}`, ...from.map((text) => textLine(text, meanings))];
}

function textLine({ path, text, repairs }: TracedText, meanings: Meanings): string {
  const meaning = meanings.get(path);
  const readAs = meaning === undefined ? "" : `, read as ${meaning}`;
  const mended = repairs.length === 0 ? "" : ` (mended: ${repairs.join(", ")})`;
  return `    <- ${path}: ${JSON.stringify(text)}${mended}${readAs}`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
