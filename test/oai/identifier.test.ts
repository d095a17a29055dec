import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aggregatorIdentifier, repositoryCodeOf } from "../../src/oai/identifier.ts";

/** The pattern of oai-identifier.xsd for `identifierType`. */
const OAI_IDENTIFIER = /^oai:[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+:[a-zA-Z0-9\-_.!~*'();/?:@&=+$,%]+$/;

describe("aggregatorIdentifier", () => {
  test.each([
    ["oai:repo.example.edu.vn:123456789/42", "oai:lienthong.vn:tlu/repo.example.edu.vn:123456789/42"],
    ["oai:localhost:DHTL/623", "oai:lienthong.vn:tlu/localhost:DHTL/623"],
    ["ark:/1234/5", "oai:lienthong.vn:tlu/~ark:/1234/5"],
    ["a b", "oai:lienthong.vn:tlu/~a%20b"],
    ["100%", "oai:lienthong.vn:tlu/~100%25"],
    ["luận án", "oai:lienthong.vn:tlu/~lu%E1%BA%ADn%20%C3%A1n"],
  ])("serves %s as %s", (identifier, ours) => {
    expect(aggregatorIdentifier("lienthong.vn", "tlu", identifier)).toBe(ours);
  });

  test("different identifiers never share one of ours, and ours are always of the scheme's form", () => {
    const identifier = fc.oneof(
      fc.string({ minLength: 1 }),
      fc.string({ minLength: 1 }).map((text) => `oai:${text}`),
      fc.string({ minLength: 1, unit: "binary" }),
    );
    fc.assert(
      fc.property(identifier, identifier, (a, b) => {
        const [ofA, ofB] = [
          aggregatorIdentifier("lienthong.vn", "tlu", a),
          aggregatorIdentifier("lienthong.vn", "tlu", b),
        ];
        expect(ofA).toMatch(OAI_IDENTIFIER);
        expect(ofA === ofB).toBe(a.toWellFormed() === b.toWellFormed());
      }),
      { numRuns: 2_000 },
    );
  });

  test("a very long identifier stays short and its own", () => {
    const a = aggregatorIdentifier("lienthong.vn", "tlu", `oai:x:${"a".repeat(2_000)}`);
    const b = aggregatorIdentifier("lienthong.vn", "tlu", `oai:x:${"a".repeat(2_001)}`);
    expect(a.length).toBeLessThan(300);
    expect(a).not.toBe(b);
  });

  test("our identifiers name their repository", () => {
    expect(repositoryCodeOf("lienthong.vn", "oai:lienthong.vn:tlu/localhost:DHTL/623")).toBe("tlu");
    expect(repositoryCodeOf("lienthong.vn", "oai:other.vn:tlu/1")).toBeNull();
  });
});
