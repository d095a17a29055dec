import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { contentDigest } from "../../src/record/digest.ts";
import { savePage } from "../../src/store/page.ts";
import { type Described, recordOf } from "../dedupe/described.ts";
import { changed, page, startHarvest } from "../store/harvested.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { runCliHere } from "./run-cli-here.ts";

const thesis: Described = {
  title: "Nghiên cứu giải pháp chống xói lở bờ biển Cửa Đại",
  by: ["Nguyễn Mai Đăng"],
  year: "2019",
  type: "doctoral",
};
const TLU = "oai:lienthong.example:tlu/1";
const NLV = "oai:lienthong.example:nlv/1";
const MASTER = "oai:lienthong.example:tlu/2";
let database: TestDatabase;

beforeEach(async () => {
  database = await createTestDatabase();
  await harvest("tlu", { 1: thesis, 2: { ...thesis, type: "master" } });
  await harvest("nlv", { 1: { ...thesis, year: "2020" } });
  // as if it were some time ago: the feed, and what is compared, ends at the present second
  await database.pool.query("UPDATE record SET stamp = stamp - interval '1 hour'");
});
afterEach(async () => await database.close());

async function harvest(code: string, cards: Readonly<Record<string, Described>>): Promise<void> {
  const from = await startHarvest(database.db, code);
  const records = Object.entries(cards).map(([identifier, card]) => {
    const one = changed(from, { identifier });
    const published = recordOf(card);
    return one.record === null
      ? one
      : { ...one, record: { ...one.record, published, contentHash: contentDigest(published) } };
  });
  await savePage(database.db, { ...page(from, []), changed: records });
}

const lienthong = (...args: readonly string[]) => runCliHere(args, { DATABASE_URL: database.url });

describe("lienthong cluster", () => {
  test("lists what dedupe brought together, of all repositories or of one", async () => {
    expect((await lienthong("cluster", "list")).stdout).toContain("no clusters; `lienthong dedupe`");
    const { code, stdout } = await lienthong("dedupe");
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: "3 records compared; 2 joined a cluster, left one or changed their place\n",
    });
    expect((await lienthong("cluster", "list")).stdout).toMatch(
      new RegExp(`^\\s*1\\s+2\\s+nlv tlu\\s+${NLV}\\s+Nghiên cứu`, "m"),
    );
    const [found] = JSON.parse((await lienthong("cluster", "list", "--repository", "tlu", "--json")).stdout);
    expect(found).toMatchObject({ clusterId: 1, records: 2, repositories: ["nlv", "tlu"], preferred: NLV });
    expect((await lienthong("cluster", "list", "--repository", "nirgends")).code).toBe(1);
  });

  test("shows in words why records are together, and why others are not", async () => {
    await lienthong("dedupe");
    const { stdout } = await lienthong("cluster", "show", TLU);
    expect(stdout).toContain(`other: ${TLU}`);
    expect(stdout).toContain("    - the same author: Nguyễn Mai Đăng\n    - years next to each other: 2019, 2020\n");
    expect(stdout).toMatch(
      new RegExp(
        `stays apart from:\\n {2}${MASTER}.*: different\\n(.*\\n)+ {4}- theses of different levels: master, doctoral`,
      ),
    );
    expect((await lienthong("cluster", "show", "1", "--lang", "vi")).stdout).toContain(
      "- cùng tác giả: Nguyễn Mai Đăng",
    );
    expect((await lienthong("cluster", "show", MASTER)).stdout).toContain(`${MASTER} is in no cluster`);
  });

  test("splits and merges with a reason, which it shows", async () => {
    await lienthong("dedupe");
    const split = await lienthong("cluster", "split", TLU, "--reason", "hai bản thảo khác nhau");
    expect(split.stdout).toBe(`${TLU} is split from 1 other record for good\n`);
    expect((await lienthong("cluster", "show", TLU)).stdout).toContain(
      "said that they are different: hai bản thảo khác nhau",
    );
    expect((await lienthong("cluster", "split", TLU, "--reason", "x")).stderr).toContain("is in no cluster");
    const merged = await lienthong("cluster", "merge", TLU, MASTER, "--reason", "một luận án");
    expect(merged.stdout).toMatch(new RegExp(`^${TLU} and ${MASTER} are in cluster \\d+\n$`));
    expect((await lienthong("cluster", "show", MASTER)).stdout).toContain("said that they are the same: một luận án");
  });

  test("ignores what we think of a pair; refuses a record beside itself, an empty reason and one it does not know", async () => {
    await lienthong("dedupe");
    expect((await lienthong("cluster", "ignore", TLU, NLV, "--reason", "chưa rõ")).code).toBe(0);
    expect((await lienthong("cluster", "list")).stdout).toContain("no clusters");
    expect((await lienthong("cluster", "merge", TLU, TLU, "--reason", "x")).stderr).toContain("are one record");
    expect((await lienthong("cluster", "merge", TLU, NLV, "--reason", " ")).stderr).toContain("say why with --reason");
    expect((await lienthong("cluster", "merge", TLU, "oai:x", "--reason", "x")).stderr).toContain('no record "oai:x"');
  });
});
