/** What stands in a cell; numbers are grouped by thousands and set to the right. */
export type Cell = string | number;

/**
 * Lines of text in columns, without borders, so that it can be cut and pasted. Where a line would be longer than `width`
 * characters every row becomes a block of `heading  value` lines instead.
 */
export function textTable(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  width = Number.POSITIVE_INFINITY,
): string {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en") : cell)));
  const widths = head.map((_, column) => Math.max(...[head, ...cells].map((row) => lengthOf(row[column] ?? ""))));
  const total = widths.reduce((sum, columnWidth) => sum + columnWidth + 2, -2);
  if (total > width) return blocks(head, cells);
  const numeric = head.map((_, column) => rows.length > 0 && rows.every((row) => typeof row[column] === "number"));
  return [head, ...cells]
    .map((row) => row.map((cell, column) => pad(cell, widths[column] ?? 0, numeric[column] ?? false)))
    .map((row) => `${row.join("  ").trimEnd()}\n`)
    .join("");
}

function blocks(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widest = Math.max(...head.map(lengthOf));
  const block = (row: readonly string[]) =>
    row.map((cell, column) => `${pad(head[column] ?? "", widest, false)}  ${cell}`.trimEnd()).join("\n");
  return `${rows.map(block).join("\n\n")}\n`;
}

function pad(cell: string, width: number, right: boolean): string {
  const space = " ".repeat(Math.max(width - lengthOf(cell), 0));
  return right ? space + cell : cell + space;
}

/** Characters as a terminal counts them: "ế" is one, however it is encoded. */
function lengthOf(text: string): number {
  return [...text.normalize("NFC")].length;
}
