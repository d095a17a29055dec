import pg from "pg";
import { expect, test } from "vitest";
import { AnswerFailure } from "../src/client/failures.ts";
import { createLogger } from "../src/logger.ts";

/** The one line that logging something as `err` gives. */
function logged(err: unknown): { readonly err: Record<string, unknown> } {
  const lines: string[] = [];
  createLogger("info", { write: (line: string) => void lines.push(line) }).warn({ err }, "it went wrong");
  return JSON.parse(lines[0] ?? "");
}

test("a failure of ours is logged as its sentence and its cause, without a stack", () => {
  const failure = new AnswerFailure("tls_expired", "kho.example.edu.vn: its certificate ran out", {
    cause: new Error("CERT_HAS_EXPIRED"),
  });
  expect(logged(failure).err).toEqual({
    type: "AnswerFailure",
    message: "kho.example.edu.vn: its certificate ran out",
    cause: "CERT_HAS_EXPIRED",
  });
});

test.each([
  ["what the program does wrong", new TypeError("x is not a function")],
  ["what the database says", new pg.DatabaseError("duplicate key", 13, "error")],
])("%s is logged with its stack", (_, error) => {
  expect(logged(error).err).toMatchObject({ message: error.message, stack: expect.stringContaining("logger.test.ts") });
});

test("what is thrown and is no error is logged as it is", () => {
  expect(logged("out of paper").err).toBe("out of paper");
});

test("secrets do not reach the log", () => {
  const lines: string[] = [];
  const log = createLogger("info", { write: (line: string) => void lines.push(line) });
  log.info({ password: "p-1", settings: { tokenSecret: "t-2" }, headers: { authorization: "a-3" } }, "settings");
  expect(lines.join("")).not.toMatch(/p-1|t-2|a-3/);
});
