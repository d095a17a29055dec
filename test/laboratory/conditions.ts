import type { Fault } from "./misbehaving-server.ts";
import type { Asked } from "./provider.ts";

/** When a fault shows. */
export type Condition = (asked: Asked) => boolean;

/** The `number`th page of any ListRecords, whatever its window. */
export function page(number: number): Condition {
  return ({ verb, page: asked }) => verb === "ListRecords" && asked === number;
}

/** That page and all behind it. */
export function fromPage(number: number): Condition {
  return ({ verb, page: asked }) => verb === "ListRecords" && asked >= number;
}

export function verb(name: string): Condition {
  return (asked) => asked.verb === name;
}

/** The first `count` times that this very request comes in a harvest. */
export function times(count: number): Condition {
  return (asked) => asked.times <= count;
}

/** The first harvest only: when the next one comes, somebody has mended it. */
export const firstRun: Condition = (asked) => asked.run === 1;

/** Whatever answer to `verb` holds this record. */
export function holding(name: string, identifier: string): Condition {
  return (asked) => asked.verb === name && asked.records.some((record) => record.identifier === identifier);
}

/** Everything that is asked in a harvest once the condition has held in it: the repository is gone. */
export function since(condition: Condition): Condition {
  let run = 0;
  return (asked) => {
    if (condition(asked)) run = asked.run;
    return asked.run === run;
  };
}

export const always: Condition = () => true;

export function all(...conditions: readonly Condition[]): Condition {
  return (asked) => conditions.every((condition) => condition(asked));
}

/** Keeps a fault asleep unless the condition holds; what it did to the records themselves stays. */
export function when(condition: Condition, fault: Fault): Fault {
  const { page: changePage, document, answer, ...rest } = fault;
  return {
    ...rest,
    ...(changePage && { page: (list, asked) => (condition(asked) ? changePage(list, asked) : list) }),
    ...(document && { document: (xml, asked) => (condition(asked) ? document(xml, asked) : xml) }),
    ...(answer && { answer: (given, asked) => (condition(asked) ? answer(given, asked) : given) }),
  };
}
