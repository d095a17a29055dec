import { configDefaults, defineConfig } from "vitest/config";

/** The fault laboratory also shows what is not mended yet; LABORATORY=1 runs it. */
const laboratory = process.env.LABORATORY === undefined ? ["test/laboratory/{laboratory,nasty}.test.ts"] : [];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: [...configDefaults.exclude, ...laboratory],
    globalSetup: ["test/support/postgres.ts"],
    sequence: { shuffle: true },
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
  },
});
