import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { messagesOf } from "../../src/portal/messages/messages.ts";

const glossary = readFileSync(new URL("../../docs/glossary.md", import.meta.url), "utf8");
/** Word → Vietnamese, of all tables. */
const vietnameseOf = new Map(
  [...glossary.matchAll(/^\| `?([a-z_]+)`?\s*\| ([^|]*?)\s*\|/gm)].map(([, word = "", vi = ""]) => [word, vi]),
);
const vi = messagesOf("vi");

test.each([
  ...(["draft", "live", "paused", "retired"] as const),
  ...(["complete", "complete_with_rejects", "partial", "empty_unexpected", "failed"] as const),
  ...(["held_for_review", "cancelled", "harvest", "sweep", "import", "outcome", "missing"] as const),
  ...(["promised", "received", "stored", "added", "changed", "unchanged"] as const),
  ...(["deleted", "rejected", "repeated", "unknown", "withdrawn"] as const),
])("the glossary tells what the pages call %s", (word) => {
  expect(vietnameseOf.get(word)).toBe(vi[word]);
});

test("the glossary tells what the pages call a run that has not ended, a reason and its details", () => {
  expect(["open", "diagnosis", "failure"].map((word) => vietnameseOf.get(word))).toEqual([
    vi.running,
    vi.reason,
    vi.details,
  ]);
});
