import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { HttpAnswer } from "../../src/client/accept.ts";
import { readAnswer } from "../../src/client/answer.ts";
import { AnswerFailure, TransientFailure } from "../../src/client/failures.ts";
import { createRepositoryClient } from "../../src/client/repository-client.ts";
import { OaiError } from "../../src/oai/errors.ts";
import { SHARED_ABSENT, sharedFolder } from "../support/shared.ts";
import { serve, testClient } from "./servers.ts";

const NAMESPACE = "http://www.openarchives.org/OAI/2.0/";
const RECORDS = { item: "record", parents: ["ListRecords"] };
const record = (number: number, text = "") =>
  `<record><header><identifier>oai:kho:${number}</identifier></header><metadata><x>${text}</x></metadata></record>`;
const list = (...records: readonly string[]) =>
  `<OAI-PMH xmlns="${NAMESPACE}"><ListRecords>${records.join("")}</ListRecords></OAI-PMH>`;

/** An answer whose body arrives in pieces of so many bytes. */
function answer(body: string | Buffer, size = 65_536, more: Partial<HttpAnswer> = {}): HttpAnswer {
  const bytes = Buffer.from(body as string);
  async function* pieces() {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
  }
  return {
    url: "https://kho.edu.vn/oai",
    redirectedTo: null,
    status: 200,
    headers: {},
    contentType: "text/xml",
    charset: null,
    body: pieces(),
    ...more,
  };
}

describe("what stands around a document", () => {
  const whole = list(record(1), record(2));
  const warning = `<br />\n<b>Warning</b>:  Cannot modify header in <b>/oai.php</b> on line <b>7</b><br />\n<p>`;

  test.each([
    ["nothing", whole, []],
    ["an XML declaration", `<?xml version="1.0" encoding="UTF-8"?>\n${whole}\n`, []],
    [
      "comments and instructions",
      `<?xml version="1.0"?><?xml-stylesheet href="a"?><!-- > -->${whole}<!-- 12 ms -->`,
      [],
    ],
    ["a byte order mark", `\ufeff${whole}`, []],
    ["blank lines before the declaration", `\n\n<?xml version="1.0"?>${whole}`, ["junk-before-document"]],
    ["two byte order marks", `\ufeff\ufeff\ufeff${whole}`, ["junk-before-document"]],
    ["warnings of PHP before it", `${warning}<?xml version="1.0"?>${whole}`, ["junk-before-document"]],
    ["a notice before it", `Notice: x < y in oai.php${whole}`, ["junk-before-document"]],
    ["warnings of PHP after it", `${whole}\n${warning}`, ["junk-after-document"]],
    ["an HTML page after it", `${whole}<!DOCTYPE html><html><body>Lỗi</html>`, ["junk-after-document"]],
    ["warnings before and after it", warning + whole + warning, ["junk-before-document", "junk-after-document"]],
    ["a page around it", `<!DOCTYPE html><html>${whole}</html>`, ["junk-before-document", "junk-after-document"]],
  ])("is cut and reported where it has no place: %s", async (_, body, repairs) => {
    for (const size of [1, 7, 65_536]) {
      const read = await readAnswer(answer(body, size), RECORDS);
      expect(read.repairs).toEqual(repairs);
      expect(read.items.map((item) => /oai:kho:\d/.exec(item)?.[0])).toEqual(["oai:kho:1", "oai:kho:2"]);
      expect(read.bytes).toBe(Buffer.byteLength(body));
    }
  });

  test("may be longer than what is looked at, after it but not before it", async () => {
    const junk = "<p>x</p>".repeat(200_000);
    expect((await readAnswer(answer(whole + junk, 10_000), RECORDS)).repairs).toEqual(["junk-after-document"]);
    await expect(readAnswer(answer(junk + whole, 10_000), RECORDS)).rejects.toMatchObject({ diagnosis: "html" });
  });

  test("is not cut where a record quotes the end of a document", async () => {
    const quoting = record(1, "<![CDATA[ends with </OAI-PMH> as a rule]]>");
    for (const size of [1, 65_536]) {
      const read = await readAnswer(answer(list(quoting, record(2)), size), RECORDS);
      expect(read.items).toHaveLength(2);
      expect(read.items[0]).toContain("ends with </OAI-PMH> as a rule");
      expect(read.repairs).toEqual([]);
    }
  });

  test("is refused where it is a DTD", async () => {
    const dtd = `<?xml version="1.0"?><!DOCTYPE OAI-PMH [<!ENTITY a "b">]>${whole}`;
    await expect(readAnswer(answer(dtd))).rejects.toMatchObject({
      name: "AnswerFailure",
      message: expect.stringContaining("a DOCTYPE, which is never processed"),
    });
  });
});

