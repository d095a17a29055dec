import type { AnsweredRequest } from "../http/observe-answers.ts";

/** What one stored page brought. */
export interface PageEvent {
  readonly kind: "page";
  readonly received: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly deleted: number;
  readonly bytes: number;
}

/** What happens while we harvest, for whoever counts it. Never with the name of a repository: there may be thousands. */
export type HarvestEvent =
  | PageEvent
  | { readonly kind: "run-ended"; readonly outcome: string }
  | { readonly kind: "retry"; readonly reason: string }
  | { readonly kind: "request"; readonly outcome: RequestOutcome; readonly seconds: number };

/** The class of an HTTP status; `none`: no answer at all. */
export type RequestOutcome = "1xx" | "2xx" | "3xx" | "4xx" | "5xx" | "none";

/** What became of a request of a consumer; never who it was. */
export type AnswerEvent = Pick<AnsweredRequest, "surface" | "outcome">;

export type Observe = (event: HarvestEvent) => void;
