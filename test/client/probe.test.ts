import type http from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { createHttpClient, DEFAULT_HTTP_OPTIONS, type HttpClient } from "../../src/client/http.ts";
import { type Behaviour, probeBehaviour } from "../../src/client/probe.ts";
import { createRepositoryClient } from "../../src/client/repository-client.ts";
import type { SampleItem, SampleRepository } from "../../src/demo/sample-repository.ts";
import { type SampleServer, startSampleServer } from "../../src/demo/sample-server.ts";
import { theses, thesesRepository, thesis } from "../support/sample-theses.ts";

const NOW = new Date("2026-11-24T12:00:00Z");
const PATIENCE = { retries: 0, firstRetryMs: 1, delayMs: 0, privateNetworks: ["127.0.0.0/8"] };

type Lie = (url: URL, response: http.ServerResponse, server: SampleServer) => boolean;

let server: SampleServer;
let client: HttpClient;

afterEach(async () => {
  await client.close();
  await server.close();
});

/** Probes a repository that lies: `lie` may change what is asked, or answer itself and say true. */
async function probe(repository: SampleRepository, lie: Lie = () => false, clock = NOW): Promise<Behaviour> {
  server = await startSampleServer([repository], {
    now: () => clock,
    intercept: (request, response) => {
      const url = new URL(request.url ?? "/", server.origin);
      const answered = lie(url, response, server);
      request.url = `${url.pathname}${url.search}`;
      return answered;
    },
  });
  client = createHttpClient({ ...DEFAULT_HTTP_OPTIONS, ...PATIENCE });
  const asking = createRepositoryClient(client, server.baseUrl(repository));
  const { identity } = await asking.identify();
  return await probeBehaviour(asking, "oai_dc", identity, NOW);
}

/** What the probe asked beyond the Identify that it is handed. */
function requests(): readonly URLSearchParams[] {
  return server
    .requests()
    .slice(1)
    .map((url) => new URL(url).searchParams);
}

/** Three theses of three days. */
const THREE = [
  thesis(1, { datestamp: "2024-03-01T20:30:00Z" }),
  thesis(2, { datestamp: "2024-05-02T08:00:00Z" }),
  thesis(3, { datestamp: "2024-07-03T09:10:11Z" }),
];

function byDay(items: readonly SampleItem[]): SampleRepository {
  const days = items.map((item) => ({ ...item, datestamp: item.datestamp.slice(0, 10) }));
  return { ...thesesRepository(days), granularity: "YYYY-MM-DD" };
}

/** Answers an error of HTTP, whatever was asked. */
function fail(response: http.ServerResponse): true {
  response.writeHead(500, { "Content-Type": "text/plain" });
  response.end("Internal Server Error");
  return true;
}

function answer(response: http.ServerResponse, content: string): true {
  response.writeHead(200, { "Content-Type": "text/xml;charset=UTF-8" });
  response.end(
    `<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-24T12:00:00Z</responseDate><request>x</request>${content}</OAI-PMH>`,
  );
  return true;
}

const asksWithSeconds = (url: URL) => (url.searchParams.get("from") ?? "").includes("T");
const asksWithDates = (url: URL) => url.searchParams.has("from");

