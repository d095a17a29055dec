import type Type from "typebox";
import type { Counts } from "../portal/counts.ts";
import type { Db } from "../store/database.ts";
import type { HorizonReader } from "../store/recent-horizon.ts";
import type { Component } from "./component.ts";
import type { ProblemName } from "./problem.ts";

/** What the API needs to know of the world. */
export interface ApiOptions {
  readonly db: Db;
  /** Up to which moment the feed in `db` is complete. */
  readonly horizon: HorizonReader;
  /** Name of the feed. */
  readonly name: string;
  readonly version: string;
  /** `<PUBLIC_URL>/api/v1`, known once the server listens; never taken from a request. */
  readonly baseUrl: () => string;
  /** Those of the pages, so that nothing is counted twice. */
  readonly counts: Counts;
}

/** What a route is asked. */
export interface Asked<Query> {
  readonly query: Query;
  /** The part of the path that is a parameter, decoded; empty where the route has none. */
  readonly named: string;
}

/** One address that can be read. Everything that is said of it in the OpenAPI document stands here. */
export interface ApiRoute<Query extends Type.TObject = Type.TObject, Answer extends Type.TSchema = Type.TSchema> {
  /** Below `/api/v1`, with at most one parameter: `/repositories/{code}/runs`. One at the end takes slashes too. */
  readonly path: string;
  readonly operationId: string;
  readonly summary: string;
  /** What the parameter of the path is; empty where there is none. */
  readonly named: string;
  /** Each parameter is text or a whole number, and its description says what to give. */
  readonly query: Query;
  readonly answers: Component<Answer>;
  readonly mediaType: string;
  /** Those beside what every route may answer. */
  readonly problems: readonly ProblemName[];
  /** How many records an answer delivers, for whoever counts. */
  recordsIn(answer: Type.Static<Answer>): number;
  /** Throws `Problem`. Where the answer has a `next`, the Link header tells it too. */
  answer(options: ApiOptions, asked: Asked<Type.Static<Query>>): Promise<Type.Static<Answer>>;
}

const DEFAULTS = { named: "", mediaType: "application/json", problems: [], recordsIn: () => 0 } as const;

/** A route, with what most of them have in common filled in; the types of query and answer follow from their schemas. */
export function defineRoute<Query extends Type.TObject, Answer extends Type.TSchema>(
  route: Omit<ApiRoute<Query, Answer>, keyof typeof DEFAULTS> &
    Partial<Pick<ApiRoute<Query, Answer>, keyof typeof DEFAULTS>>,
): ApiRoute<Query, Answer> {
  return { ...DEFAULTS, ...route };
}

/** The address of the same list from another place on; `null` where there is none. */
export function nextAddress(
  { baseUrl }: ApiOptions,
  path: string,
  query: Readonly<Record<string, unknown>>,
  after: string | null,
): string | null {
  if (after === null) return null;
  const given = Object.entries(query).map(([name, value]) => [name, String(value)]);
  return `${baseUrl()}${path}?${new URLSearchParams({ ...Object.fromEntries(given), after })}`;
}
