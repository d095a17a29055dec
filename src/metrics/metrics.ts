import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import { ASKED_SURFACES, OUTCOMES } from "../http/observe-answers.ts";
import type { AnswerEvent, HarvestEvent, Observe, PageEvent } from "./events.ts";

/** One number that the store knows, or one for each value of a label. */
export interface StoredNumber {
  readonly name: string;
  readonly value: number;
  readonly labels?: Readonly<Record<string, string>>;
}

/** The numbers of this process and of the store, as Prometheus reads them. */
export interface Metrics {
  readonly observe: Observe;
  readonly observeAnswer: (answer: AnswerEvent) => void;
  /** The whole text, with the numbers of the store as they are now. */
  render(): Promise<{ readonly contentType: string; readonly text: string }>;
}

/** What the store is asked on every scrape; docs/operate.md says what to do about each. */
export const STORED: Readonly<Record<string, { readonly help: string; readonly label?: string }>> = {
  lienthong_database_up: { help: "1 when the database answered this scrape" },
  lienthong_repositories: { help: "Repositories by state", label: "state" },
  lienthong_harvest_lag_seconds: { help: "How long the repository that is overdue most has been due", label: "state" },
  lienthong_repositories_by_outcome: {
    help: "Repositories by the outcome of their latest ended run",
    label: "outcome",
  },
  lienthong_open_runs: { help: "Runs that have begun and not ended" },
  lienthong_queue_jobs: { help: "Harvest jobs by state", label: "state" },
  lienthong_queue_wait_seconds: { help: "How long the job that has waited longest could have been taken up" },
  lienthong_leases: { help: "Harvests in hand, on all machines" },
  lienthong_lease_age_seconds: { help: "How long the oldest lease has been held" },
  lienthong_feed_database_up: { help: "1 when the database that the feed is read from answered this scrape" },
  lienthong_feed_horizon_lag_seconds: { help: "How far the feed is behind the clock" },
  lienthong_dump_failed: { help: "1 when the latest nightly dump failed", label: "target" },
  lienthong_dump_whole_timestamp_seconds: { help: "When the last nightly dump was whole", label: "target" },
  lienthong_dump_records: { help: "Live records in it", label: "target" },
  lienthong_dump_bytes: { help: "Bytes of all its files", label: "target" },
  lienthong_dump_seconds: { help: "How long it took", label: "target" },
};

/** From a fast answer to the patience of the client. */
const SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/** Counts what it is told and reads the rest with `readStored` when it is asked. What that throws is a database that is down. */
export function createMetrics(readStored: () => Promise<readonly StoredNumber[]>): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const observe = counters(registry);
  const observeAnswer = answerCounter(registry);
  const gauges = new Map(Object.entries(STORED).map(([name, about]) => [name, gauge(registry, name, about)]));
  return {
    observe,
    observeAnswer,
    render: async () => {
      const numbers = await readStored().then(
        (stored) => [...stored, { name: "lienthong_database_up", value: 1 }],
        () => [{ name: "lienthong_database_up", value: 0 }],
      );
      // a state in which nothing is any more must not keep its last number
      for (const each of gauges.values()) each.reset();
      for (const { name, labels, value } of numbers as readonly StoredNumber[])
        gauges.get(name)?.set({ ...labels }, value);
      return { contentType: registry.contentType, text: await registry.metrics() };
    },
  };
}

function gauge(registry: Registry, name: string, { help, label }: { readonly help: string; readonly label?: string }) {
  return new Gauge({ name, help, labelNames: label === undefined ? [] : [label], registers: [registry] });
}

/** Every pair of labels is there from the beginning, so that the first refusal is seen as one more. */
function answerCounter(registry: Registry): Metrics["observeAnswer"] {
  const answers = new Counter({
    name: "lienthong_answers_total",
    help: "Requests of consumers by what became of them",
    labelNames: ["surface", "outcome"],
    registers: [registry],
  });
  for (const surface of ASKED_SURFACES) for (const outcome of OUTCOMES) answers.inc({ surface, outcome }, 0);
  return ({ surface, outcome }) => answers.inc({ surface, outcome });
}

function counters(registry: Registry): Observe {
  const registers = [registry];
  const runs = new Counter({
    name: "lienthong_runs_total",
    help: "Runs that ended, by outcome",
    labelNames: ["outcome"],
    registers,
  });
  const pages = new Counter({ name: "lienthong_pages_total", help: "Pages stored", registers });
  const bytes = new Counter({ name: "lienthong_bytes_total", help: "Bytes of the pages stored", registers });
  const records = new Counter({
    name: "lienthong_records_total",
    help: "Records by what became of them; received is the sum of added, changed, unchanged and rejected",
    labelNames: ["what"],
    registers,
  });
  const retries = new Counter({
    name: "lienthong_retries_total",
    help: "Requests that were repeated, by reason",
    labelNames: ["reason"],
    registers,
  });
  const requests = new Histogram({
    name: "lienthong_request_seconds",
    help: "Time to the head of a repository's answer, by class of status",
    labelNames: ["outcome"],
    buckets: SECONDS,
    registers,
  });
  const countPage = (page: PageEvent) => {
    pages.inc();
    bytes.inc(page.bytes);
    for (const what of ["received", "added", "changed", "unchanged", "rejected", "deleted"] as const)
      records.inc({ what }, page[what]);
  };
  return (event: HarvestEvent) => {
    if (event.kind === "page") countPage(event);
    else if (event.kind === "run-ended") runs.inc({ outcome: event.outcome });
    else if (event.kind === "retry") retries.inc({ reason: event.reason });
    else requests.observe({ outcome: event.outcome }, event.seconds);
  };
}