describe("a repository that keeps its word", () => {
  test("is harvested by the second, and there is nothing to remark", async () => {
    const found = await probe(thesesRepository(THREE));
    expect(found).toMatchObject({
      findsByDay: true,
      findsBySecond: true,
      futureIsEmpty: true,
      datestampSteady: true,
      deletionsSeen: false,
      respectsSet: null,
      strategy: "incremental_second",
      remarks: [],
    });
    expect(found.sample).toMatchObject({ identifier: "oai:kho.example.edu.vn:1", datestamp: "2024-03-01T20:30:00Z" });
  });

  test("is asked for a record's second, its day, tomorrow, and the record", async () => {
    const { asked } = await probe(thesesRepository(THREE));
    expect(asked).toEqual([
      { question: "ListRecords", answer: "3 records" },
      { question: "ListRecords from=2024-03-01T20:30:00Z until=2024-03-01T20:30:00Z", answer: "1 record" },
      { question: "ListRecords from=2024-03-01 until=2024-03-01", answer: "1 record" },
      { question: "ListRecords from=2026-11-25T00:00:00Z", answer: "0 records" },
      { question: "GetRecord identifier=oai:kho.example.edu.vn:1", answer: "datestamp 2024-03-01T20:30:00Z" },
    ]);
    expect(requests()).toHaveLength(asked.length);
  });

  test("is harvested by the day where it promises days", async () => {
    const found = await probe(byDay(THREE));
    expect(found).toMatchObject({ findsByDay: true, findsBySecond: null, strategy: "incremental_day", remarks: [] });
    expect(requests().filter((params) => params.get("from")?.includes("T"))).toEqual([]);
  });

  test("may have put in more on one day than a page holds", async () => {
    const night = theses(30).map((item) => ({ ...item, datestamp: "2024-01-01T02:00:00Z" }));
    const found = await probe(thesesRepository(night, 5));
    expect(found).toMatchObject({ findsByDay: true, findsBySecond: true, strategy: "incremental_second", remarks: [] });
    expect(requests().filter((params) => params.has("resumptionToken"))).toEqual([]);
  });

  test("shows its deletions and its sets", async () => {
    const items = THREE.map((item) => ({ ...item, setSpecs: ["luan-van:cntt"] }));
    const gone = thesis(4, { deleted: true, metadata: {}, setSpecs: ["luan-van"] });
    const sets = [{ spec: "luan-van", name: "Luận văn" }];
    const found = await probe({ ...thesesRepository([...items, gone]), sets });
    expect(found).toMatchObject({
      deletionsSeen: true,
      respectsSet: true,
      strategy: "incremental_second",
      remarks: [],
    });
  });

  test("may have a clock that runs days ahead of ours", async () => {
    const ahead = new Date("2026-12-24T12:00:00Z");
    const young = thesis(9, { datestamp: "2026-12-20T00:00:00Z" });
    expect(await probe(thesesRepository([...THREE, young]), undefined, ahead)).toMatchObject({
      futureIsEmpty: true,
      strategy: "incremental_second",
    });
  });
});

describe("a repository that lies about dates", () => {
  test("and ignores from is compared as a whole", async () => {
    const found = await probe(thesesRepository(THREE), (url) => {
      url.searchParams.delete("from");
      return false;
    });
    expect(found).toMatchObject({ futureIsEmpty: false, strategy: "full_compare" });
    expect(found.remarks).toContain("from-ignored");
  });

  test("and ignores until brings what was not asked for, but misses nothing", async () => {
    const found = await probe(thesesRepository(THREE), (url) => {
      url.searchParams.delete("until");
      return false;
    });
    expect(found).toMatchObject({ strategy: "incremental_second", remarks: ["outside-range"] });
  });

  test("and refuses the seconds it promises is harvested by the day", async () => {
    const found = await probe(thesesRepository(THREE), (url, response) =>
      asksWithSeconds(url) ? answer(response, '<error code="badArgument">Invalid date</error>') : false,
    );
    expect(found).toMatchObject({ findsBySecond: false, findsByDay: true, futureIsEmpty: true });
    expect(found).toMatchObject({ strategy: "incremental_day" });
    expect(found.remarks).toContain("seconds-not-honoured");
    expect(found.asked[1]?.answer).toBe("badArgument: Invalid date");
    expect(requests().filter((params) => params.get("from")?.includes("T"))).toHaveLength(1);
  });

  test("and finds nothing by the second is harvested by the day", async () => {
    const found = await probe(thesesRepository(THREE), (url, response) =>
      asksWithSeconds(url) ? answer(response, '<error code="noRecordsMatch">none</error>') : false,
    );
    expect(found).toMatchObject({ findsBySecond: false, strategy: "incremental_day" });
  });

  test("and thinks in the time of Hà Nội finds a record in the days around", async () => {
    const found = await probe(thesesRepository(THREE), (url, response) => {
      if (asksWithSeconds(url)) return answer(response, '<error code="badArgument">days only</error>');
      for (const name of ["from", "until"]) shift(url, name);
      return false;
    });
    expect(found).toMatchObject({ findsByDay: false, strategy: "incremental_day" });
    expect(found.remarks).toContain("day-shifted");
  });

  test("and takes until for midnight, but knows seconds, is harvested by the second", async () => {
    const found = await probe(thesesRepository(THREE), (url) => {
      const until = url.searchParams.get("until") ?? "";
      if (until.length === 10) url.searchParams.set("until", `${until}T00:00:00Z`);
      if (until.length === 10) url.searchParams.set("from", `${url.searchParams.get("from")}T00:00:00Z`);
      return false;
    });
    expect(found).toMatchObject({ findsByDay: false, findsBySecond: true, strategy: "incremental_second" });
    expect(found.remarks).toEqual(["day-shifted"]);
  });

  test("and does not find a record by any date is compared as a whole", async () => {
    const found = await probe(thesesRepository(THREE), (url, response) =>
      asksWithDates(url) ? answer(response, '<error code="noRecordsMatch">none</error>') : false,
    );
    expect(found).toMatchObject({ findsByDay: false, findsBySecond: false, strategy: "full_compare" });
    expect(found.remarks).toContain("not-found-by-date");
  });

  test("and answers records of other days than its record's own does not find it", async () => {
    const other = thesis(8, { datestamp: "2024-12-31T00:00:00Z" });
    const found = await probe(byDay([...THREE, other]), (url) => {
      if (url.searchParams.has("until")) url.searchParams.set("from", "2024-12-31");
      if (url.searchParams.has("until")) url.searchParams.set("until", "2024-12-31");
      return false;
    });
    expect(found).toMatchObject({ findsByDay: false, strategy: "full_compare" });
    expect(found.remarks).toEqual(["outside-range", "not-found-by-date"]);
  });

  test("and answers pages of other days does not find it on a later page either", async () => {
    const others = theses(20).map((_, index) => thesis(100 + index, { datestamp: "2024-12-31" }));
    const found = await probe({ ...byDay([...THREE, ...others]), pageSize: 5 }, (url) => {
      if (url.searchParams.has("until")) url.searchParams.set("from", "2024-12-31");
      if (url.searchParams.has("until")) url.searchParams.set("until", "2024-12-31");
      return false;
    });
    expect(found).toMatchObject({ findsByDay: false, strategy: "full_compare" });
  });

  test("and cannot be asked from a date without an end is compared as a whole", async () => {
    const found = await probe(thesesRepository(THREE), (url, response) =>
      asksWithDates(url) && !url.searchParams.has("until")
        ? answer(response, '<error code="badArgument">until is missing</error>')
        : false,
    );
    expect(found).toMatchObject({ findsBySecond: true, futureIsEmpty: null, strategy: "full_compare" });
    expect(found.remarks).toEqual(["dates-fail"]);
  });

  test("and has records of the future, but honours from, can be asked by date", async () => {
    const future = thesis(9, { datestamp: "2027-01-01T00:00:00Z" });
    const found = await probe(thesesRepository([...THREE, future]));
    expect(found).toMatchObject({ futureIsEmpty: false, strategy: "incremental_second" });
    expect(found.remarks).toEqual(["datestamps-in-future"]);
  });
});

