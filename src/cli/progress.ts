import type { Run } from "../store/runs.ts";

const PLAIN_EVERY_MS = 10_000;

/** Shows a harvest while it goes on: one line that changes on a terminal, a plain line now and then elsewhere. */
export function createProgress(
  stream: NodeJS.WriteStream,
  name: string,
): { readonly page: (run: Run) => void; readonly end: () => void } {
  const started = Date.now();
  let lastPlain = Date.now();
  return {
    page: (run) => {
      const text = `${name}: ${sentence(run, started)}`;
      if (stream.isTTY) stream.write(`\r\x1b[2K${text.slice(0, (stream.columns ?? 80) - 1)}`);
      else if (Date.now() - lastPlain > PLAIN_EVERY_MS) {
        lastPlain = Date.now();
        stream.write(`${text}\n`);
      }
    },
    end: () => {
      if (stream.isTTY) stream.write("\r\x1b[2K");
    },
  };
}

function sentence(run: Run, started: number): string {
  const of = run.complete_list_size === null ? "" : ` of ${run.complete_list_size.toLocaleString("en")}`;
  const perSecond = Math.round(run.received / Math.max((Date.now() - started) / 1000, 0.001));
  return `${run.received.toLocaleString("en")}${of} records, ${run.pages} pages, ${perSecond}/s`;
}
