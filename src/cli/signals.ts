/**
 * A signal that is aborted by the first Ctrl-C or SIGTERM; the second one ends the process where it stands. One that is
 * `tied` to the process that started it is stopped, too, when the channel between them closes: that one wants it, or is gone.
 */
export function stopSignal({ tied = false } = {}): AbortSignal {
  const controller = new AbortController();
  let told = false;
  const stop = () => {
    if (told) process.exit(130);
    told = true;
    controller.abort();
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (tied) {
    process.once("disconnect", () => controller.abort());
    // who listens keeps the process from ending
    process.channel?.unref();
    if (!process.connected) controller.abort();
  }
  return controller.signal;
}

/** Resolves when the signal is aborted. */
export async function untilAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  await new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
}
