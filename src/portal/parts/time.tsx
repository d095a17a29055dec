import type { Format } from "../format.ts";

/** A moment for people, and for programs. */
export function Time({ date, format }: { readonly date: Date; readonly format: Format }) {
  return <time dateTime={date.toISOString()}>{format.time(date)}</time>;
}
