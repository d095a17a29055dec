import { Command, InvalidArgumentError } from "commander";

/** How much a bench is to do. */
export interface BenchOptions {
  readonly records: number;
  readonly runs: number;
}

const BENCHES = {
  map: { about: "parse and map records, without a database", records: 3_000, runs: 3 },
  harvest: { about: "a repository into PostgreSQL: the first time, and again unchanged", records: 6_000, runs: 3 },
  memory: { about: "how much the program takes, for one page of 200 MB and for long lists", records: 200_000, runs: 1 },
  workers: { about: "forty repositories, harvested by one worker and by more", records: 4_000, runs: 1 },
  export: {
    about: "a dump beside writers, and whether harvesting on from it gives the database",
    records: 50_000,
    runs: 1,
  },
  provider: { about: "the feed, asked by one harvester", records: 6_000, runs: 3 },
  paging: { about: "the feed at any depth of a long list", records: 100_000, runs: 3 },
} as const;

function positive(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("give a whole number above 0");
  return Number(text);
}

const bench = new Command("bench").description("measure; bench/README.md says how to read the tables");
for (const [name, { about, records, runs }] of Object.entries(BENCHES)) {
  bench
    .command(name)
    .description(about)
    .option("--records <number>", "records", positive, records)
    .option("--runs <number>", "runs of which the median is told", positive, runs)
    .action(async (options: BenchOptions) => {
      const { run } = (await import(`./${name}.js`)) as { run: (options: BenchOptions) => Promise<void> };
      await run(options);
    });
}
bench
  .command("replica")
  .description("no bench: a primary and a streaming replica to try things on, until Ctrl-C (docs/scale.md)")
  .action(async () => {
    await (await import("./replica.js")).showReplica();
  });
await bench.parseAsync();
