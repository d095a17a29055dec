import { adviceOn, hintOn } from "../portal/run-advice.ts";
import { funnelOf } from "../store/funnel.ts";
import type { Run } from "../store/runs.ts";
import type { Missing } from "../store/schema.ts";
import { print, printTable } from "./run-command.ts";

/** A run with the code of its repository. */
export interface NamedRun {
  readonly code: string;
  readonly run: Run;
}

const HEAD = [
  "repository",
  "run",
  "began",
  "outcome",
  "received",
  "stored",
  "new",
  "changed",
  "unchanged",
  "rejected",
  "repeated",
  "deleted",
];
const IDENTIFIERS_SHOWN = 10;
const MINUTE_MS = 60_000;

/** Prints what runs came to, a line each: the funnel from received to stored; below it why, where one is not complete. */
export function printRuns(runs: readonly NamedRun[]): void {
  printTable(
    HEAD,
    runs.map(({ code, run }) => {
      const { received, stored, added, changed, unchanged, rejected, repeated, deleted } = funnelOf(run);
      const counts = [received, stored, added, changed, unchanged, rejected, repeated, deleted];
      return [code, run.run_id, minute(run.started_at), outcomeOf(run), ...counts];
    }),
  );
  for (const { code, run } of runs) if (run.failure !== null) print(`${code}, run ${run.run_id}: ${run.failure}`);
}

/** Prints one run in full: the funnel, why it ended so, what is missing by name, and what to do about it. */
export function printRun({ code, run }: NamedRun, platform: string | null): void {
  print(`${code}: ${outcomeOf(run)}\n${circumstances(run)}\n\n${aligned(funnelLines(run))}`);
  const remarks = [...reasons(run), ...missingLines(run.missing), ...adviceLines(code, run, platform)];
  if (remarks.length > 0) print(`\n${remarks.map(([name, text]) => `${name.padEnd(9)}${text}`).join("\n")}`);
}

/** The outcome of a run in words. */
export function outcomeOf(run: Pick<Run, "outcome">): string {
  return run.outcome === null ? "open" : run.outcome.replaceAll("_", " ");
}

/** A moment to the minute, in UTC: `2026-11-24 18:20Z`. */
export function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace("T", " ")}Z`;
}

type Line = readonly [name: string, text: string];

function circumstances({ run_id, kind, metadata_prefix, full_list, started_at, finished_at, trigger }: Run): string {
  const what = [full_list ? "full" : "", kind, metadata_prefix === null ? "" : `of ${metadata_prefix}`];
  const lasted =
    finished_at === null ? "not finished" : `took ${duration(finished_at.getTime() - started_at.getTime())}`;
  const asked = trigger === "person" ? "asked for by a person" : "on schedule";
  return `run ${run_id}, ${what.filter((word) => word !== "").join(" ")}, ${asked}, began ${minute(started_at)}, ${lasted}`;
}

function duration(ms: number): string {
  const minutes = Math.floor(ms / MINUTE_MS);
  const seconds = Math.round((ms % MINUTE_MS) / 1000);
  return minutes === 0 ? `${seconds} s` : `${minutes.toLocaleString("en")} min ${seconds} s`;
}

function funnelLines(run: Run): readonly (readonly [name: string, count: number, about: string])[] {
  const { promised, received, stored, added, changed, unchanged, rejected, repeated, unknown, deleted } = funnelOf(run);
  const kinds = `${number(added)} new, ${number(changed)} changed, ${number(unchanged)} unchanged`;
  const tombstones = deleted === 0 ? "" : `; ${number(deleted)} of them deleted`;
  return [
    ["received", received, promised === null ? "" : `of ${number(promised)} promised`],
    ["stored", stored, `${kinds}${tombstones}`],
    ["rejected", rejected, rejected === 0 ? "" : "could not be read; kept in quarantine"],
    ["repeated", repeated, repeated === 0 ? "" : "came again later; the last one counts"],
    ...(run.unknown === 0 ? [] : [["unknown", run.unknown, "stand in the list and are not here"] as const]),
    ...(unknown === 0 ? [] : [["unknown", unknown, "in their list and not here"] as const]),
    ...(run.withdrawn === 0 ? [] : [["withdrawn", run.withdrawn, "left the feed"] as const]),
  ];
}

function aligned(lines: ReturnType<typeof funnelLines>): string {
  const width = Math.max(...lines.map(([, count]) => number(count).length));
  return lines
    .map(([name, count, about]) => `${name.padEnd(9)}  ${number(count).padStart(width)}  ${about}`.trimEnd())
    .join("\n");
}

function reasons({ failure, note }: Run): readonly Line[] {
  return [failure, note].flatMap((text) => (text === null ? [] : [["why", text] as const]));
}

function missingLines(missing: Missing | null): readonly Line[] {
  if (missing === null) return [];
  const { windows, identifiers } = missing;
  const more = identifiers.length - IDENTIFIERS_SHOWN;
  const named = identifiers.slice(0, IDENTIFIERS_SHOWN).join(", ");
  return [
    ...windows.map(
      ({ from, until, why }) => ["missing", `${from ?? "the beginning"} to ${until ?? "now"}: ${why}`] as const,
    ),
    ...(identifiers.length === 0 ? [] : [["missing", more > 0 ? `${named} and ${more} more` : named] as const]),
  ];
}

function adviceLines(code: string, { diagnosis, review }: Run, platform: string | null): readonly Line[] {
  const hint = diagnosis === null ? null : hintOn(diagnosis, platform);
  const texts = [
    diagnosis === null ? null : (adviceOn(diagnosis)?.en ?? null),
    hint === null ? null : `${hint.software}: ${hint.text.en}`,
    review === "pending" ? `\`lienthong review show ${code}\` shows what would leave the feed` : null,
  ];
  return texts.flatMap((text) => (text === null ? [] : [["advice", text] as const]));
}

function number(value: number): string {
  return value.toLocaleString("en");
}
