import { createServer, type IncomingMessage } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { describe, expect, test } from "vitest";
import { PLAIN_CONNECTION } from "../../src/client/connection.ts";
import { Authority, HAS_OPENSSL } from "./certificates.ts";
import { listen, NAMES_HERE, serve, testClient, textOf } from "./servers.ts";

/** A proxy that forwards plain requests and tunnels the others, all to this machine; returns what it was asked for. */
async function startProxy() {
  const asked: string[] = [];
  const server = createServer(async (request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const { port, pathname } = new URL(request.url ?? "");
    const answer = await fetch(`http://127.0.0.1:${port}${pathname}`);
    response.writeHead(answer.status).end(await answer.text());
  });
  server.on("connect", (request: IncomingMessage, client: Socket) => {
    asked.push(`${request.method} ${request.url}`);
    const target = connect(Number(request.url?.split(":").at(-1)), "127.0.0.1", () => {
      client.write("HTTP/1.1 200 Connection established\r\n\r\n");
      target.pipe(client).pipe(target);
    });
    for (const socket of [client, target]) socket.on("error", () => socket.destroy());
  });
  return { proxy: `http://127.0.0.1:${await listen(server)}`, asked };
}

describe("through a proxy", () => {
  test("plain http is forwarded, not tunnelled", async () => {
    const { proxy, asked } = await startProxy();
    const { port } = new URL(await serve((_, response) => response.end("read")));
    const http = testClient({ proxy }, () => {}, NAMES_HERE);
    expect(await textOf(http, `http://kho.edu.vn:${port}/oai`)).toBe("read");
    expect(asked).toEqual([`GET http://kho.edu.vn:${port}/oai`]);
  });

  test.skipIf(!HAS_OPENSSL)("https is tunnelled, and the certificates are judged as ever", async () => {
    const authority = new Authority();
    const { proxy, asked } = await startProxy();
    const port = await listen(createTlsServer(authority.issue("kho.edu.vn"), (_, response) => response.end("read")));
    const http = testClient({ proxy }, () => {}, NAMES_HERE);
    const url = `https://kho.edu.vn:${port}/oai`;
    expect(await textOf(http, url, { ...PLAIN_CONNECTION, caBundle: authority.root.cert })).toBe("read");
    await expect(textOf(http, url)).rejects.toMatchObject({ diagnosis: "tls_incomplete_chain" });
    expect(asked).toEqual([`CONNECT kho.edu.vn:${port}`, `CONNECT kho.edu.vn:${port}`]);
    authority.remove();
  });

  test("private addresses are refused before the proxy is asked, spelt out or looked up", async () => {
    const { proxy, asked } = await startProxy();
    const http = testClient({ proxy, privateNetworks: [] }, () => {}, NAMES_HERE);
    for (const url of ["http://127.0.0.1/oai", "http://noi-bo.edu.vn/oai"])
      await expect(textOf(http, url)).rejects.toMatchObject({ diagnosis: "address_refused" });
    expect(asked).toEqual([]);
  });

  test("a name that only the proxy can find is the proxy's business", async () => {
    const { proxy } = await startProxy();
    const { port } = new URL(await serve((_, response) => response.end("read")));
    const lookUp = async () => {
      throw Object.assign(new Error("no DNS here"), { code: "ENOTFOUND" });
    };
    const http = testClient({ proxy, privateNetworks: ["kho.edu.vn"] }, () => {}, { lookUp });
    expect(await textOf(http, `http://kho.edu.vn:${port}/oai`)).toBe("read");
    // but for its port, which can be told without a look at the name
    await expect(textOf(http, `http://khac.edu.vn:${port}/oai`)).rejects.toMatchObject({
      diagnosis: "address_refused",
    });
  });

  test("that wants credentials itself, this is said", async () => {
    const proxy = await serve((_, response) => response.writeHead(407).end());
    const http = testClient({ proxy }, () => {}, NAMES_HERE);
    await expect(textOf(http, "http://kho.edu.vn/oai")).rejects.toThrow(/the proxy .* wants a user name/);
  });
});
