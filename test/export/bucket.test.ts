import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { beginBucket } from "../../src/export/bucket.ts";
import type { Manifest } from "../../src/export/manifest.ts";
import { EMPTY_SHA256, objectPath, signRequest } from "../../src/export/request-signature.ts";
import { runCli } from "../cli/run-cli.ts";
import { addSource, publish, sampleRecords } from "../provider/sample-feed.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { dump } from "./dump.ts";
import { KEY, type StandIn, startStandIn } from "./object-store.ts";

const RECORDS = 12;
const NAMES = ["records.jsonl.gz", "marc21.xml.gz", "marc21.mrc.gz", "oai_dc.xml.gz", "deleted.tsv.gz"];
let database: TestDatabase;
let store: StandIn;

beforeAll(async () => {
  database = await createTestDatabase();
  const source = await addSource(database.db, "kho", "https://kho.example/oai");
  await publish(database.db, source, sampleRecords(source, 1, RECORDS), new Date("2026-01-02T03:04:05Z"));
});
beforeEach(async () => {
  store = await startStandIn();
});
afterEach(async () => {
  await store.close();
});
afterAll(async () => {
  await database.close();
});

/** Where the last dump was made before it was sent. */
let folder = "";
async function dumpTo(address: string, key: Partial<typeof KEY> = {}, signal?: AbortSignal): Promise<Manifest> {
  const access = { ...KEY, ...key, endpoint: store.endpoint, firstRetryMs: 1 };
  return await dump(database.db, "", {
    begin: async () => {
      const begun = await beginBucket(address, access, signal);
      folder = begun.path;
      expect(existsSync(folder)).toBe(true);
      return begun;
    },
  });
}

