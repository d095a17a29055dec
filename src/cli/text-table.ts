/** Lines of text in columns, numbers to the right; no borders, so that it can be cut and pasted. */
export function textTable(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [
    head,
    ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell))),
  ];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => [...(row[column] ?? "")].length)));
  const numeric = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, numeric[column] ?? false))
      .join("  ")
      .trimEnd();
  return `${cells.map(line).join("\n")}\n`;
}

function pad(cell: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(width - [...cell].length, 0));
  return right ? space + cell : cell + space;
}
