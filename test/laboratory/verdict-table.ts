import type { Report } from "./trial.ts";

/** A table of all trials: scenario, outcome of each run, stored of truth, and a mark where something is wrong. */
export function tableOf(reports: readonly Report[]): string {
  const rows = reports.map((report) => [
    report.lies.length > 0 ? "LIES" : report.disappointments.length > 0 ? "weak" : "ok",
    report.trial.name.replace(/\s+/g, " ").slice(0, 90),
    report.outcomes.join(" > "),
    `${report.stored}/${report.truth}`,
    `${report.requests} requests`,
    report.failure
      ?.replace(/https?:\S+/g, "<url>")
      .replace(/\s+/g, " ")
      .slice(0, 140) ?? "",
  ]);
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows
    .toSorted((a, b) => (`${a[1]}` < `${b[1]}` ? -1 : 1))
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    );
  return `\n${lines.join("\n")}\n`;
}
