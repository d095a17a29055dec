import { configDefaults, defineConfig } from "vitest/config";

/** Not yet timed on a quiet machine; CHAOS=1 runs them. */
const chaos =
  process.env.CHAOS === undefined ? ["test/jobs/chaos.test.ts", "test/queue/many-repositories.test.ts"] : [];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...chaos],
    globalSetup: ["test/support/postgres.ts"],
    sequence: { shuffle: true },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 3,
    // all that a file needs it makes itself; to load the modules again for each took a third of the time
    isolate: false,
  },
});
