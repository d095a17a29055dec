import { describe, expect, test } from "vitest";
import { AnswerFailure, ResumptionLoopError, TransientFailure } from "../../src/client/failures.ts";
import { NoCommonFormat } from "../../src/jobs/choose-format.ts";
import { ImportFailure } from "../../src/jobs/import-failure.ts";
import { diagnosisOf, reasonOf } from "../../src/jobs/reason.ts";
import { OaiError } from "../../src/oai/errors.ts";

describe("what is thrown is told in a word", () => {
  test.each<[string, unknown, string]>([
    ["the client's own", new TransientFailure("slow", { diagnosis: "timeout" }), "timeout"],
    ["the client's own, for good", new AnswerFailure("tls_expired", "its certificate ran out"), "tls_expired"],
    ["a refusal of the protocol", new OaiError("badArgument", "no such format"), "oai_error"],
    ["a list without an end", new ResumptionLoopError("t", 3), "list_in_circle"],
    ["a repository that speaks another language", new NoCommonFormat("none"), "no_common_format"],
    ["a file", new ImportFailure("cut off"), "file_unreadable"],
    ["our own mistake", new TypeError("x is not a function"), "internal"],
    ["what is no error at all", "out of paper", "internal"],
  ])("%s", (_, error, diagnosis) => {
    expect(diagnosisOf(error)).toBe(diagnosis);
  });
});

test("a refusal of the protocol is told with its code", () => {
  expect(reasonOf(new OaiError("noSetHierarchy", "sets are off"))).toBe(
    "the repository answers noSetHierarchy: sets are off",
  );
});
