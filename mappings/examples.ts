import { isDeepStrictEqual } from "node:util";
import Value from "typebox/value";
import { applyCrosswalk, type Mapping } from "../src/crosswalk/apply.ts";
import type { IncomingCrosswalk } from "../src/crosswalk/crosswalk.ts";
import { type StoredRecord, toStored } from "../src/record/common-record.ts";
import type { Issue } from "../src/record/issue.ts";
import { commonRecordSchema } from "../src/record/schema.ts";
import { ACCESS_RIGHTS } from "../src/record/vocabulary.ts";
import { parseXml } from "../src/xml/parse.ts";

/** How many examples a crosswalk has at least. */
export const MIN_EXAMPLES = 5;

/** What stands in `NN-name.expected.json`, written by hand from the rules of the crosswalk's README. */
export interface Expected {
  /** The identifier in the record's header. */
  readonly identifier: string;
  readonly defaultAccessRights: string | null;
  readonly record: StoredRecord;
  readonly issues: readonly Issue[];
  /** Some of the values with the places they came from: `titles[0]` → paths. */
  readonly trace?: Readonly<Record<string, readonly string[]>>;
}

/** A place where an example does not become what is expected; `undefined` on the side that has nothing. */
export interface Difference {
  /** `titles[0]`, `issue`, `trace of titles[0]`, `schema`. */
  readonly what: string;
  readonly expected?: unknown;
  readonly got?: unknown;
  /** Where the value came from in the source; empty where nothing came of it. */
  readonly from: readonly string[];
}

type Values = ReadonlyMap<string, unknown>;

/** Maps the metadata of an example as its expectation says. Throws where it is not XML, or nothing the crosswalk opens. */
export function mapExample(
  crosswalk: IncomingCrosswalk,
  xml: string,
  { identifier, defaultAccessRights: uri }: Pick<Expected, "identifier" | "defaultAccessRights">,
): Mapping {
  const defaultAccessRights = uri === null ? null : { uri, label: ACCESS_RIGHTS[uri] ?? "" };
  return applyCrosswalk(crosswalk, parseXml(xml), { identifier, defaultAccessRights });
}

/** Where a mapping is not what is expected, value by value; the order of issues says nothing. */
export function differencesOf(expected: Expected, mapping: Mapping): readonly Difference[] {
  const origins = originsOf(mapping);
  return [
    ...valueDifferences(valuesOf(expected.record), valuesOf(toStored(mapping.record)), origins),
    ...issueDifferences(expected.issues, mapping.issues),
    ...traceDifferences(expected.trace ?? {}, origins),
    ...[...Value.Errors(commonRecordSchema, mapping.record)].map((error) => ({
      what: "schema",
      expected: error.message,
      got: error.instancePath,
      from: [],
    })),
  ];
}

/** What a mapping is expected to be from now on; `before` says what is told of the header and which traces are wanted. */
export function renewed(before: Expected, mapping: Mapping): Expected {
  const { identifier, defaultAccessRights, trace } = before;
  const origins = originsOf(mapping);
  const { issues } = mapping;
  // in the order that was written by hand, as far as it still holds
  const order = [...before.issues, ...issues].map(keyOf);
  const wanted = Object.keys(trace ?? {}).flatMap((key) => {
    const paths = origins.get(placeOf(key));
    return paths === undefined ? [] : [[key, paths] as const];
  });
  return {
    identifier,
    defaultAccessRights,
    record: toStored(mapping.record),
    issues: [...issues].sort((a, b) => order.indexOf(keyOf(a)) - order.indexOf(keyOf(b))),
    ...(trace === undefined ? {} : { trace: Object.fromEntries(wanted) }),
  };
}

function originsOf(mapping: Mapping): ReadonlyMap<string, readonly string[]> {
  return new Map(mapping.trace().map(({ field, index, paths }) => [`${field}[${index}]`, paths]));
}

/** Each value by its place: `titles[0]`, `issued`. */
function valuesOf(record: StoredRecord): Values {
  return new Map(
    Object.entries(record).flatMap(([field, value]: [string, unknown]): [string, unknown][] =>
      Array.isArray(value) ? value.map((each, index) => [`${field}[${index}]`, each]) : [[field, value]],
    ),
  );
}

function valueDifferences(
  expected: Values,
  got: Values,
  origins: ReadonlyMap<string, readonly string[]>,
): Difference[] {
  const places = [...new Set([...expected.keys(), ...got.keys()])];
  return places
    .filter((place) => !isDeepStrictEqual(expected.get(place), got.get(place)))
    .map((place) => ({
      what: place,
      expected: expected.get(place),
      got: got.get(place),
      from: got.has(place) ? (origins.get(placeOf(place)) ?? ["the record's envelope"]) : [],
    }));
}

function issueDifferences(expected: readonly Issue[], got: readonly Issue[]): Difference[] {
  return [
    ...without(expected, got).map((issue) => ({ what: "issue", expected: issue, from: [] })),
    ...without(got, expected).map((issue) => ({
      what: "issue",
      got: issue,
      from: issue.path === null ? [] : [issue.path],
    })),
  ];
}

/** The issues that the others lack, each counted as often as it comes. */
function without(issues: readonly Issue[], others: readonly Issue[]): readonly Issue[] {
  const left = others.map(keyOf);
  return issues.filter((issue) => {
    const position = left.indexOf(keyOf(issue));
    if (position !== -1) left.splice(position, 1);
    return position === -1;
  });
}

function keyOf({ code, severity, field, path, value }: Issue): string {
  return JSON.stringify([code, severity, field, path, value]);
}

function traceDifferences(
  expected: NonNullable<Expected["trace"]>,
  origins: ReadonlyMap<string, readonly string[]>,
): Difference[] {
  return Object.entries(expected)
    .filter(([place, paths]) => !isDeepStrictEqual(paths, origins.get(placeOf(place))))
    .map(([place, paths]) => {
      const got = origins.get(placeOf(place));
      return { what: `trace of ${place}`, expected: paths, got, from: got ?? [] };
    });
}

/** A field that has one value needs no `[0]`. */
function placeOf(place: string): string {
  return place.endsWith("]") ? place : `${place}[0]`;
}
