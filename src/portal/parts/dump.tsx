import type { DumpSummary } from "../status.ts";
import { Time } from "./time.tsx";
import type { View } from "./view.ts";

/** How the nightly dump fares. Where it lies and why it failed is for operators, on the command line. */
export function Dump({ dump, view }: { readonly dump: DumpSummary; readonly view: View }) {
  const { messages, format } = view;
  const { whole, state, startedAt } = dump;
  return (
    <section>
      <h2>{messages.dump}</h2>
      <p>
        {whole === null ? (
          messages.dumpNever
        ) : (
          <>
            {messages.dumpWhole} <Time date={whole.finishedAt} format={format} />:{" "}
            {format.count(messages.dumpRecords, whole.records)}.
          </>
        )}
        {state === "running" ? (
          <>
            {" "}
            {messages.dumpRunning} <Time date={startedAt} format={format} />.
          </>
        ) : null}
      </p>
      {state === "failed" ? <p class="held">{messages.dumpFailed}</p> : null}
    </section>
  );
}
