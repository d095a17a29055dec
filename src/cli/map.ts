import type { Mapping } from "../crosswalk/apply.ts";
import type { IncomingCrosswalk } from "../crosswalk/crosswalk.ts";
import { toStored } from "../record/common-record.ts";
import { crosswalkNamed, mapInput } from "./map-crosswalk.ts";
import { type MapInput, readMapInput } from "./map-input.ts";
import { print } from "./run-command.ts";

/** Which records, and by which crosswalk. */
export interface MapOptions {
  readonly crosswalk?: string;
  readonly record?: string;
}

/** `lienthong map`: needs no database; mapping is pure. */
export async function mapCommand(what: string, options: MapOptions & { readonly json?: true }): Promise<void> {
  await eachChosen(what, options, options.json === true ? jsonOf : pageOf);
}

/**
 * Prints what `show` makes of the records of a file or an answer, of one of them where the options say so. Throws where
 * there are none, where one cannot be read or opened, and where the options name what there is not.
 */
export async function eachChosen(
  what: string,
  options: MapOptions,
  show: (position: number, input: MapInput, chosen: IncomingCrosswalk | null) => string,
): Promise<void> {
  const only = options.record === undefined ? null : positionOf(options.record);
  const chosen = options.crosswalk === undefined ? null : crosswalkNamed(options.crosswalk);
  let position = 0;
  for await (const input of readMapInput(what)) {
    position += 1;
    if (only !== null && only !== position) continue;
    print(showOrName(what, position, () => show(position, input, chosen)));
    if (only !== null || !process.stdout.writable) return; // the reader, `head` for one, has seen enough
  }
  if (position === 0) throw new Error(`${what} holds no records`);
  if (only !== null) throw new Error(`${what} holds ${position} record${position === 1 ? "" : "s"}, not ${only}`);
}

/** What a crosswalk cannot open is told with the file and the record. */
function showOrName(what: string, position: number, show: () => string): string {
  try {
    return show();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${what}, record ${position}: ${reason}`, { cause });
  }
}

function positionOf(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--record ${text}: give a position, counted from 1`);
  return Number(text);
}

function jsonOf(_position: number, input: MapInput, chosen: IncomingCrosswalk | null): string {
  const { identifier, raw, metadata, damage } = input;
  if (metadata === null) {
    return JSON.stringify({ identifier, raw, record: null, damage, issues: [], unmapped: [], trace: [] });
  }
  const { crosswalk, mapping } = mapInput(identifier, metadata, chosen);
  const { issues, unmapped } = mapping;
  const [record, trace] = [toStored(mapping.record), mapping.trace()];
  return JSON.stringify({ identifier, raw, crosswalk: crosswalk.id, record, damage, issues, unmapped, trace });
}

/** One record as a page of plain text: as sent, as mapped with the origin of each value, and what there is to remark. */
function pageOf(position: number, input: MapInput, chosen: IncomingCrosswalk | null): string {
  const { identifier, raw, metadata, damage } = input;
  const title = `=== record ${position}${identifier === null ? "" : `: ${identifier}`}`;
  const sent = `--- as sent\n${raw.trim()}\n`;
  if (metadata === null) return `${title}\n${sent}--- no metadata: the record is deleted or empty\n`;
  const { crosswalk, mapping } = mapInput(identifier, metadata, chosen);
  const remarks = [...damage.map((sentence) => `damaged: ${sentence}`), ...issueLines(mapping)];
  return `${title}
${sent}
--- as mapped by ${crosswalk.id}, version ${crosswalk.version}
${fieldLines(mapping).join("\n")}

--- remarks
${remarks.length === 0 ? "none" : remarks.join("\n")}
`;
}

function fieldLines(mapping: Mapping): readonly string[] {
  const origins = new Map(mapping.trace().map(({ field, index, paths }) => [`${field}[${index}]`, paths]));
  return Object.entries(toStored(mapping.record)).flatMap(([field, value]) => {
    const values: readonly unknown[] = Array.isArray(value) ? value : [value];
    return values.flatMap((single, index) => {
      const paths = origins.get(`${field}[${index}]`) ?? ["the record's envelope"];
      return [
        `${field}: ${typeof single === "string" ? single : JSON.stringify(single)}`,
        `    <- ${paths.join(", ")}`,
      ];
    });
  });
}

function issueLines({ issues }: Mapping): readonly string[] {
  return issues.map(({ severity, code, field, path, value }) => {
    const where = [field, path].filter((part) => part !== null).join(" ");
    return `${severity}: ${code}${where === "" ? "" : ` at ${where}`}${value === null ? "" : `: ${JSON.stringify(value)}`}`;
  });
}
