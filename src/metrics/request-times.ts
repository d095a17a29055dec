import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Observe, RequestOutcome } from "./events.ts";

interface RequestMessage {
  readonly request: object;
  readonly response?: { readonly statusCode: number };
}

/**
 * Tells `observe` how long each request of this process took from being sent to the head of its answer, without the
 * waiting of our own manners before it. undici publishes that (`undici:request:*`), so that the client need not know.
 * Returns what ends it.
 */
export function observeRequestTimes(observe: Observe): () => void {
  const begun = new WeakMap<object, number>();
  const end = (message: RequestMessage, outcome: RequestOutcome) => {
    const start = begun.get(message.request);
    if (start === undefined) return;
    begun.delete(message.request); // an answer that breaks off after its head is told once
    observe({ kind: "request", outcome, seconds: (performance.now() - start) / 1000 });
  };
  const listeners = {
    "undici:request:create": (message: RequestMessage) => begun.set(message.request, performance.now()),
    "undici:request:headers": (message: RequestMessage) => end(message, classOf(message.response?.statusCode ?? 0)),
    "undici:request:error": (message: RequestMessage) => end(message, "none"),
  };
  const channels = Object.entries(listeners).map(([name, listen]) => {
    const onMessage = (message: unknown) => void listen(message as RequestMessage);
    subscribe(name, onMessage);
    return () => unsubscribe(name, onMessage);
  });
  return () => {
    for (const stop of channels) stop();
  };
}

const CLASSES = ["1xx", "2xx", "3xx", "4xx", "5xx"] as const;

function classOf(status: number): RequestOutcome {
  return CLASSES[Math.floor(status / 100) - 1] ?? "none";
}
