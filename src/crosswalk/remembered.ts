/** How much is remembered: so many texts, none of them longer than so many characters. */
export interface Memory {
  readonly entries: number;
  readonly longest: number;
}

/**
 * Remembers what `read` makes of short texts: names, dates and phrases come back in thousands of records. What is longer is
 * prose, which does not, and is read every time. When the memory is full it begins anew.
 */
export function remembered<Result extends NonNullable<unknown> | null>(
  read: (text: string) => Result,
  { entries, longest }: Memory,
): (text: string) => Result {
  const known = new Map<string, Result>();
  return (text) => {
    if (text.length > longest) return read(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    if (known.size >= entries) known.clear();
    const own = detached(text);
    const result = read(own);
    known.set(own, result);
    return result;
  };
}

/** V8 makes part of a string a view of the whole: a remembered name would keep the page it was cut out of in memory. */
function detached(text: string): string {
  return ` ${text}`.slice(1);
}
