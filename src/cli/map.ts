import { incomingCrosswalks, incomingNamed } from "../../mappings/index.ts";
import { applyCrosswalk, type Mapping } from "../crosswalk/apply.ts";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import { toStored } from "../record/common-record.ts";
import type { XmlElement } from "../xml/element.ts";
import { type MapInput, readMapInput } from "./map-input.ts";
import { print } from "./run-command.ts";

interface MapOptions {
  readonly crosswalk?: string;
  readonly record?: string;
  readonly json?: true;
}

/** `lienthong map`: needs no database; mapping is pure. */
export async function mapCommand(what: string, options: MapOptions): Promise<void> {
  const only = options.record === undefined ? null : Number(options.record);
  if (only !== null && !(Number.isInteger(only) && only > 0))
    throw new Error(`--record ${options.record}: give a position, counted from 1`);
  let position = 0;
  for await (const input of readMapInput(what)) {
    position += 1;
    if (only !== null && only !== position) continue;
    if (options.json === true) print(JSON.stringify(jsonOf(input, options)));
    else print(pageOf(position, input, options));
    if (only !== null) return;
  }
  if (only !== null) throw new Error(`${what} holds ${position} records; there is no record ${only}`);
  if (position === 0) throw new Error(`${what} holds no records`);
}

function jsonOf(input: MapInput, options: MapOptions) {
  if (input.metadata === null)
    return { identifier: input.identifier, raw: input.raw, record: null, issues: [], trace: [] };
  const { crosswalk, mapping } = mapInput(input, input.metadata, options);
  const { issues, unmapped } = mapping;
  return {
    identifier: input.identifier,
    crosswalk: crosswalk.id,
    raw: input.raw,
    record: toStored(mapping.record),
    issues,
    unmapped,
    trace: mapping.trace(),
  };
}

/** One record as a page of plain text: as sent, as mapped with the origin of each value, and what there is to remark. */
function pageOf(position: number, input: MapInput, options: MapOptions): string {
  const title = `=== record ${position}${input.identifier === null ? "" : `: ${input.identifier}`}`;
  const sent = `--- as sent\n${input.raw.trim()}\n`;
  if (input.metadata === null) return `${title}\n${sent}--- no metadata: the record is deleted or empty\n`;
  const { crosswalk, mapping } = mapInput(input, input.metadata, options);
  return `${title}\n${sent}--- as mapped by ${crosswalk.id}, version ${crosswalk.version}\n${fieldLines(mapping)}--- remarks\n${issueLines(mapping)}`;
}

function fieldLines(mapping: Mapping): string {
  const stored = toStored(mapping.record);
  const origins = new Map(mapping.trace().map(({ field, index, paths }) => [`${field}[${index}]`, paths]));
  const lines: string[] = [];
  for (const [field, value] of Object.entries(stored)) {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    for (const [index, single] of values.entries()) {
      const paths = origins.get(`${field}[${index}]`);
      const text = typeof single === "string" ? single : JSON.stringify(single);
      lines.push(`${field}: ${text}\n    <- ${paths === undefined ? "the record's envelope" : paths.join(", ")}`);
    }
  }
  return `${lines.join("\n")}\n`;
}

function issueLines({ issues }: Mapping): string {
  if (issues.length === 0) return "none\n";
  const lines = issues.map(({ severity, code, field, path, value }) => {
    const where = [field, path].filter((part) => part !== null).join(" ");
    return `${severity}: ${code}${where === "" ? "" : ` at ${where}`}${value === null ? "" : `: ${JSON.stringify(value)}`}`;
  });
  return `${lines.join("\n")}\n`;
}

function mapInput(
  input: MapInput,
  metadata: XmlElement,
  options: MapOptions,
): { readonly crosswalk: IncomingCrosswalk; readonly mapping: Mapping } {
  const crosswalk = crosswalkFor(metadata, options.crosswalk);
  const context = { identifier: input.identifier ?? "oai:example:1", defaultAccessRights: null };
  return { crosswalk, mapping: applyCrosswalk(crosswalk, metadata, context) };
}

function crosswalkFor(metadata: XmlElement, name: string | undefined): IncomingCrosswalk {
  const known = incomingCrosswalks.map((crosswalk) => crosswalk.id).join(", ");
  if (name !== undefined) {
    const crosswalk = incomingNamed(name);
    if (crosswalk === null) throw new Error(`there is no crosswalk "${name}"; there are ${known}`);
    return crosswalk;
  }
  const crosswalk = incomingCrosswalks.find((candidate) => candidate.namespaces.includes(metadata.namespace));
  if (crosswalk === undefined) {
    throw new Error(
      `no crosswalk reads <${metadata.name}> in the namespace "${metadata.namespace}"; choose one with --crosswalk: ${known}`,
    );
  }
  return crosswalk;
}
