import { expect, test } from "vitest";
import { chooseEncoding } from "../../src/http/compression.ts";

/** RFC 9110 §12.5.3 and its examples; where two are liked equally, br is the smaller one. */
test.each([
  [undefined, "identity"],
  ["", "identity"],
  ["gzip", "gzip"],
  ["x-gzip", "gzip"],
  ["GZIP", "gzip"],
  ["br", "br"],
  ["gzip, br", "br"],
  ["gzip, deflate, br, zstd", "br"],
  ["gzip;q=1.0, br;q=0.5", "gzip"],
  ["gzip ; q=0.2 ,br;q=0.1", "gzip"],
  ["gzip;q=0", "identity"],
  ["gzip;q=0.000, br;q=0", "identity"],
  ["br;q=0, gzip;q=0.1", "gzip"],
  ["*", "br"],
  ["*;q=0", "identity"],
  ["*, br;q=0", "gzip"],
  ["gzip;q=0, *", "br"],
  ["deflate", "identity"],
  ["identity", "identity"],
  ["identity;q=1, gzip;q=0.5", "identity"],
  ["gzip;q=1, identity;q=0.5", "gzip"],
  ["identity;q=0, gzip;q=0", "identity"],
  ["gzipped", "identity"],
  ["gzip;level=9", "identity"],
  [";;,,;q=", "identity"],
  ["gzip;q=.", "identity"],
])("Accept-Encoding %j gets %s", (header, expected) => {
  expect(chooseEncoding(header)).toBe(expected);
});
