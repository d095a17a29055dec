import type { previewRemap } from "../jobs/remap-repository.ts";
import type { Remap } from "../store/remaps.ts";
import { print, printTable } from "./run-command.ts";
import { minute } from "./run-report.ts";

/** What was stopped on the way, as a shell says of a program that Ctrl-C ended. */
export const PAUSED_EXIT_CODE = 130;
const HELD_EXIT_CODE = 3;

/** What a remap came to, or would come to. */
type Counts = Awaited<ReturnType<typeof previewRemap>>;

/** Prints remaps, a line each, and below what there is to say of them. */
export function printRemaps(remaps: readonly (Remap & { readonly code: string })[]): void {
  const head = [
    "repository",
    "began",
    "state",
    "records",
    "of",
    "changed",
    "new",
    "withdrawn",
    "only remarks",
    "unreadable",
  ];
  printTable(
    head,
    remaps.map((remap) => [
      remap.code,
      minute(remap.started_at),
      remap.state,
      remap.records,
      remap.total,
      remap.changed,
      remap.published,
      remap.withdrawn,
      remap.remarked,
      remap.unreadable,
    ]),
  );
  for (const { code, note } of remaps) if (note !== null) print(`${code}: ${note}`);
}

/** Says how far a remap has come and what to do next, and sets the exit code. */
export function printRemap(code: string, remap: Remap): void {
  print(`${code}: ${sentenceOf(code, remap)}${remap.note === null ? "" : ` (${remap.note})`}`);
  printCounts(remap);
  if (remap.state === "held") process.exitCode ??= HELD_EXIT_CODE;
  if (remap.state === "discarded") process.exitCode = 1;
  if (["mapping", "activating", "rolling-back"].includes(remap.state)) process.exitCode = PAUSED_EXIT_CODE;
}

function sentenceOf(code: string, { state, records, total }: Remap): string {
  const look = `\`lienthong remap show ${code}\` shows it, \`lienthong remap activate ${code}\` puts it into the feed`;
  switch (state) {
    case "mapping":
      return `${number(records)} of ${number(total)} records are mapped; \`lienthong remap ${code}\` goes on from here`;
    case "candidate":
      return `mapped, beside the feed; ${look}`;
    case "held":
      return `mapped, and held; ${look}`;
    case "activating":
      return `on its way into the feed; \`lienthong remap activate ${code}\` goes on`;
    case "active":
      return `in the feed; \`lienthong remap rollback ${code}\` takes it back`;
    case "rolling-back":
      return `being taken back; \`lienthong remap rollback ${code}\` goes on`;
    case "rolled-back":
      return "taken back: the records are what they were";
    case "settled":
      return "in the feed; nothing is left to be taken back";
    case "discarded":
      return "cancelled: nothing of it is in the feed";
  }
}

/** Prints on how many records a remap has which effect, and which remarks come and go. */
export function printCounts({ issues, ...counts }: Counts): void {
  const { records, changed, published, withdrawn, remarked, unreadable } = counts;
  const all = [
    `${number(records)} records mapped again`,
    `${number(changed)} changed`,
    `${number(published)} new in the feed`,
    `${number(withdrawn)} to leave it`,
    `${number(remarked)} with other remarks only`,
    ...(unreadable === 0 ? [] : [`${number(unreadable)} that the present crosswalk cannot read, left as they are`]),
  ];
  print(`  ${all.join(", ")}`);
  for (const [code, { gained, lost }] of Object.entries(issues).sort())
    print(`  ${code}: new on ${number(gained)}, gone from ${number(lost)}`);
}

/** A count as people read it. */
export function number(count: number): string {
  return count.toLocaleString("en");
}
