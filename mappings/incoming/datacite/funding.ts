import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import type { CommonRecord } from "../../../src/record/common-record.ts";
import { dublinCoreFields } from "../oai-dc/crosswalk.ts";
import type { QualifiedDublinCore } from "../oai-dc/qualified-dublin-core.ts";

type Funding = CommonRecord["funding"][number];

const PARTS: readonly (readonly [local: string, part: keyof Funding])[] = [
  ["funderName", "funderName"],
  ["funderIdentifier", "funderId"],
  ["awardNumber", "awardNumber"],
  ["awardTitle", "awardTitle"],
];

/** DataCite §fundingReference, and grants that stand among the relations. */
export function funding(source: QualifiedDublinCore, note: Note): readonly Mapped<Funding>[] {
  const references = source.root
    .childrenNamed("fundingReferences")
    .flatMap((group) => group.childrenNamed("fundingReference"));
  const own = references.flatMap((reference) => {
    const found = PARTS.flatMap(([local, part]) => {
      const element = reference.child(local);
      const value = element === null ? null : source.read(element);
      return value === null || value.text === "" ? [] : [[part, value] as const];
    });
    source.drop(reference);
    if (found.length === 0) return [];
    const value: Funding = Object.fromEntries(found.map(([part, { text }]) => [part, text]));
    return [mapped(value, ...found.map(([, { node }]) => node))];
  });
  return [...own, ...dublinCoreFields.funding(source, note)];
}
