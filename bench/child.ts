import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** A process of ours that answers one question after another. */
export interface Child {
  ask<Answer>(question: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts a module of this folder, built like this one, in a process of its own. */
export function startChild(name: string): Child {
  const child = fork(new URL(`${name}.js`, import.meta.url), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  return {
    ask: async <Answer>(question: unknown) => {
      const answered = firstOf(child);
      child.send(question as object);
      return (await answered) as Answer;
    },
    stop: async () => {
      const ended = once(child, "exit");
      child.disconnect();
      await ended;
    },
  };
}

/** The other end: answers each question with what `answer` makes of it; the process ends when nobody asks any more. */
export function answerQuestions<Question>(answer: (question: Question) => Promise<unknown>): void {
  process.on("message", (question: Question) => {
    answer(question).then(
      (answered) => process.send?.(answered),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
        process.exit(1);
      },
    );
  });
  process.on("disconnect", () => process.exit(0));
}

async function firstOf(child: ChildProcess): Promise<unknown> {
  return await new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`a process of the bench ended with ${code}`));
    child.once("exit", ended);
    child.once("message", (message) => {
      child.off("exit", ended);
      resolve(message);
    });
  });
}
