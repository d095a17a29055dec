import Type from "typebox";
import { component } from "./component.ts";

/** What can be wrong with a request: the last part of a problem's `type`, its status and its title (RFC 9457 §3.1). */
export const PROBLEMS = {
  "unknown-address": { status: 404, title: "There is nothing at this address" },
  "unknown-parameter": { status: 400, title: "There is no such parameter" },
  "bad-parameter": { status: 400, title: "A parameter cannot be read" },
  "bad-date": { status: 400, title: "A date cannot be read" },
  "bad-place": { status: 400, title: "The place in the list is none that we gave" },
  "bad-token": { status: 401, title: "The token is none that we gave" },
  "unknown-record": { status: 404, title: "There is no such record" },
  "unknown-repository": { status: 404, title: "There is no such repository" },
  "unknown-run": { status: 404, title: "There is no such run" },
  "unknown-set": { status: 404, title: "There is no such set" },
  "unknown-problem": { status: 404, title: "There is no such problem" },
  "method-not-allowed": { status: 405, title: "Nothing can be changed here" },
  "too-many-requests": { status: 429, title: "You ask too often" },
  "internal-error": { status: 500, title: "Something went wrong on our side" },
  unavailable: { status: 503, title: "We cannot answer just now" },
} as const satisfies Readonly<Record<string, { readonly status: number; readonly title: string }>>;

export type ProblemName = keyof typeof PROBLEMS;

/** Why a request cannot be answered; `message` says what was wrong, where, and what to do. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly problem: ProblemName;

  constructor(problem: ProblemName, detail: string) {
    super(detail);
    this.problem = problem;
  }
}

/** Tells whether `name` is one of ours. */
export function isProblemName(name: string): name is ProblemName {
  return Object.hasOwn(PROBLEMS, name);
}

/** Addresses may be 100 kB long; nobody wants them back. */
const LONGEST_EXCERPT = 200;

/** As much of what was given as a sentence can repeat. */
export function excerptOf(given: string): string {
  return given.length <= LONGEST_EXCERPT ? given : `${given.slice(0, LONGEST_EXCERPT)}…`;
}

/** A problem as it is sent (RFC 9457 §3). */
export const problemComponent = component(
  "Problem",
  Type.Object({
    type: Type.String({ format: "uri", description: "Which kind of problem; its address tells the same." }),
    title: Type.String({ description: "What that kind means." }),
    status: Type.Integer({ description: "The HTTP status of the answer." }),
    detail: Type.String({ description: "What was wrong here, and what to do." }),
  }),
);