describe("a dump into an object store", () => {
  test("lies there whole, with the manifest last, and nothing stays on the disk", async () => {
    const manifest = await dumpTo("s3://dumps/2026/đêm nay!");
    const prefix = `/dumps/2026/${objectPath("đêm nay!")}`;
    expect(store.requests).toEqual([
      `HEAD ${prefix}/manifest.json`,
      ...[...NAMES, "manifest.json"].map((name) => `PUT ${prefix}/${name}`),
    ]);
    const object = (name: string) => store.objects.get(`dumps/2026/đêm nay!/${name}`) ?? Buffer.alloc(0);
    expect(JSON.parse(object("manifest.json").toString("utf8"))).toEqual(manifest);
    for (const { name, bytes, sha256 } of manifest.files) {
      expect([object(name).length, createHash("sha256").update(object(name)).digest("hex")]).toEqual([bytes, sha256]);
    }
    expect(gunzipSync(object("records.jsonl.gz")).toString("utf8").trimEnd().split("\n")).toHaveLength(RECORDS);
    expect(existsSync(folder)).toBe(false);
  });

  test("needs no prefix", async () => {
    await dumpTo("s3://dumps");
    expect([...store.objects.keys()].toSorted()).toEqual(
      [...NAMES, "manifest.json"].map((name) => `dumps/${name}`).toSorted(),
    );
  });

  test("is sent again where the store is busy or cuts the connection", async () => {
    store.trouble = (request) => [503, 0, 500][request - 1] ?? null; // the question whether there is a manifest
    await dumpTo("s3://dumps/a");
    expect(store.requests.slice(0, 4)).toEqual(Array(4).fill("HEAD /dumps/a/manifest.json"));
    expect(store.objects.size).toBe(6);
  });

  test("where a dump is already is refused before anything is read", async () => {
    await dumpTo("s3://dumps/a");
    const before = new Map(store.objects);
    await expect(dumpTo("s3://dumps/a/")).rejects.toThrow("a dump is there already; name a new prefix");
    expect(store.objects).toEqual(before);
  });

  test("that breaks off has no manifest, leaves nothing on the disk, and the next one succeeds", async () => {
    store.trouble = (request) => (request > 3 ? 503 : null);
    await expect(dumpTo("s3://dumps/a")).rejects.toThrow(
      /^s3:\/\/dumps\/a\/\S+: the object store answered 503: SlowDown, said by the store$/,
    );
    expect([...store.objects.keys()]).toEqual(NAMES.slice(0, 2).map((name) => `dumps/a/${name}`));
    expect(existsSync(folder)).toBe(false);
    store.trouble = () => null;
    await dumpTo("s3://dumps/a");
    expect([...store.objects.keys()]).toContain("dumps/a/manifest.json");
  });

  test("is stopped in the middle of a file, without a manifest", async () => {
    const stop = new AbortController();
    store.trouble = (request) => {
      if (request === 3) stop.abort();
      return null;
    };
    await expect(dumpTo("s3://dumps/a", {}, stop.signal)).rejects.toThrow("the export was stopped; it has no manifest");
    expect([...store.objects.keys()]).toEqual(NAMES.slice(0, 2).map((name) => `dumps/a/${name}`));
  });

  test.each([
    ["a wrong secret", "s3://dumps/a", { secretAccessKey: "khác" }, /answered 403; look at key, secret, region/],
    [
      "a bucket that there is not",
      "s3://other/a",
      {},
      /s3:\/\/other\/a\/records\.jsonl\.gz: .* answered 404: NoSuchBucket/,
    ],
    [
      "an address without a bucket",
      "s3:///a",
      {},
      /"s3:\/\/\/a" is no place in an object store; give s3:\/\/bucket\/prefix/,
    ],
  ])("tells of %s", async (_, address, key, message) => {
    await expect(dumpTo(address, key)).rejects.toThrow(message);
  });

  test("tells of a store that does not answer", async () => {
    const access = { ...KEY, endpoint: "http://127.0.0.1:1", firstRetryMs: 1 };
    const begin = () => beginBucket("s3://dumps/a", access);
    await expect(dump(database.db, "", { begin })).rejects.toThrow(
      /127\.0\.0\.1:1: .* cannot be reached \(.*ECONNREFUSED/,
    );
  });

  test("is made by the command line with the settings, and refused without a key", async () => {
    const settings = { DATABASE_URL: database.url, AWS_ENDPOINT_URL: store.endpoint, AWS_REGION: KEY.region };
    const keys = { AWS_ACCESS_KEY_ID: KEY.accessKeyId, AWS_SECRET_ACCESS_KEY: KEY.secretAccessKey };
    const args = ["export", "--out", "s3://dumps/dem", "--format", "jsonl", "--compression", "gzip"];
    const { code, stdout } = await runCli(args, { ...settings, ...keys });
    expect([code, store.objects.size]).toEqual([0, 3]);
    expect(stdout).toContain("s3://dumps/dem holds the feed up to ");
    const refused = await runCli(args, settings);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("needs AWS_ACCESS_KEY_ID and")]);
  });
});

/** "Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)", the two examples of Amazon's documentation. */
describe("a signature is that of Amazon's examples", () => {
  const credentials = {
    accessKeyId: "AKIAIOSFODNN7EXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    region: "us-east-1",
  };
  const now = new Date("2013-05-24T00:00:00Z");
  const urlOf = (key: string) => new URL(`https://examplebucket.s3.amazonaws.com/${objectPath(key)}`);

  test("GET Object", () => {
    const headers = { range: "bytes=0-9" };
    const request = { method: "GET", url: urlOf("test.txt"), headers, bodySha256: EMPTY_SHA256 };
    expect(signRequest(credentials, request, now).authorization).toBe(
      "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
    );
  });

  test("PUT Object", () => {
    const headers = { date: "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class": "REDUCED_REDUNDANCY" };
    const bodySha256 = createHash("sha256").update("Welcome to Amazon S3.").digest("hex");
    const request = { method: "PUT", url: urlOf("test$file.text"), headers, bodySha256 };
    expect(signRequest(credentials, request, now).authorization).toContain(
      "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd",
    );
  });
});
