import { run } from "./memory.ts";

await run({ records: Number(process.argv[2]), runs: 1 });