/** A day in Hà Nội begins and ends seven hours earlier than one in UTC. */
function shift(url: URL, name: string): void {
  const day = url.searchParams.get(name);
  if (day === null) return;
  const hour = name === "from" ? -7 : 17;
  const at = Date.parse(`${day}T00:00:00Z`) + hour * 3_600_000 - (name === "from" ? 0 : 1_000);
  url.searchParams.set(name, new Date(at).toISOString().replace(".000", ""));
}

describe("a repository whose datestamps move", () => {
  test("from one request to the next is compared as a whole", async () => {
    const repository = thesesRepository(THREE);
    const found = await probe(repository, (url, _response, server) => {
      if (url.searchParams.get("verb") === "GetRecord")
        server.replaceItems(repository, [thesis(1, { datestamp: "2026-11-24T11:59:00Z" })]);
      return false;
    });
    expect(found).toMatchObject({ datestampSteady: false, strategy: "full_compare" });
    expect(found.remarks).toEqual(["datestamp-moves"]);
  });

  test("because they are the moment of the request is found out within one second", async () => {
    const now = theses(3).map((item) => ({ ...item, datestamp: "2026-11-24T12:00:00Z" }));
    const found = await probe(thesesRepository(now));
    expect(found).toMatchObject({ datestampSteady: false, strategy: "full_compare" });
  });

  test("is not one whose clock is in another zone", async () => {
    const local = theses(3).map((item) => ({ ...item, datestamp: "2026-11-24T19:00:00Z" }));
    expect(await probe(thesesRepository(local))).toMatchObject({
      datestampSteady: true,
      strategy: "incremental_second",
    });
  });
});

