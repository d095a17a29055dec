import fastify, { type FastifyInstance } from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";
import { portalRoutes } from "../../src/portal/routes.ts";
import { explainToken } from "../../src/provider/explain-token.ts";
import { writeToken } from "../../src/provider/token.ts";
import { openDatabase } from "../../src/store/database.ts";

const SECRET = "a secret that is long enough for anybody";
const NOW = new Date("2026-05-06T08:00:00Z");
const PLACE = {
  verb: "ListRecords",
  metadataPrefix: "marc21",
  set: "inst:kho",
  from: new Date("2026-01-31T17:00:00Z"),
  until: null,
  horizon: new Date("2026-05-06T07:30:00Z"),
  after: { stamp: new Date("2026-03-04T05:06:07Z"), recordId: 4_711 },
  cursor: 1_200,
  completeListSize: null,
} as const;
let server: FastifyInstance;

beforeAll(async () => {
  server = fastify();
  await server.register(
    portalRoutes({
      // nothing of the page is asked of a database: there is none behind this address
      db: openDatabase("postgres://nobody@localhost:1/none"),
      name: "Cổng",
      oaiUrl: () => "https://cong.example.vn/oai",
      prefixes: ["oai_dc"],
      explain: async () => null,
      explainToken: (token) => explainToken(SECRET, token, NOW),
    }),
  );
});

afterAll(async () => await server.close());

async function page(token: string, language = "en"): Promise<string> {
  const query = new URLSearchParams({ resumptionToken: token, lang: language });
  const { statusCode, body } = await server.inject(`/oai/admin/token?${query}`);
  expect(statusCode).toBe(200);
  return body;
}

/** What the page says of each field, in the order of the page. */
const factsOf = (html: string) =>
  Object.fromEntries(
    [...html.matchAll(/<dt>(.*?)<\/dt><dd>(.*?)<\/dd>/g)].map(([, name = "", value = ""]) => [
      name,
      value.replace(/<[^>]+>/g, ""),
    ]),
  );

test("a token tells what it stands for, in the time of Vietnam", async () => {
  const html = await page(writeToken(SECRET, PLACE, new Date("2026-05-06T07:30:05Z")));
  expect(factsOf(html)).toEqual({
    verb: "ListRecords",
    metadataPrefix: "marc21",
    set: "inst:kho",
    from: "1 Feb 2026, 00:00",
    until: "responseDate",
    responseDate: "6 May 2026, 14:30",
    "Records given so far": "1,200",
    completeListSize: "not told",
    Given: "6 May 2026, 14:30",
    "Good until": "7 May 2026, 14:30",
  });
  expect(html).toContain("The feed takes it.");
});

test("the page is there in Vietnamese, and the link to the other language keeps the token", async () => {
  const token = writeToken(SECRET, { verb: "ListSets", horizon: NOW, afterSetSpec: "inst:a", cursor: 1_000 }, NOW);
  const html = await page(token, "vi");
  expect(factsOf(html)).toMatchObject({ verb: "ListSets", "Số biểu ghi đã nhận": "1.000" });
  expect(factsOf(html)).not.toHaveProperty("set");
  expect(html).toContain(`href="?resumptionToken=${encodeURIComponent(token)}&amp;lang=en"`);
});

test.each([
  ["has expired", writeToken(SECRET, PLACE, new Date("2026-05-05T07:00:00Z")), "it has expired"],
  ["somebody else signed", writeToken("another secret, just as long as it", PLACE, NOW), "another server gave it"],
  ["is none", "<script>alert(1)</script>", "This is no resumptionToken of this feed"],
])("a token that %s is explained as far as it goes", async (_, token, said) => {
  const html = await page(token);
  expect(html).toContain(said);
  expect(html).not.toContain("The feed takes it.");
  expect(html).not.toContain("<script");
});

test("what somebody else wrote into a token is shown as text", async () => {
  const made = { ...PLACE, metadataPrefix: "<b>x</b>", cursor: Number.NaN, horizon: new Date(Number.NaN) };
  const html = await page(writeToken("another secret, just as long as it", made, NOW));
  expect(factsOf(html)).toMatchObject({ metadataPrefix: "&lt;b>x&lt;/b>", "Records given so far": "not told" });
});

test("without a token the page asks for one", async () => {
  const { body } = await server.inject("/oai/admin/token?lang=en");
  expect(body).toContain('name="resumptionToken"');
  expect(body).not.toContain("This is no resumptionToken");
});
