import { expect, test, vi } from "vitest";
import { createTestDatabase } from "../support/database.ts";
import { SECONDS, wasHard, watchChange, wrongs } from "./change.ts";
import { blindReaders, naiveUrl, stampByTheClock } from "./naive.ts";
import { startFeedServers } from "./servers.ts";

// processes are started and killed; a busy machine takes its time
vi.setConfig({ testTimeout: 240_000 + SECONDS * 2_000 });

// both mostly wait; where it matters, each has the machine for itself
const inTurn = SECONDS < 20 ? test.concurrent : test;

inTurn(
  "while eight writers write, some of them slow, some killed, consumers lose nothing",
  async ({ onTestFinished }) => {
    const database = await createTestDatabase();
    onTestFinished(database.close);
    const servers = await startFeedServers([
      { DATABASE_URL: database.url },
      { DATABASE_URL: database.url, SCHEDULER: "false" },
    ]);
    onTestFinished(servers.stop);
    const outcome = await watchChange({
      name: "one database",
      primary: database,
      consumers: [
        { feeds: servers.feeds, set: null, horizons: [database.db] },
        { feeds: servers.feeds.slice(1), set: "kho-1", horizons: [database.db] },
      ],
      watched: servers.origins[0],
      enough: wasHard,
    });
    expect(wrongs(outcome)).toEqual([]);
    // it was not easy for readers either: somebody slow has held the horizon back
    expect(outcome.longestLagSeconds).toBeGreaterThan(1);
  },
);

inTurn(
  "where records are stamped by the clock, the same consumers lose some: this can fail",
  async ({ onTestFinished }) => {
    const database = await createTestDatabase();
    onTestFinished(database.close);
    await blindReaders(database.pool);
    await stampByTheClock(database.pool);
    const servers = await startFeedServers([{ DATABASE_URL: naiveUrl(database.url) }]);
    onTestFinished(servers.stop);
    const outcome = await watchChange({
      name: "stamps by the clock",
      primary: database,
      consumers: [{ feeds: servers.feeds, set: null, horizons: [] }],
      watched: servers.origins[0],
      // new records are stamped once: one that is behind the consumer's next from is lost for good
      enough: (_written, gone) => [...gone].some((record) => record.includes("/new-")),
    });
    expect(outcome.lost.length).toBeGreaterThan(0);
    expect(outcome.late.length).toBeGreaterThan(0);
  },
);
