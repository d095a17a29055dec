import Type from "typebox";
import { USE_DAYS } from "../portal/use.ts";
import { type ConsumerCounts, totalOf } from "../store/consumer-days.ts";
import { component } from "./component.ts";
import { count, oneOf, text } from "./fields.ts";
import { defineRoute } from "./route.ts";

const day = (description: string) => Type.String({ format: "date", description });
/** What is told of each sum. */
const COUNTS = {
  requests: count("Requests; of dumps their files."),
  records: count("Records delivered, tombstones included."),
  bytes: count("Bytes of the answers as they were sent."),
  lists: count("Lists of records delivered to their last page."),
};

/** How much it is used, and by nobody in particular. */
export const useRoute = defineRoute({
  path: "/statistics/use",
  operationId: "getUse",
  summary: `How much the feed, this API and dumps were used in the last ${USE_DAYS} days, without telling by whom. Summed up once a minute.`,
  query: Type.Object({}),
  answers: component(
    "Use",
    Type.Object({
      from: day("The first day, as all days one of Vietnam (UTC+7)."),
      until: day("The last day, which goes on."),
      ...COUNTS,
      surfaces: Type.Array(
        Type.Object({
          surface: oneOf(["feed", "api", "export"], "OAI-PMH, this API, dumps that an operator made."),
          consumers: count("Programs that differ in what they say of themselves or in their network."),
          ...COUNTS,
        }),
        { description: "One that nobody used is left out." },
      ),
      formats: Type.Array(Type.Object({ metadataPrefix: text, ...COUNTS }), {
        description: "Formats of the feed, those first in which most records were delivered.",
      }),
      days: Type.Array(Type.Object({ day: day("A day of Vietnam."), ...COUNTS })),
    }),
  ),
  answer: async ({ counts }) => {
    const { period, surfaces, formats, days } = await counts.use();
    return {
      ...period,
      ...shown(totalOf(surfaces)),
      surfaces: surfaces.map(({ surface, consumers, ...sum }) => ({ surface, consumers, ...shown(sum) })),
      formats: formats.map(({ name, ...sum }) => ({ metadataPrefix: name, ...shown(sum) })),
      days: days.map(({ name, ...sum }) => ({ day: name, ...shown(sum) })),
    };
  },
});

function shown({ requests, records, bytes, lists }: ConsumerCounts) {
  return { requests, records, bytes, lists };
}
