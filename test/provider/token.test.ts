import { createHmac } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type ListToken,
  openToken,
  readListToken,
  readSetsToken,
  type SetsToken,
  TOKEN_LIFETIME_MS,
  writeToken,
} from "../../src/provider/token.ts";

const SECRET = "a secret that is long enough for anybody";
const ISSUED = new Date("2024-05-06T07:08:09Z");
const LIST: ListToken = {
  verb: "ListRecords",
  metadataPrefix: "oai_dc",
  set: "inst:kho",
  from: new Date("2024-01-01T00:00:00Z"),
  until: null,
  horizon: new Date("2024-05-06T07:08:04Z"),
  after: { stamp: new Date("2024-03-04T05:06:07Z"), recordId: 4_294_967_297 },
  cursor: 100,
  completeListSize: 250,
};
const SETS: SetsToken = { verb: "ListSets", horizon: LIST.horizon, afterSetSpec: "inst:kho", cursor: 100 };
const moments = fc
  .date({ min: new Date(0), max: new Date("9999-12-31T23:59:59Z"), noInvalidDate: true })
  .map((date) => {
    date.setUTCMilliseconds(0);
    return date;
  });
const setSpecs = fc.constantFrom("inst:kho", "-", "a:b:c", "~", "!'()*");
const listTokens: fc.Arbitrary<ListToken> = fc.record({
  verb: fc.constantFrom("ListRecords", "ListIdentifiers"),
  metadataPrefix: fc.constantFrom("oai_dc", "-", "marc21"),
  set: fc.option(setSpecs),
  from: fc.option(moments),
  until: fc.option(moments),
  horizon: moments,
  after: fc.record({ stamp: moments, recordId: fc.maxSafeNat() }),
  cursor: fc.maxSafeNat(),
  completeListSize: fc.option(fc.maxSafeNat()),
});

describe("a token", () => {
  test("of a list brings back all that it was given", () => {
    fc.assert(
      fc.property(listTokens, (token) => {
        expect(readListToken(SECRET, writeToken(SECRET, token, ISSUED), token.verb, ISSUED)).toEqual(token);
      }),
    );
  });

  test("of the sets does so too", () => {
    expect(readSetsToken(SECRET, writeToken(SECRET, SETS, ISSUED), ISSUED)).toEqual(SETS);
  });

  test("is made of characters that stand in an address as they are, and is short", () => {
    const text = writeToken(SECRET, LIST, ISSUED);
    expect(text).toMatch(/^[A-Za-z0-9_.-]+$/);
    expect(text.length).toBeLessThan(200);
  });

  test("can be read by a person who decodes its first half", () => {
    const [payload = ""] = writeToken(SECRET, LIST, ISSUED).split(".");
    expect(Buffer.from(payload, "base64url").toString()).toContain("ListRecords");
  });

  test("is good for a whole day and no longer", () => {
    const text = writeToken(SECRET, LIST, ISSUED);
    const at = (ms: number) => new Date(ISSUED.getTime() + ms);
    expect(TOKEN_LIFETIME_MS).toBeGreaterThanOrEqual(24 * 60 * 60 * 1000);
    expect(readListToken(SECRET, text, "ListRecords", at(TOKEN_LIFETIME_MS))).toEqual(LIST);
    expect(() => readListToken(SECRET, text, "ListRecords", at(TOKEN_LIFETIME_MS + 1000))).toThrow(badToken(/expired/));
  });

  test("of another verb is refused", () => {
    expect(() => readListToken(SECRET, writeToken(SECRET, LIST, ISSUED), "ListIdentifiers", ISSUED)).toThrow(
      badToken(/ListIdentifiers/),
    );
    expect(() => readListToken(SECRET, writeToken(SECRET, SETS, ISSUED), "ListRecords", ISSUED)).toThrow(badToken(/./));
    expect(() => readSetsToken(SECRET, writeToken(SECRET, LIST, ISSUED), ISSUED)).toThrow(badToken(/./));
  });

  test("of another version is refused, although we signed it", () => {
    const payload = Buffer.from(`0 ListSets ${ISSUED.getTime() / 1000} 0 a 0`).toString("base64url");
    const signature = createHmac("sha256", SECRET).update(payload).digest().subarray(0, 16).toString("base64url");
    expect(() => readSetsToken(SECRET, `${payload}.${signature}`, ISSUED)).toThrow(badToken(/version/));
  });

  test("of somebody else's is refused", () => {
    const foreign = writeToken("another secret that is long enough", LIST, ISSUED);
    expect(() => readListToken(SECRET, foreign, "ListRecords", ISSUED)).toThrow(badToken(/not given/));
  });

  test("is refused whichever of its characters was changed, dropped or added", () => {
    const text = writeToken(SECRET, LIST, ISSUED);
    for (let position = 0; position <= text.length; position++) {
      const [before, after] = [text.slice(0, position), text.slice(position)];
      const other = after.startsWith("A") ? "B" : "A";
      for (const changed of [`${before}${other}${after.slice(1)}`, `${before}A${after}`, before + after.slice(1)]) {
        if (changed === text) continue;
        expect(() => readListToken(SECRET, changed, "ListRecords", ISSUED), changed).toThrow(badToken(/not given/));
      }
    }
  });

  test("is refused where its signature is written in another way", () => {
    const text = writeToken(SECRET, LIST, ISSUED);
    // the last of 22 characters carries four bits that decoders ignore
    const last = text.slice(-1);
    const other = `${text.slice(0, -1)}${String.fromCharCode(last.charCodeAt(0) + 1)}`;
    expect("AQgw").toContain(last);
    for (const changed of [other, `${text}=`, `${text} `])
      expect(() => readListToken(SECRET, changed, "ListRecords", ISSUED), changed).toThrow(badToken(/not given/));
  });

  test.each([
    "",
    ".",
    "..",
    "junk",
    "a.b.c",
    `${writeToken(SECRET, LIST, ISSUED)}.`,
    "đ.đ",
    "\u0000",
    "x".repeat(100_000),
  ])("that is none is refused", (text) => {
    expect(() => readListToken(SECRET, text, "ListRecords", ISSUED)).toThrow(badToken(/not given/));
  });
});

describe("for a person who wants to know what is in it, a token", () => {
  test.each([LIST, SETS])("of $verb is opened with the moment at which it was given", (token) => {
    expect(openToken(SECRET, writeToken(SECRET, token, ISSUED))).toEqual({ ours: true, issued: ISSUED, token });
  });

  test("of somebody else's is opened too, and called that", () => {
    const foreign = writeToken("another secret that is long enough", LIST, ISSUED);
    expect(openToken(SECRET, foreign)).toEqual({ ours: false, issued: ISSUED, token: LIST });
  });

  test.each(["", "junk", "0001", "eyJhIjoxfQ.x", Buffer.from("0 ListSets 1 1 a 1").toString("base64url")])(
    "%j is none",
    (text) => {
      expect(openToken(SECRET, text)).toBeNull();
    },
  );
});

function badToken(message: RegExp) {
  return expect.objectContaining({ code: "badResumptionToken", message: expect.stringMatching(message) });
}
