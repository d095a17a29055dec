import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/** A process that is started again whenever it ends, as service managers do. */
export interface Kept {
  /** The process that runs now, or `null` between two. */
  pid(): number | null;
  /** Kills it without a word. */
  kill(): void;
  /** Ends it for good, with SIGTERM, and waits for it. */
  stop(): Promise<void>;
  /** Those that ended by themselves. */
  readonly deaths: readonly Death[];
  /** What all of them logged, oldest first. */
  readonly lines: readonly LogLine[];
}

/** How a process ended that nobody told to. */
export interface Death {
  /** Whether it had come so far as to log something. */
  readonly working: boolean;
  readonly code: number | string | null;
  readonly lastWords: string;
}

/** A line of the program's log. */
export interface LogLine {
  readonly level: number;
  readonly msg: string;
}

const AGAIN_AFTER_MS = 200;
const LAST_WORDS = 2_000;

/** Keeps what `start` starts running until `stop`. */
export function keepRunning(start: () => ChildProcess): Kept {
  const deaths: Death[] = [];
  const lines: LogLine[] = [];
  let child: ChildProcess | null = null;
  let stopped = false;
  let again: NodeJS.Timeout | undefined;

  function begin(): void {
    const begun = start();
    const earlier = lines.length;
    const lastWords = follow(begun, lines);
    begun.once("exit", (code, signal) => {
      child = null;
      if (stopped) return;
      if (signal !== "SIGKILL")
        deaths.push({ working: lines.length > earlier, code: code ?? signal, lastWords: lastWords() });
      again = setTimeout(begin, AGAIN_AFTER_MS);
    });
    child = begun;
  }

  begin();
  return {
    pid: () => child?.pid ?? null,
    kill: () => {
      child?.kill("SIGKILL");
      child = null;
    },
    stop: async () => {
      stopped = true;
      clearTimeout(again);
      if (child === null) return;
      const ended = once(child, "exit");
      child.kill("SIGTERM");
      await ended;
    },
    deaths,
    lines,
  };
}

/** Reads the log of a process into `lines`. Returns what gives the end of everything that it says. */
function follow({ stdout, stderr }: ChildProcess, lines: LogLine[]): () => string {
  let said = "";
  let begun = "";
  for (const stream of [stdout, stderr]) {
    stream?.on("data", (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-LAST_WORDS);
    });
  }
  stdout?.on("data", (chunk: Buffer) => {
    const parts = (begun + chunk.toString()).split("\n");
    begun = parts.pop() ?? "";
    for (const line of parts) lines.push(JSON.parse(line) as LogLine);
  });
  return () => said;
}
