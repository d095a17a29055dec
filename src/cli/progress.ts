import type { Run } from "../store/runs.ts";

/** Where progress is shown: standard error, or what stands in for it. */
export interface ProgressStream {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** How far something has come. */
export type Progress = Pick<Run, "received" | "complete_list_size" | "pages">;

const PLAIN_EVERY_MS = 10_000;

/**
 * Shows a harvest while it goes on: one line that changes on a terminal, a plain line now and then elsewhere. `now` is
 * the clock in milliseconds.
 */
export function createProgress(
  stream: ProgressStream,
  name: string,
  now: () => number = Date.now,
): { readonly page: (run: Progress) => void; readonly end: () => void } {
  let first: { readonly at: number; readonly received: number } | null = null;
  let lastPlain = now();
  return {
    page: (run) => {
      const text = `${name}: ${sentence(run)}${first === null ? "" : speed(run.received - first.received, now() - first.at)}`;
      // a harvest that goes on where another stood is not as fast as both together
      first ??= { at: now(), received: run.received };
      if (stream.isTTY === true) stream.write(`\r\x1b[2K${text.slice(0, (stream.columns ?? 80) - 1)}`);
      else if (now() - lastPlain >= PLAIN_EVERY_MS) {
        lastPlain = now();
        stream.write(`${text}\n`);
      }
    },
    end: () => {
      if (stream.isTTY === true) stream.write("\r\x1b[2K");
    },
  };
}

function sentence(run: Progress): string {
  const of = run.complete_list_size === null ? "" : ` of ${run.complete_list_size.toLocaleString("en")}`;
  return `${run.received.toLocaleString("en")}${of} records, page ${run.pages.toLocaleString("en")}`;
}

function speed(records: number, elapsedMs: number): string {
  return elapsedMs <= 0 ? "" : `, ${Math.round((records * 1000) / elapsedMs).toLocaleString("en")} records/s`;
}
