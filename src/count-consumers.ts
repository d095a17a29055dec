import type { Logger } from "pino";
import { ConsumerBook } from "./consumer-book.ts";
import type { ObserveAnswer } from "./http/observe-answers.ts";
import { addConsumerDays } from "./store/consumer-days.ts";
import type { Db } from "./store/database.ts";

/** Counts who asks, for as long as a server runs. */
export interface ConsumerCounting {
  readonly observe: ObserveAnswer;
  /** Writes down what is not written yet. Never throws: what cannot be written is kept for the next time. */
  write(): Promise<void>;
  /** Writes for the last time. */
  stop(): Promise<void>;
}

const MINUTE_MS = 60_000;
/** A minute that failed is made good by the next one; after so many somebody has to look. */
const FAILURES_BEFORE_ERROR = 5;

/**
 * Counts in memory and adds it to `db` once a minute: a request costs no statement, and a database that is away loses nothing. A
 * process that is killed loses its last minute; a commit that was not heard of is counted twice.
 */
export function countConsumers(db: Db, log: Logger, book = new ConsumerBook()): ConsumerCounting {
  let failures = 0;
  let inHand: Promise<void> = Promise.resolve();
  const writeNow = async () => {
    const days = book.unwritten();
    try {
      await addConsumerDays(db, days);
      book.written(days);
      failures = 0;
    } catch (err) {
      failures += 1;
      const level = failures < FAILURES_BEFORE_ERROR ? "warn" : "error";
      log[level](
        { err, failures, entries: days.length },
        "consumers could not be written down; they are kept in memory",
      );
    }
  };
  const write = () => {
    // one after the other: what is being written must not be written twice
    inHand = inHand.then(writeNow);
    return inHand;
  };
  const timer = setInterval(write, MINUTE_MS).unref();
  return {
    observe: (answered) => book.add(answered, new Date()),
    write,
    stop: async () => {
      clearInterval(timer);
      await write();
      const entries = book.unwritten().length;
      if (entries > 0) log.error({ entries }, "consumers that could not be written down are lost");
    },
  };
}
