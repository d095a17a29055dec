import { afterAll, beforeAll, expect, test } from "vitest";
import { outgoingCrosswalks } from "../../mappings/index.ts";
import type { Provider } from "../../src/provider/provider.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { schemaComplaints, schemasPresent } from "../support/schemas.ts";
import { addSource, identifiersOf, publish, sampleProvider, sampleRecord } from "./sample-feed.ts";

const STAMP = new Date("2024-05-06T07:08:09Z");
let database: TestDatabase;
let provider: Provider;

beforeAll(async () => {
  database = await createTestDatabase();
  provider = sampleProvider(database.db, { formats: outgoingCrosswalks });
  const source = await addSource(database.db, "kho", "https://kho.example.edu.vn/oai");
  const rich = {
    titles: [
      { value: "Nhan đề <một> & \u0001hai", lang: "vie", type: "main" },
      { value: "Title one", lang: "eng", type: "translated" },
    ],
    creators: [{ name: "Nguyễn Văn A", nameType: "personal" }],
    contributors: [{ name: "Trần Thị B", nameType: "personal", role: "ths" }],
    publishers: [{ name: "Đại học X" }],
    issued: { value: "2021-05", raw: "05/2021", precision: "month" },
    languages: ["vie"],
  } as const;
  await publish(
    database.db,
    source,
    [
      sampleRecord(source, 1),
      sampleRecord(source, 2, { published: rich }),
      sampleRecord(source, 3, { deletedReason: "source-header", published: null, contentHash: null }),
    ],
    STAMP,
  );
});

afterAll(async () => await database.close());

test("the format that the protocol requires is served (OAI-PMH 2.0 §2.5)", () => {
  expect(outgoingCrosswalks.map(({ metadataPrefix }) => metadataPrefix)).toContain("oai_dc");
});

test.skipIf(!schemasPresent).each(outgoingCrosswalks.map(({ metadataPrefix }) => metadataPrefix))(
  "%s is valid in a list and one by one, of little and of much metadata",
  async (metadataPrefix) => {
    const list = await provider.answer(`verb=ListRecords&metadataPrefix=${metadataPrefix}`);
    expect(await schemaComplaints(list)).toEqual([]);
    expect(list.match(/<metadata>/g)).toHaveLength(2);
    for (const identifier of identifiersOf(list)) {
      const xml = await provider.answer(`verb=GetRecord&metadataPrefix=${metadataPrefix}&identifier=${identifier}`);
      expect(await schemaComplaints(xml)).toEqual([]);
      expect(identifiersOf(xml)).toEqual([identifier]);
    }
  },
);

test("the formats are told in a valid answer", async () => {
  const xml = await provider.answer("verb=ListMetadataFormats");
  for (const { metadataPrefix } of outgoingCrosswalks) expect(xml).toContain(`>${metadataPrefix}<`);
  if (schemasPresent) expect(await schemaComplaints(xml)).toEqual([]);
});
