#!/usr/bin/env node
import { keepHeapSmall } from "../heap.ts";
import { runCommandLine } from "./program.ts";

// a reader that has seen enough (`| head`) is no failure
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
});

keepHeapSmall();
await runCommandLine(process.argv.slice(2));
