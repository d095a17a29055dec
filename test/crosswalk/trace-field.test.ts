import { expect, test } from "vitest";
import { incomingNamed } from "../../mappings/index.ts";
import { traceField } from "../../src/crosswalk/trace-field.ts";
import { parseXml } from "../../src/xml/parse.ts";

const oaiDc = incomingNamed("oai-dc") ?? expect.fail("oai-dc is a crosswalk of ours");

function dublinCore(...elements: readonly string[]) {
  return parseXml(`<dc xmlns="http://purl.org/dc/elements/1.1/">${elements.join("")}</dc>`);
}

test("a text in an old font is traced as it was sent, with what was done to it", () => {
  // TCVN 5712: ¸ is á, Ë is ậ, Ò is ề, ¶ is ả, Ö is ệ, « is ô, U+00AD is ư, ê is ờ
  const sent = "Ph¸p luËt vÒ b¶o vÖ m«i tr\u00adêng";
  const { rule, values, remarks } = traceField(oaiDc, dublinCore(`<title>${sent}</title>`), "titles");
  expect([rule, remarks]).toEqual(["titles", []]);
  expect(values).toEqual([
    {
      value: { value: "Pháp luật về bảo vệ môi trường", lang: "vi", type: "main" },
      from: [{ path: "/dc/title", text: sent, repairs: ["tcvn3"] }],
    },
  ]);
});

test("a field of one value is traced like the others, with every text that it was made from", () => {
  const metadata = dublinCore("<title>Rice</title>", "<date>2011</date>");
  const { values } = traceField(oaiDc, metadata, "issued");
  expect(values).toEqual([
    {
      value: { value: "2011", raw: "2011", precision: "year" },
      from: [{ path: "/dc/date", text: "2011", repairs: [] }],
    },
  ]);
});

test("where nothing comes of a field, what was remarked is left, with its place", () => {
  const { values, remarks } = traceField(oaiDc, dublinCore("<date>không rõ</date>"), "issued");
  expect(values).toEqual([]);
  expect(remarks).toEqual([{ code: "unreadable-date", path: "/dc/date" }]);
});
