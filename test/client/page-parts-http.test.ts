import type { ServerResponse } from "node:http";
import { describe, expect, test } from "vitest";
import type { RecordPage } from "../../src/client/repository-client.ts";
import { createRepositoryClient } from "../../src/client/repository-client.ts";
import { collect } from "../support/collect.ts";
import { serve, testClient } from "./servers.ts";

const FIRST = { metadataPrefix: "oai_dc" };
const HEAD = `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><ListRecords>`;
const TAIL = "</ListRecords></OAI-PMH>";
const TOKEN = '<resumptionToken completeListSize="9999" cursor="0">next</resumptionToken>';

function record(identifier: string, text = ""): string {
  const header = `<header><identifier>${identifier}</identifier><datestamp>2024-01-01</datestamp></header>`;
  return `<record>${header}<metadata><x>${text}</x></metadata></record>`;
}

/** Records with the numbers from `from` up to `to`, that one not included. */
function records(from: number, to: number): string {
  return Array.from({ length: to - from }, (_, at) => record(`oai:kho:${from + at}`)).join("");
}

/** A repository whose answers are given one after the other. */
async function repository(...answers: readonly ((response: ServerResponse) => void)[]) {
  let request = 0;
  const url = await serve((_, response) => {
    const answer = answers[request] ?? answers.at(-1);
    request += 1;
    answer?.(response);
  });
  return {
    client: (signal?: AbortSignal) => createRepositoryClient(testClient(), url, signal),
    requests: () => request,
  };
}

function identifiersOf(pages: readonly RecordPage[]): string[] {
  return pages.flatMap(({ items }) => items.map((item) => ("header" in item ? item.header.identifier : "unreadable")));
}

const whole = (content: string) => (response: ServerResponse) => void response.end(HEAD + content + TAIL);

/** Sends so much of a page and then no more: the connection breaks. */
const brokenAfter = (content: string) => (response: ServerResponse) => {
  response.writeHead(200, { "content-type": "text/xml" });
  response.write(HEAD + content, () => response.destroy());
};

describe("a long page", () => {
  test("comes in parts, of which the last one tells how the list goes on", async () => {
    const { client, requests } = await repository(whole(records(0, 2_500) + TOKEN), whole(records(2_500, 2_501)));
    const pages = await collect(client().listRecords(FIRST));
    expect(pages.map(({ items, part, resumption }) => [items.length, part ?? false, resumption.token])).toEqual([
      [1_000, true, null],
      [1_000, true, null],
      [500, false, "next"],
      [1, false, null],
    ]);
    expect(pages[2]?.resumption).toEqual({ token: "next", completeListSize: 9_999, cursor: 0 });
    expect(identifiersOf(pages)).toEqual(Array.from({ length: 2_501 }, (_, number) => `oai:kho:${number}`));
    expect(requests()).toBe(2);
  });

  test("counts its bytes once, whole or in parts", async () => {
    const { client } = await repository(whole(records(0, 2_500)));
    const pages = await collect(client().listRecords(FIRST));
    const sent = Buffer.byteLength(HEAD + records(0, 2_500) + TAIL);
    expect(pages.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(sent);
  });

  test("is whole where it fits into one part", async () => {
    const { client } = await repository(whole(records(0, 1_000) + TOKEN), whole(""));
    const [page] = await collect(client().listRecords(FIRST));
    expect([page?.items.length, page?.part, page?.resumption.token]).toEqual([1_000, undefined, "next"]);
  });

  test("of long records comes in shorter parts", async () => {
    const quarter = "x".repeat(128 * 1024);
    const long = Array.from({ length: 10 }, (_, number) => record(`oai:kho:${number}`, quarter)).join("");
    const { client } = await repository(whole(long));
    const pages = await collect(client().listRecords(FIRST));
    expect(pages.map(({ items }) => items.length)).toEqual([4, 4, 2]);
  });

  test("that breaks off is asked for again, and brings nothing twice", async () => {
    const { client, requests } = await repository(
      brokenAfter(records(0, 1_500)),
      brokenAfter(records(0, 2_200)),
      whole(records(0, 2_500) + TOKEN),
      whole(""),
    );
    const pages = await collect(client().listRecords(FIRST));
    expect(identifiersOf(pages)).toEqual(Array.from({ length: 2_500 }, (_, number) => `oai:kho:${number}`));
    expect(requests()).toBe(4);
  });

  test("that breaks off keeps what it says twice", async () => {
    const twice = record("oai:kho:0", "một") + records(1, 1_300) + record("oai:kho:0", "hai");
    const { client } = await repository(brokenAfter(records(0, 1_200)), whole(twice));
    const pages = await collect(client().listRecords(FIRST));
    const again = pages.flatMap(({ items }) => items).filter(({ raw }) => raw.includes("<identifier>oai:kho:0<"));
    expect(again).toHaveLength(2);
    expect(again.at(-1)?.raw).toContain("hai");
  });

  test("that is no answer brings no part", async () => {
    const { client } = await repository((response) => {
      response.writeHead(404).end(HEAD + records(0, 2_500) + TAIL);
    });
    const pages: RecordPage[] = [];
    const reading = (async () => {
      for await (const page of client().listRecords(FIRST)) pages.push(page);
    })();
    await expect(reading).rejects.toMatchObject({ diagnosis: "http_error" });
    expect(pages).toEqual([]);
  });
});

describe("a page that never ends", () => {
  /** Writes records as long as somebody reads; `closed` is fulfilled when the reader has hung up. */
  function endless() {
    let close = () => {};
    const closed = new Promise<void>((resolve) => {
      close = resolve;
    });
    const answer = (response: ServerResponse) => {
      response.on("close", close);
      response.write(HEAD);
      let number = 0;
      const write = () => {
        if (response.destroyed) return;
        number += 100;
        if (response.write(records(number - 100, number))) setImmediate(write);
        else response.once("drain", write);
      };
      write();
    };
    return { answer, closed };
  }

  test("is hung up on when the reader leaves", async () => {
    const { answer, closed } = endless();
    const { client, requests } = await repository(answer);
    for await (const { items } of client().listRecords(FIRST)) {
      expect(items).toHaveLength(1_000);
      break;
    }
    await closed;
    expect(requests()).toBe(1);
  });

  test("is hung up on when the client is told to stop, which is not taken for a failure", async () => {
    const { answer, closed } = endless();
    const { client, requests } = await repository(answer);
    const stop = new AbortController();
    const reading = (async () => {
      for await (const _ of client(stop.signal).listRecords(FIRST)) stop.abort(new Error("to be stopped"));
    })();
    await expect(reading).rejects.toThrow("to be stopped");
    await closed;
    expect(requests()).toBe(1);
  });
});
