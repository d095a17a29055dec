import type { QualitySummary } from "../../quality/summary.ts";
import { ruleTextOf } from "../../record/rule-texts.ts";
import { hintOnRule } from "../rule-advice.ts";
import { AdviceTable } from "./advice-table.tsx";
import type { View } from "./view.ts";

/** Of the rules that records miss, those that cost most; the command line has all of them. */
const RULES_SHOWN = 5;

/** The score of a repository's records, what costs it most, and what its library can do about it. */
export function Quality(props: {
  readonly quality: QualitySummary;
  readonly platform: string | null;
  readonly view: View;
}) {
  const { quality, platform, view } = props;
  const { messages, format } = view;
  const { score, judged, records, missed } = quality;
  if (score === null) return null;
  const rows = missed.slice(0, RULES_SHOWN).map((miss) => ({
    code: miss.rule.code,
    text: ruleTextOf(miss.rule.code),
    times: miss.records,
    hint: hintOnRule(miss.rule, platform),
  }));
  return (
    <section>
      <h2>{messages.quality}</h2>
      <p>
        <strong>{format.count(messages.qualityScore, score)}</strong>
        {judged === records ? null : ` ${format.count(messages.qualityOf, judged)}`}
      </p>
      <p class="quiet">{rows.length === 0 ? messages.nothingMissed : messages.qualityText}</p>
      {rows.length === 0 ? null : (
        <AdviceTable what={messages.rule} howOften={messages.missedBy} rows={rows} view={view} />
      )}
    </section>
  );
}
