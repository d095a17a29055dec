import { createServer as createHttpServer } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { PLAIN_CONNECTION } from "../../src/client/connection.ts";
import { Authority, type Certified, HAS_OPENSSL, OPENSSL_ABSENT } from "./certificates.ts";
import { listen, NAMES_HERE, testClient, textOf } from "./servers.ts";

const HOST = "kho.edu.vn";
let authority: Authority;

beforeAll(() => {
  if (HAS_OPENSSL) authority = new Authority();
});

afterAll(() => {
  if (HAS_OPENSSL) authority.remove();
});

test.skipIf(HAS_OPENSSL)(OPENSSL_ABSENT, () => {});

/** A repository behind TLS; returns its address under `HOST`. */
async function serveTls(options: ServerOptions, requests: { count: number } = { count: 0 }): Promise<string> {
  const server = createServer(options, (_, response) => {
    requests.count += 1;
    response.end("read");
  });
  return `https://${HOST}:${await listen(server)}/oai`;
}

async function ask(url: string, caBundle: string | null = null): Promise<string> {
  return await textOf(
    testClient({}, () => {}, NAMES_HERE),
    url,
    { ...PLAIN_CONNECTION, caBundle },
  );
}

describe.skipIf(!HAS_OPENSSL)("a certificate", () => {
  test("of an authority that is trusted for this repository is accepted", async () => {
    expect(await ask(await serveTls(authority.issue(HOST)), authority.root.cert)).toBe("read");
  });

  test("is not accepted for another repository that trusts nothing of its own", async () => {
    const url = await serveTls(authority.issue(HOST));
    const http = testClient({}, () => {}, NAMES_HERE);
    expect(await textOf(http, url, { ...PLAIN_CONNECTION, caBundle: authority.root.cert })).toBe("read");
    await expect(textOf(http, url)).rejects.toMatchObject({ diagnosis: "tls_incomplete_chain" });
  });

  test("whose chain is incomplete is named, asked for once, and mended by the intermediate certificate", async () => {
    const requests = { count: 0 };
    const url = await serveTls(authority.issue(HOST, "intermediate"), requests);
    await expect(ask(url)).rejects.toMatchObject({
      name: "AnswerFailure",
      diagnosis: "tls_incomplete_chain",
      message: expect.stringMatching(/^kho\.edu\.vn: .*must send the intermediate certificates.*UNABLE_TO_VERIFY/),
    });
    expect(requests.count).toBe(0);
    expect(await ask(url, authority.intermediate.cert)).toBe("read");
  });

  test("that leads to a root nobody knows is named as one that cannot be traced", async () => {
    const { key, cert } = authority.issue(HOST, "intermediate");
    const url = await serveTls({ key, cert: cert + authority.intermediate.cert });
    await expect(ask(url)).rejects.toMatchObject({ diagnosis: "tls_incomplete_chain" });
    expect(await ask(url, authority.root.cert)).toBe("read");
  });

  test("that has expired is named with the day", async () => {
    const expired = authority.issue(HOST, "root", -1);
    const url = await serveTls(expired);
    await expect(ask(url, authority.root.cert)).rejects.toMatchObject({
      diagnosis: "tls_expired",
      message: expect.stringContaining(`has expired on ${authority.lastDay(expired)} and must be renewed`),
    });
  });

  test("of another host is named with the names it holds", async () => {
    const url = await serveTls(authority.issue("other.edu.vn"));
    await expect(ask(url, authority.root.cert)).rejects.toMatchObject({
      diagnosis: "tls_wrong_host",
      message: expect.stringContaining("its certificate is for other.edu.vn"),
    });
  });

  test("that is self-signed is named, and accepted once it is pinned for this repository", async () => {
    const own = authority.selfSigned(HOST);
    const url = await serveTls(own);
    await expect(ask(url)).rejects.toMatchObject({
      diagnosis: "tls_untrusted",
      message: expect.stringContaining("self-signed"),
    });
    expect(await ask(url, own.cert)).toBe("read");
  });

  test("in a bundle that cannot be read is refused before anything is asked", async () => {
    const requests = { count: 0 };
    const url = await serveTls(authority.issue(HOST), requests);
    const broken = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
    await expect(ask(url, broken)).rejects.toThrow("the CA bundle of this repository cannot be read");
    await expect(ask(url, "root.pem")).rejects.toThrow("holds no certificate in PEM");
    expect(requests.count).toBe(0);
  });

  test("that is good does not help where the server speaks TLS 1.1 at best", async () => {
    const good: Certified = authority.issue(HOST);
    const url = await serveTls({
      ...good,
      minVersion: "TLSv1",
      maxVersion: "TLSv1.1",
      ciphers: "DEFAULT@SECLEVEL=0",
    });
    await expect(ask(url, authority.root.cert)).rejects.toMatchObject({
      diagnosis: "tls_protocol",
      message: expect.stringContaining("TLS 1.2 or later must be switched on"),
    });
  });
});

test("a server without TLS behind an https address is named", async () => {
  const port = await listen(createHttpServer((_, response) => response.end("read")));
  await expect(ask(`https://${HOST}:${port}/oai`)).rejects.toMatchObject({
    diagnosis: "tls_protocol",
    message: expect.stringContaining("perhaps the address begins with http://"),
  });
});
