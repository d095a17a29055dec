import { describe, expect, test } from "vitest";
import { PLAIN_CONNECTION } from "../../src/client/connection.ts";
import { redirectOf } from "../../src/client/redirect.ts";
import { isSameSite } from "../../src/client/site.ts";
import { NAMES_HERE, serve, testClient, textOf } from "./servers.ts";

const OAI = new URL("https://kho.tlu.edu.vn/oai/request?verb=Identify");

function redirect(location: string | undefined, { status = 301, secrets = false, current = OAI } = {}) {
  return redirectOf(status, location, { first: OAI, current, secrets });
}

describe("one site", () => {
  test.each([
    ["tlu.edu.vn", "tlu.edu.vn"],
    ["tlu.edu.vn", "www.tlu.edu.vn"],
    ["tailieuso.tlu.edu.vn", "thuvien.tlu.edu.vn"],
    ["lib.hust.edu.vn", "dspace.lib.hust.edu.vn"],
    ["dspace.lib.hust.edu.vn", "hust.edu.vn"],
    ["vjol.info.vn", "www.vjol.info.vn"],
    ["Example.ORG", "www.example.org."],
    ["127.0.0.1", "127.0.0.1"],
  ])("is %s with %s", (one, other) => {
    expect(isSameSite(one, other)).toBe(true);
    expect(isSameSite(other, one)).toBe(true);
  });

  test.each([
    ["tlu.edu.vn", "hust.edu.vn"],
    ["tlu.edu.vn", "edu.vn"],
    ["vjol.info.vn", "khac.info.vn"],
    ["kho.example.ac.uk", "kho.other.ac.uk"],
    ["tlu.edu.vn", "tlu.edu.vn.evil.com"],
    ["tlu.edu.vn", "eviltlu.edu.vn"],
    ["10.0.0.1", "10.0.0.2"],
    ["8.8.0.1", "9.9.0.1"],
    ["localhost", "otherhost"],
  ])("is not %s with %s", (one, other) => {
    expect(isSameSite(one, other)).toBe(false);
    expect(isSameSite(other, one)).toBe(false);
  });
});

describe("a redirect", () => {
  test.each([
    [301, true],
    [302, false],
    [303, false],
    [307, false],
    [308, true],
  ])("with %i is followed; for good: %s (RFC 9110 §15.4)", (status, permanent) => {
    const expected = { url: new URL("https://kho.tlu.edu.vn/server/oai/request"), permanent };
    expect(redirect("/server/oai/request", { status })).toEqual(expected);
  });

  test.each([300, 304, 305, 306])("is none with %i", (status) => {
    expect(redirect("/server/oai/request", { status })).toBeNull();
  });

  test("is none without an address", () => {
    expect(redirect(undefined)).toBeNull();
  });

  test("to another site is refused, and the site is named", () => {
    expect(() => redirect("https://www.hust.edu.vn/oai")).toThrow(
      expect.objectContaining({
        diagnosis: "redirected_elsewhere",
        message: expect.stringContaining("https://www.hust.edu.vn/oai"),
      }),
    );
  });

  test("is measured against what was asked for first, so that a chain cannot lead away", () => {
    const current = new URL("https://www.tlu.edu.vn/");
    expect(redirect("https://thuvien.tlu.edu.vn/", { current })).not.toBeNull();
    expect(() => redirect("https://tlu.com.vn/", { current })).toThrow();
  });

  test.each([
    "https://kho.tlu.edu.vn/cas/login?service=x",
    "https://sso.tlu.edu.vn/Shibboleth.sso/Login",
    "https://idp.tlu.edu.vn/idp/profile/SAML2/Redirect/SSO",
    "https://adfs.tlu.edu.vn/adfs/ls/?wa=wsignin1.0",
    "https://login.microsoftonline.com/common/oauth2/v2.0/authorize",
    "https://accounts.google.com/o/oauth2/auth",
    "https://kho.tlu.edu.vn/password-login",
    "https://kho.tlu.edu.vn/index.php/index/login",
  ])("to %s is a sign-in page", (location) => {
    expect(() => redirect(location)).toThrow(expect.objectContaining({ diagnosis: "login_page" }));
  });

  test("from https to http is followed only without credentials", () => {
    expect(redirect("http://kho.tlu.edu.vn/oai")).not.toBeNull();
    expect(() => redirect("http://kho.tlu.edu.vn/oai", { secrets: true })).toThrow(/unprotected address/);
  });

  test.each(["http://", "javascript:alert(1)", "ftp://kho.tlu.edu.vn/oai"])("to %s is no redirect to follow", (to) => {
    expect(() => redirect(to)).toThrow(expect.objectContaining({ diagnosis: "bad_url" }));
  });
});

describe("on real sockets", () => {
  test("a chain is followed to its end, which is told; what is for good as far as it is for good", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/oai") response.writeHead(301, { location: "/new/oai" }).end();
      else if (request.url === "/new/oai") response.writeHead(302, { location: "/today/oai" }).end("<html></html>");
      else if (request.url === "/today/oai") response.writeHead(301, { location: "/end/oai" }).end();
      else response.end("read");
    });
    const seen = await testClient().fetch(new URL(`${url}/oai`), async (answer) => {
      for await (const _ of answer.body) {
        // to the end
      }
      return { url: answer.url, redirectedTo: answer.redirectedTo };
    });
    expect(seen).toEqual({ url: `${url}/end/oai`, redirectedTo: `${url}/new/oai` });
  });

  test("a circle ends after five", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(302, { location: "/circle" }).end();
    });
    await expect(textOf(testClient(), `${url}/circle`)).rejects.toThrow(/redirects more than 5 times/);
    expect(requests).toBe(6);
  });

  test("an endless page behind a redirect is not read", async () => {
    const url = await serve((request, response) => {
      if (request.url === "/end") return response.end("read");
      response.writeHead(301, { location: "/end" });
      const more = () => {
        while (!request.destroyed && response.write("x".repeat(10_000))) {
          // until the socket is full
        }
      };
      response.on("drain", more);
      return more();
    });
    expect(await textOf(testClient(), `${url}/oai`)).toBe("read");
  });

  test("credentials and headers of a repository stay with its origin", async () => {
    const seen: unknown[] = [];
    const note = (request: { headers: Record<string, unknown> }) =>
      seen.push([request.headers.authorization !== undefined, request.headers["x-api-key"] ?? null]);
    const other = new URL(
      await serve((request, response) => {
        note(request);
        response.end("read");
      }),
    );
    const own = new URL(
      await serve((request, response) => {
        note(request);
        const location = request.url === "/oai" ? "/same" : `http://www.kho.edu.vn:${other.port}/oai`;
        response.writeHead(302, { location }).end();
      }),
    );
    const http = testClient({}, () => {}, NAMES_HERE);
    const connection = {
      ...PLAIN_CONNECTION,
      headers: { "x-api-key": "42" },
      basicAuth: { user: "u", password: "p" },
    };
    expect(await textOf(http, `http://kho.edu.vn:${own.port}/oai`, connection)).toBe("read");
    expect(seen).toEqual([
      [true, "42"],
      [true, "42"],
      [false, null],
    ]);
  });
});
