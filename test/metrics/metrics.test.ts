import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { request } from "undici";
import { describe, expect, test } from "vitest";
import type { HarvestEvent } from "../../src/metrics/events.ts";
import { createMetrics, STORED, type StoredNumber } from "../../src/metrics/metrics.ts";
import { observeRequestTimes } from "../../src/metrics/request-times.ts";

const PAGE = { kind: "page", received: 10, added: 4, changed: 3, unchanged: 2, rejected: 1, deleted: 2 } as const;

/** The samples of a text in the format of Prometheus, by name and labels. */
function samplesOf(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ")))]),
  );
}

test("counts pages, records by what became of them, runs by outcome and repetitions by reason", async () => {
  const { observe, render } = createMetrics(async () => []);
  const events: readonly HarvestEvent[] = [
    { ...PAGE, bytes: 1_000 },
    { ...PAGE, bytes: 500 },
    { kind: "run-ended", outcome: "complete" },
    { kind: "run-ended", outcome: "partial" },
    { kind: "run-ended", outcome: "complete" },
    { kind: "retry", reason: "busy" },
  ];
  for (const event of events) observe(event);
  const samples = samplesOf((await render()).text);
  expect(samples.get("lienthong_pages_total")).toBe(2);
  expect(samples.get("lienthong_bytes_total")).toBe(1_500);
  const records = { received: 20, added: 8, changed: 6, unchanged: 4, rejected: 2, deleted: 4 };
  for (const [what, count] of Object.entries(records))
    expect(samples.get(`lienthong_records_total{what="${what}"}`), what).toBe(count);
  expect(samples.get('lienthong_runs_total{outcome="complete"}')).toBe(2);
  expect(samples.get('lienthong_runs_total{outcome="partial"}')).toBe(1);
  expect(samples.get('lienthong_retries_total{reason="busy"}')).toBe(1);
});

test("tells the numbers of the process itself", async () => {
  const { text } = await createMetrics(async () => []).render();
  expect(samplesOf(text).get("process_cpu_seconds_total")).toBeGreaterThan(0);
});

describe("the numbers of the store", () => {
  test("are read on every scrape, and a state in which nothing is any more has no number", async () => {
    let stored: readonly StoredNumber[] = [
      { name: "lienthong_queue_jobs", labels: { state: "waiting" }, value: 3 },
      { name: "lienthong_leases", value: 2 },
    ];
    const { render } = createMetrics(async () => stored);
    expect(samplesOf((await render()).text).get('lienthong_queue_jobs{state="waiting"}')).toBe(3);
    stored = [{ name: "lienthong_leases", value: 0 }];
    const samples = samplesOf((await render()).text);
    expect(samples.has('lienthong_queue_jobs{state="waiting"}')).toBe(false);
    expect([samples.get("lienthong_leases"), samples.get("lienthong_database_up")]).toEqual([0, 1]);
  });

  test("are missing while the database is down, and that is said; what was counted stays", async () => {
    let down = false;
    const { observe, render } = createMetrics(async () => {
      if (down) throw new Error("connection refused");
      return [{ name: "lienthong_harvest_lag_seconds", labels: { state: "live" }, value: 7 }];
    });
    observe({ kind: "run-ended", outcome: "failed" });
    await render();
    down = true;
    const samples = samplesOf((await render()).text);
    expect(samples.get("lienthong_database_up")).toBe(0);
    expect(samples.has('lienthong_harvest_lag_seconds{state="live"}')).toBe(false);
    expect(samples.get('lienthong_runs_total{outcome="failed"}')).toBe(1);
  });
});

test("each number has its line of help, and none names a repository", async () => {
  const { text } = await createMetrics(async () => []).render();
  for (const name of Object.keys(STORED)) expect(text).toContain(`# HELP ${name} `);
  expect(Object.values(STORED).map(({ label }) => label)).not.toContain("repository");
});

test("the time to the head of an answer is told by class of status, and by none where there is none", async () => {
  const events: HarvestEvent[] = [];
  const stop = observeRequestTimes((event) => events.push(event));
  const server = createServer((asked, response) => {
    if (asked.url === "/gone") response.socket?.destroy();
    else response.writeHead(Number(asked.url?.slice(1))).end("x");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    for (const path of ["/200", "/404", "/503"]) await (await request(`${url}${path}`)).body.dump();
    await expect(request(`${url}/gone`)).rejects.toThrow();
    stop();
    await (await request(`${url}/200`)).body.dump();
  } finally {
    server.closeAllConnections();
    server.close();
  }
  expect(events.map((event) => (event.kind === "request" ? event.outcome : event.kind))).toEqual([
    "2xx",
    "4xx",
    "5xx",
    "none",
  ]);
  const { observe, render } = createMetrics(async () => []);
  for (const event of events) observe(event);
  const samples = samplesOf((await render()).text);
  expect(samples.get('lienthong_request_seconds_count{outcome="5xx"}')).toBe(1);
  expect(samples.get('lienthong_request_seconds_bucket{le="+Inf",outcome="none"}')).toBe(1);
});

describe("docs/operate.md", () => {
  const handbook = readFileSync(fileURLToPath(new URL("../../docs/operate.md", import.meta.url)), "utf8");

  test("tells of every number of ours what it says", async () => {
    const { text } = await createMetrics(async () => []).render();
    const names = [...text.matchAll(/^# TYPE (lienthong_\w+)/gm)].map((match) => match[1] ?? "");
    expect(names.length).toBeGreaterThan(10);
    expect(names.filter((name) => !handbook.includes(`\`${name}`))).toEqual([]);
  });

  test("tells of no number that is not there", async () => {
    const { text } = await createMetrics(async () => []).render();
    const told = [...handbook.matchAll(/`(lienthong_\w+)/g)].map((match) => match[1] ?? "");
    expect(told.filter((name) => !text.includes(`# TYPE ${name} `))).toEqual([]);
  });
});