describe("an answer", () => {
  test("is read while it arrives: records come out before it has ended", async () => {
    let given = 0;
    async function* endless() {
      yield Buffer.from(list().replace("</ListRecords></OAI-PMH>", ""));
      for (given = 1; given <= 100; given += 1) yield Buffer.from(record(given).repeat(20));
      throw new TransientFailure("cut off after 100 pieces");
    }
    await expect(readAnswer({ ...answer(""), body: endless() }, RECORDS)).rejects.toThrow("cut off after 100 pieces");
    expect(given).toBe(101);
  });

  test("is handed over in parts, and not read on before a part is taken", async () => {
    let given = 0;
    async function* body() {
      yield Buffer.from(list().replace("</ListRecords></OAI-PMH>", ""));
      for (given = 1; given <= 50; given += 1) yield Buffer.from(record(given).repeat(100));
      yield Buffer.from("</ListRecords></OAI-PMH>");
    }
    const taken: number[] = [];
    const take = async ({ items }: { readonly items: readonly string[] }) => {
      const before = given;
      for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      expect(given).toBe(before);
      taken.push(items.length);
    };
    const { items } = await readAnswer({ ...answer(""), body: body() }, RECORDS, take);
    expect([...taken, items.length]).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
  });

  test("with another document in it is refused after its first 64 kB, not at its end", async () => {
    let given = 0;
    async function* endless() {
      yield Buffer.from("<html>");
      for (;;) {
        given += 1;
        yield Buffer.from("<p>x</p>".repeat(1_000));
      }
    }
    await expect(readAnswer({ ...answer(""), body: endless() })).rejects.toMatchObject({ diagnosis: "html" });
    expect(given).toBeLessThan(20);
  });

  test.each([
    ["before its root", `<?xml version="1.0"?>\n`],
    ["inside its root's tag", "<OAI-PMH xml"],
    ["inside a record", list(record(1)).slice(0, 120)],
    ["before its end", list(record(1)).slice(0, -5)],
  ])("that is cut off %s is worth another attempt", async (_, body) => {
    await expect(readAnswer(answer(body), RECORDS)).rejects.toThrow(TransientFailure);
  });

  test.each([
    ["empty", " "],
    ["json", "{}"],
    ["not_oai", "<rss/>"],
    ["html", "<html><title>Kho</title></html>"],
    ["login_page", "<html><input type=password></html>"],
    ["bot_wall", "<html><title>Just a moment...</title></html>"],
  ])("that is %s is refused for good, with the beginning of it", async (diagnosis, body) => {
    const failure = await readAnswer(answer(body)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AnswerFailure);
    expect(failure).toMatchObject({ diagnosis, message: expect.stringContaining("https://kho.edu.vn/oai answered") });
    if (body.trim() !== "") expect((failure as Error).message).toContain(JSON.stringify(body).slice(1, 10));
  });

  test("that is a maintenance page is worth another attempt", async () => {
    await expect(readAnswer(answer("<html><title>Bảo trì</title></html>"))).rejects.toMatchObject({
      name: "TransientFailure",
      diagnosis: "maintenance",
    });
  });
});

describe("through HTTP", () => {
  const error = (code: string) => `<OAI-PMH xmlns="${NAMESPACE}"><error code="${code}">vì thế</error></OAI-PMH>`;

  test.each([400, 404, 422, 500])("an OAI error is heard although the status is %i", async (status) => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      response.writeHead(status).end(error("badArgument"));
    });
    const asking = testClient().fetch(new URL(url), readAnswer);
    await expect(asking).rejects.toEqual(new OaiError("badArgument", "vì thế"));
    expect(requests).toBe(1);
  });

  test("a list is not taken from an answer whose status says that it is none", async () => {
    const url = await serve((_, response) => response.writeHead(404).end(list(record(1))));
    await expect(testClient().fetch(new URL(url), readAnswer)).rejects.toMatchObject({ diagnosis: "http_error" });
  });

  test.each([429, 503])("a busy server is not quoted, whatever stands in its answer: %i", async (status) => {
    const url = await serve((_, response) => response.writeHead(status).end(error("badVerb")));
    await expect(testClient().fetch(new URL(url), readAnswer)).rejects.toMatchObject({ diagnosis: "busy" });
  });

  test("a body shorter than its Content-Length is asked for again, whole XML or not", async () => {
    let requests = 0;
    const url = await serve((_, response) => {
      requests += 1;
      const body = list(record(1));
      if (requests > 1) response.end(body);
      else {
        response.writeHead(200, { "content-length": Buffer.byteLength(body) + 10 });
        response.write(body, () => response.destroy());
      }
    });
    const read = await testClient().fetch(new URL(url), (response) => readAnswer(response, RECORDS));
    expect([read.items.length, requests]).toEqual([1, 2]);
  });

  test("a repository that has moved for good says where to", async () => {
    const url = await serve((request, response) => {
      const { pathname, search } = new URL(request.url ?? "", "http://x");
      if (pathname === "/oai/request") response.writeHead(301, { location: `/server/oai/request${search}` }).end();
      else response.end(`<OAI-PMH xmlns="${NAMESPACE}"><Identify/></OAI-PMH>`);
    });
    const { movedTo } = await createRepositoryClient(testClient(), `${url}/oai/request`).identify();
    expect(movedTo).toBe(`${url}/server/oai/request`);
  });
});

describe.skipIf(sharedFolder === null)("answers of real repositories", () => {
  const fixture = (name: string) => answer(readFileSync(`${sharedFolder}fixtures/${name}`));

  test("with a blank line before the XML declaration are read (Omeka)", async () => {
    const read = await readAnswer(fixture("oai/copac-caltechbook-omeka/ListRecords.notoken.xml"), RECORDS);
    expect(read.items.length).toBeGreaterThan(0);
    expect(read.repairs).toEqual(["junk-before-document"]);
  });

  test("that are an error of Elasticsearch are not OAI-PMH", async () => {
    await expect(readAnswer(fixture("nasty/elasticsearch-json-in-oai-error.txt"))).rejects.toMatchObject({
      diagnosis: "not_oai",
    });
  });

  test("that end in the middle are worth another attempt (CONTENTdm)", async () => {
    await expect(readAnswer(fixture("oai/contentdm-dc-mods/miers.oai.dc.xml"), RECORDS)).rejects.toThrow(
      TransientFailure,
    );
  });
});

test.runIf(sharedFolder === null)(SHARED_ABSENT, () => {});
