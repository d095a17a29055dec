import { funnelOf } from "../../store/funnel.ts";
import type { Run } from "../../store/runs.ts";
import type { View } from "./view.ts";

/** What became of the records: promised → received → stored, what the stored ones are, and what was not stored. */
export function Funnel({ run, view }: { readonly run: Run; readonly view: View }) {
  const { messages, format } = view;
  const { promised, received, stored, added, changed, unchanged, rejected, repeated, unknown, deleted } = funnelOf(run);
  // a count and its word stay on one line
  const said = (sentence: string, value: number) => format.count(sentence, value).replaceAll(" ", "\u00a0");
  const some = (counts: readonly (readonly [string, number])[]) =>
    counts.flatMap(([sentence, value]) => (value === 0 ? [] : [said(sentence, value)])).join(" · ");
  const path = [
    ...(promised === null || promised === received ? [] : [said(messages.promised, promised)]),
    said(messages.received, received),
    said(messages.stored, stored),
  ];
  const kinds = some([
    [messages.added, added],
    [messages.changed, changed],
    [messages.unchanged, unchanged],
    [messages.deleted, deleted],
  ]);
  const others = some([
    [messages.rejected, rejected],
    [messages.repeated, repeated],
    [messages.unknown, unknown],
    [messages.withdrawn, run.withdrawn],
  ]);
  return (
    <>
      {path.join(" → ")}
      {kinds === "" ? null : <small>{kinds}</small>}
      {others === "" ? null : <small class="aside">{others}</small>}
    </>
  );
}
