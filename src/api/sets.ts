import Type from "typebox";
import { listSets } from "../store/sets.ts";
import { component } from "./component.ts";
import { after, limit, next, text } from "./fields.ts";
import { readPlace, writePlace } from "./place.ts";
import { defineRoute, nextAddress } from "./route.ts";

const PATH = "/sets";
/** Our own are of no other form. */
const SET_SPEC = /^([!-~]+)$/;

/** The sets of the feed. */
export const setsRoute = defineRoute({
  path: PATH,
  operationId: "listSets",
  summary: "The sets by their setSpec.",
  query: Type.Object({ limit, after }),
  answers: component("SetPage", Type.Object({ sets: Type.Array(Type.Object({ setSpec: text, setName: text })), next })),
  problems: ["bad-place"],
  answer: async (options, { query }) => {
    const [last = ""] = query.after === undefined ? [] : readPlace(PATH, query.after, SET_SPEC);
    const found = await listSets(options.db, last, query.limit + 1);
    const sets = found.slice(0, query.limit);
    const { setSpec = "" } = sets.at(-1) ?? {};
    const place = found.length > sets.length ? writePlace(PATH, [setSpec]) : null;
    return {
      sets: sets.map(({ setSpec, setName }) => ({ setSpec, setName })),
      next: nextAddress(options, PATH, query, place),
    };
  },
});
