import Type from "typebox";
import type { QualitySummary } from "../quality/summary.ts";
import { ruleTextOf } from "../record/rule-texts.ts";
import { count, oneOf, orNull, text } from "./fields.ts";

const wording = Type.Object({
  name: Type.String({ description: "A few words." }),
  meaning: Type.String({ description: "What was found, or what is asked for." }),
  remedy: Type.String({ description: "What the repository can do about it." }),
});

/** What a remark or a rule says, in both languages. */
export const wordings = Type.Object({ vi: wording, en: wording });

/** How good records are, by the national profile. */
export const qualitySchema = Type.Object({
  judged: count("Live records whose score is known; the rest is about them."),
  score: orNull(Type.Integer({ minimum: 0, maximum: 100, description: "The mean of their scores." })),
  tiers: Type.Object({
    complete: count("Records that miss nothing that is mandatory."),
    sufficient: count("Records that miss only what is mandatory if applicable."),
    deficient: count("Records that miss something mandatory."),
  }),
  missed: Type.Array(
    Type.Object({
      rule: text,
      level: oneOf(["M", "MA", "R"], "Mandatory, mandatory if applicable, recommended."),
      records: count("Records that miss it."),
      texts: wordings,
    }),
    { description: "Rules that records miss, those first that cost the score most." },
  ),
});

/** A summary as the API shows it. */
export function shownQuality({ judged, score, tiers, missed }: QualitySummary): Type.Static<typeof qualitySchema> {
  return {
    judged,
    score,
    tiers,
    missed: missed.map(({ rule, level, records }) => ({
      rule: rule.code,
      level,
      records,
      texts: ruleTextOf(rule.code),
    })),
  };
}
