import { expect, test } from "vitest";
import { contentDigest, rawDigest } from "../../src/record/digest.ts";

/** Judged by sha256sum. */
test("the digest of what was sent is SHA-256 of its UTF-8 bytes", () => {
  // printf '<record>Truyện Kiều</record>' | sha256sum
  expect(rawDigest("<record>Truyện Kiều</record>").toString("hex")).toBe(
    "f17f14232455c4bd4ad13f0264dc2bead4f088b1f198e141e8cd4eb50c22dcf3",
  );
});

test("the digest of a record is SHA-256 of its JSON with the members of every object in the order of their names", () => {
  const title = { value: "Truyện Kiều", lang: "vi", type: "main" as const };
  // printf '{"languages":["vie"],"titles":[{"lang":"vi","type":"main","value":"Truyện Kiều"}]}' | sha256sum
  expect(contentDigest({ titles: [title], languages: ["vie"] }).toString("hex")).toBe(
    "774298e75c2cbbfce0684f72310b27034f8d0d7e1881de3a96aed6ee00fd9275",
  );
});

test("the digest of a record does not depend on the order in which it was built, and does on that of its lists", () => {
  const one = contentDigest({ languages: ["vie", "eng"], titles: [{ value: "Kiều", type: "main" }] });
  const other = contentDigest({ titles: [{ type: "main", value: "Kiều" }], languages: ["vie", "eng"] });
  expect(other.equals(one)).toBe(true);
  expect(contentDigest({ languages: ["eng", "vie"], titles: [{ value: "Kiều", type: "main" }] }).equals(one)).toBe(
    false,
  );
});
