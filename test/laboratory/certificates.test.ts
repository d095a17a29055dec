import { request } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { harvestRepository } from "../../src/jobs/harvest-repository.ts";
import { addRepository, updateRepository } from "../../src/store/repositories.ts";
import { Authority, HAS_OPENSSL, OPENSSL_ABSENT } from "../client/certificates.ts";
import { createTestDatabase, type TestDatabase } from "../support/database.ts";
import { testServices } from "../support/services.ts";
import { liesOf, missingFrom, readStore } from "./judge.ts";
import { type MisbehavingServer, startMisbehavingServer } from "./misbehaving-server.ts";
import { generatedRecords } from "./truth.ts";

const RECORDS = 30;
let authority: Authority;
let database: TestDatabase;
let sound: MisbehavingServer;
const table: string[] = [];

beforeAll(async () => {
  database = await createTestDatabase();
  if (HAS_OPENSSL) authority = new Authority();
  const provider = {
    records: generatedRecords(RECORDS),
    pageSize: 10,
    granularity: "second",
    ignoresDates: false,
  } as const;
  sound = await startMisbehavingServer(provider, [], { gzip: true, chunked: true });
});

afterEach(() => sound.nextRun());

afterAll(async () => {
  if (HAS_OPENSSL) authority.remove();
  await sound.close();
  await database.close();
  process.stdout.write(`\n${table.join("\n")}\n`);
});

test.skipIf(HAS_OPENSSL)(OPENSSL_ABSENT, () => {});

/** A sound repository behind TLS; returns its address. */
async function behindTls(options: ServerOptions): Promise<string> {
  const inner = new URL(sound.baseUrl);
  const server = createServer(options, (incoming, response) => {
    const onward = request(new URL(incoming.url ?? "", inner), (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void server.close());
  return `https://localhost:${(server.address() as AddressInfo).port}${inner.pathname}`;
}

/** Harvests once as the certificate is, and once with `trusted` as the certificates of this repository. */
async function harvestTwice(code: string, options: ServerOptions, trusted: string) {
  const services = testServices(database.db);
  const base_url = await behindTls(options);
  const { repository_id } = await addRepository(database.db, { code, name: code, base_url });
  const harvest = async () => {
    const result = await harvestRepository(services, repository_id, { trigger: "person", full: false });
    const found = await readStore(database.db, repository_id);
    expect(liesOf(found, sound.truth, result)).toEqual([]);
    const { outcome, run } = result;
    table.push(`certificate ${code}: ${outcome}, ${found.sources.size}/${RECORDS}, ${run.failure}`);
    return { outcome, failure: run.failure, missing: missingFrom(found, sound.truth).length };
  };
  try {
    const first = await harvest();
    await updateRepository(database.db, repository_id, { ca_bundle: trusted });
    return [first, await harvest()] as const;
  } finally {
    await services.http.close();
  }
}

describe.skipIf(!HAS_OPENSSL)("a harvest over TLS", () => {
  test.each([
    {
      code: "incomplete-chain",
      says: /intermediate certificates/,
      make: () => ({ own: authority.issue("localhost", "intermediate"), trusted: authority.intermediate }),
    },
    {
      code: "self-signed",
      says: /self-signed/,
      make: () => {
        const own = authority.selfSigned("localhost");
        return { own, trusted: own };
      },
    },
  ] as const)("whose certificate is $code names it, and is complete once that is trusted", async (certificate) => {
    const { own, trusted } = certificate.make();
    const [first, second] = await harvestTwice(certificate.code, own, trusted.cert);
    expect(first).toMatchObject({
      outcome: "failed",
      failure: expect.stringMatching(certificate.says),
      missing: RECORDS,
    });
    expect(second).toEqual({ outcome: "complete", failure: null, missing: 0 });
  });

  test.each([
    ["expired", /has expired on/, () => authority.issue("localhost", "root", -1)],
    ["wrong-host", /its certificate is for other\.edu\.vn/, () => authority.issue("other.edu.vn")],
  ] as const)("whose certificate is %s names it, whoever is trusted", async (code, says, make) => {
    const [, second] = await harvestTwice(code, make(), authority.root.cert);
    expect(second).toMatchObject({ outcome: "failed", failure: expect.stringMatching(says), missing: RECORDS });
  });
});
