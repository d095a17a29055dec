import type { SampleItem } from "./sample-repository.ts";
import type { ListPosition } from "./sample-token.ts";
import { writeElement } from "./sample-xml.ts";

/** The part of a list that one request is about: `items` from `first` up to, not including, `end`. */
export interface ItemRange {
  readonly items: readonly SampleItem[];
  readonly first: number;
  readonly end: number;
}

/** The items of one repository, sorted by datestamp and identifier. */
export class OrderedItems {
  readonly #ordered: readonly SampleItem[];
  readonly #byIdentifier: ReadonlyMap<string, SampleItem>;

  constructor(items: readonly SampleItem[]) {
    this.#ordered = [...items].sort(compareItems);
    this.#byIdentifier = new Map(items.map((item) => [item.identifier, item]));
  }

  /** The oldest item; its datestamp is the earliest of the repository. */
  first(): SampleItem | undefined {
    return this.#ordered[0];
  }

  find(identifier: string): SampleItem | undefined {
    return this.#byIdentifier.get(identifier);
  }

  /** The items that the arguments of a list request select, whatever page is asked for. */
  select({ metadataPrefix, set, from, until }: ListPosition): ItemRange {
    const items = this.#ordered.filter((item) => hasFormat(item, metadataPrefix) && (set === null || isIn(item, set)));
    return {
      items,
      first: from === null ? 0 : countBefore(items, from),
      // a day includes every second of it
      end: until === null ? items.length : countBefore(items, `${until}\uffff`),
    };
  }
}

/** Deleted items are told to everybody: which formats they once had is forgotten. */
export function hasFormat(item: SampleItem, metadataPrefix: string): boolean {
  // hasOwn does not call getters: generated items write their XML only when it is read.
  return item.deleted || Object.hasOwn(item.metadata, metadataPrefix);
}

/** The `header` element of an item. */
export function writeHeader(item: SampleItem): string {
  const sets = item.setSpecs.map((spec) => writeElement("setSpec", spec)).join("");
  const identity = writeElement("identifier", item.identifier) + writeElement("datestamp", item.datestamp);
  return `<header${item.deleted ? ' status="deleted"' : ""}>${identity}${sets}</header>`;
}

/** The `record` element of an item. */
export function writeRecord(item: SampleItem, metadataPrefix: string): string {
  const metadata = item.deleted ? "" : `<metadata>${item.metadata[metadataPrefix] ?? ""}</metadata>`;
  return `<record>${writeHeader(item)}${metadata}</record>\n`;
}

/** A set holds the items of the sets below it: `tckh` those of `tckh:ART` (OAI-PMH 2.0, 2.7.2). */
function isIn(item: SampleItem, set: string): boolean {
  return item.setSpecs.some((spec) => spec === set || spec.startsWith(`${set}:`));
}

function compareItems(one: SampleItem, other: SampleItem): number {
  if (one.datestamp !== other.datestamp) return one.datestamp < other.datestamp ? -1 : 1;
  return one.identifier < other.identifier ? -1 : 1;
}

function countBefore(items: readonly SampleItem[], datestamp: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((items[middle]?.datestamp ?? "") < datestamp) low = middle + 1;
    else high = middle;
  }
  return low;
}