describe("a question that fails", () => {
  test("with dates alone is a finding: the repository is compared as a whole, within eight requests", async () => {
    const items = THREE.map((item) => ({ ...item, setSpecs: ["a"] }));
    const found = await probe({ ...thesesRepository(items), sets: [{ spec: "a", name: "A" }] }, (url, response) =>
      asksWithDates(url) ? fail(response) : false,
    );
    expect(found).toMatchObject({ findsByDay: false, futureIsEmpty: null, strategy: "full_compare" });
    expect(found).toMatchObject({ datestampSteady: true, respectsSet: true });
    expect(found.remarks).toContain("dates-fail");
    expect(requests()).toHaveLength(8);
  });

  test("as everything else does ends the probe: nothing was found out", async () => {
    let lists = 0;
    const dead: Lie = (url, response) => {
      if (url.searchParams.get("verb") === "ListRecords") lists += 1;
      return lists > 1 ? fail(response) : false;
    };
    await expect(probe(thesesRepository(THREE), dead)).rejects.toMatchObject({ name: "TransientFailure" });
  });

  test("at the very beginning ends the probe", async () => {
    const dead: Lie = (url, response) => (url.searchParams.get("verb") === "ListRecords" ? fail(response) : false);
    await expect(probe(thesesRepository(THREE), dead)).rejects.toMatchObject({ name: "TransientFailure" });
  });

  test("for a record that the list names is remarked; its lists tell whether it keeps its datestamp", async () => {
    const found = await probe(thesesRepository(THREE), (url, response) =>
      url.searchParams.get("verb") === "GetRecord"
        ? answer(response, '<error code="idDoesNotExist">who?</error>')
        : false,
    );
    expect(found).toMatchObject({ datestampSteady: true, strategy: "incremental_second" });
    expect(found.remarks).toEqual(["get-record-fails"]);
  });

  test("leaves open what nothing else tells", async () => {
    const found = await probe(thesesRepository(THREE), (url, response) =>
      asksWithDates(url) || url.searchParams.get("verb") === "GetRecord"
        ? answer(response, '<error code="badArgument">no</error>')
        : false,
    );
    expect(found).toMatchObject({ datestampSteady: null, futureIsEmpty: null, strategy: "full_compare" });
  });
});

describe("the probe remarks", () => {
  test("that there is nothing to ask for", async () => {
    const found = await probe(thesesRepository([]));
    expect(found).toMatchObject({ sample: null, strategy: "full_compare", remarks: ["nothing-to-probe"] });
    expect(requests()).toHaveLength(1);
  });

  test("that no datestamp can be read", async () => {
    const found = await probe(thesesRepository([thesis(1, { datestamp: "hôm qua" })]));
    expect(found.remarks).toEqual(["nothing-to-probe"]);
  });

  test("a set that brings records of other sets", async () => {
    const items = THREE.map((item, index) => ({ ...item, setSpecs: [index === 0 ? "a" : "ab"] }));
    const sets = [
      { spec: "a", name: "A" },
      { spec: "ab", name: "AB" },
    ];
    const found = await probe({ ...thesesRepository(items), sets }, (url) => {
      url.searchParams.delete("set");
      return false;
    });
    expect(found).toMatchObject({ respectsSet: false, remarks: ["sets-not-respected"] });
  });

  test.each([
    ["no", ["deletions-not-announced"]],
    ["transient", ["deletions-not-announced"]],
    ["persistent", []],
  ] as const)("deletedRecord %s", async (deletedRecord, remarks) => {
    expect((await probe({ ...thesesRepository(THREE), deletedRecord })).remarks).toEqual(remarks);
  });

  test.each([
    ["oai:localhost:DHTL/623", "localhost-identifiers"],
    ["KOHA-OAI-TEST:42", "factory-identifiers"],
  ])("the identifier %s", async (identifier, remark) => {
    expect((await probe(thesesRepository([thesis(1, { identifier })]))).remarks).toEqual([remark]);
  });

  test("seconds promised where records have days, and does not rely on them", async () => {
    const days = byDay(THREE).items;
    const found = await probe(thesesRepository(days));
    expect(found).toMatchObject({ findsBySecond: null, strategy: "incremental_day" });
    expect(found.remarks).toEqual(["granularity-differs"]);
  });
});

test("the probe asks for a live record of a quiet day", async () => {
  const night = theses(5).map((item) => ({ ...item, datestamp: "2024-01-01T02:00:00Z" }));
  const gone = thesis(6, { datestamp: "2024-02-01T00:00:00Z", deleted: true, metadata: {} });
  const quiet = thesis(7, { datestamp: "2024-03-01T00:00:00Z" });
  expect((await probe(thesesRepository([...night, gone, quiet]))).sample?.identifier).toBe("oai:kho.example.edu.vn:7");
});
