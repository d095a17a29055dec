import { isDataField, type MarcDataField, type MarcRecord } from "../marc/record.ts";
import { cleanText } from "../vietnamese/clean-text.ts";
import { KeepingSource, type SourceNode } from "./source.ts";

/** A subfield, a control field or the leader: the text as it stands, the clean value, and where it stands. */
export class MarcNode implements SourceNode {
  /** The code of a subfield; the empty string for control fields and the leader. */
  readonly code: string;
  readonly text: string;
  readonly #owner: MarcSourceField | string;
  #value: string | undefined;
  #read = false;

  constructor(code: string, text: string, owner: MarcSourceField | string) {
    this.code = code;
    this.text = text;
    this.#owner = owner;
  }

  /** The text cleaned (`cleanText`); the positions of a control field count in `text`, not here. */
  get value(): string {
    this.#value ??= cleanText(this.text);
    return this.#value;
  }

  get isRead(): boolean {
    return this.#read;
  }

  /** From now on it counts as read. */
  read(): void {
    this.#read = true;
  }

  get path(): string {
    return typeof this.#owner === "string" ? this.#owner : this.#owner.pathOf(this);
  }
}

/** A data field opened for mapping: its subfields count as read once they were asked for. */
export class MarcSourceField {
  readonly tag: string;
  readonly indicator1: string;
  readonly indicator2: string;
  /** Where the field stands among all fields of the record, from 0. */
  readonly position: number;
  /** All of them, in the order in which they stand; looking does not count as reading. */
  readonly subfields: readonly MarcNode[];
  readonly #occurrence: number;

  constructor(field: MarcDataField, position: number, occurrence: number) {
    this.tag = field.tag;
    this.indicator1 = field.indicator1;
    this.indicator2 = field.indicator2;
    this.position = position;
    this.#occurrence = occurrence;
    this.subfields = field.subfields.map(({ code, value }) => new MarcNode(code, value, this));
  }

  /** The subfields with one of these codes that hold text, in the order in which they stand: `all("abn")`. */
  all(codes: string): readonly MarcNode[] {
    return this.#take((node) => node.code !== "" && codes.includes(node.code));
  }

  /** Every subfield that holds text but those with one of these codes, in the order in which they stand. */
  allBut(codes: string): readonly MarcNode[] {
    return this.#take((node) => !codes.includes(node.code));
  }

  /** The first subfield of that code that holds text, or `null`; the later ones stay unread. */
  first(code: string): MarcNode | null {
    for (const node of this.subfields) {
      if (node.code !== code || node.value === "") continue;
      node.read();
      return node;
    }
    return null;
  }

  /** Whether there is such a subfield, without reading it. */
  has(code: string): boolean {
    return this.subfields.some((node) => node.code === code && node.value !== "");
  }

  /** Counts subfields as read although nothing comes of them; without codes, the whole field. */
  drop(codes?: string): void {
    for (const node of this.subfields) if (codes === undefined || codes.includes(node.code)) node.read();
  }

  /** The tag and number that `$6` links to, `880-01`, or `null` (LoC MARC 21, Appendix A). */
  get link(): string | null {
    const node = this.subfields.find(({ code }) => code === "6");
    return node === undefined ? null : (/^\s*(\d{3}-\d{2})/.exec(node.text)?.[1] ?? null);
  }

  pathOf(node: MarcNode): string {
    const twins = this.subfields.filter(({ code }) => code === node.code);
    const number = twins.length > 1 ? `[${twins.indexOf(node) + 1}]` : "";
    return `${this.tag}[${this.#occurrence}]$${node.code}${number}`;
  }

  /** The subfields that hold text and were not asked for; `$6` and `$8` are links, not text. */
  unread(): readonly MarcNode[] {
    return this.subfields.filter((node) => !node.isRead && !"68".includes(node.code) && node.value !== "");
  }

  #take(wanted: (node: MarcNode) => boolean): readonly MarcNode[] {
    const taken: MarcNode[] = [];
    for (const node of this.subfields) {
      if (!wanted(node) || node.value === "") continue;
      node.read();
      taken.push(node);
    }
    return taken;
  }
}

/** A MARC 21 record opened for mapping: fields by tag, parallel fields of 880 by link, and what nobody asked for. */
export class MarcSource extends KeepingSource {
  readonly leader: MarcNode;
  readonly #controls = new Map<string, MarcNode[]>();
  readonly #inOrder: MarcSourceField[] = [];
  readonly #fields = new Map<string, MarcSourceField[]>();
  readonly #originals = new Map<string, MarcSourceField[]>();

  constructor(record: MarcRecord) {
    super();
    this.leader = new MarcNode("", record.leader, "LDR");
    for (const [position, field] of record.fields.entries()) {
      if (isDataField(field)) {
        const number = (this.#fields.get(field.tag)?.length ?? 0) + 1;
        const opened = new MarcSourceField(field, position, number);
        this.#inOrder.push(opened);
        append(this.#fields, field.tag, opened);
      } else {
        const number = (this.#controls.get(field.tag)?.length ?? 0) + 1;
        append(this.#controls, field.tag, new MarcNode("", field.value, `${field.tag}[${number}]`));
      }
    }
    for (const field of this.#fields.get("880") ?? []) append(this.#originals, field.link?.slice(0, 3) ?? "", field);
  }

  /** The first control field of that tag that is not blank, or `null`; counts as read. */
  control(tag: string): MarcNode | null {
    const node = this.#controls.get(tag)?.find(({ text }) => text.trim() !== "") ?? null;
    node?.read();
    return node;
  }

  /** The data fields of these tags, in the order in which they stand; their subfields count as read when asked for. */
  fields(...tags: readonly string[]): readonly MarcSourceField[] {
    const [only = ""] = tags;
    if (tags.length === 1) return this.#fields.get(only) ?? [];
    const found: MarcSourceField[] = [];
    for (const tag of tags) {
      const fields = this.#fields.get(tag);
      if (fields !== undefined) found.push(...fields);
    }
    return found.length < 2 ? found : found.sort((a, b) => a.position - b.position);
  }

  /** The 880 fields that hold a field of that tag in the original script, linked or not. */
  originals(tag: string): readonly MarcSourceField[] {
    return this.#originals.get(tag) ?? [];
  }

  /**
   * The 880 fields that hold this field in the original script: those with its number in `$6`. One whose number no field
   * claims belongs to the first field of its tag, because cataloguers forget the `$6` there; number 00 belongs to none.
   */
  linkedTo(field: MarcSourceField): readonly MarcSourceField[] {
    return this.originals(field.tag).filter((original) => this.#partner(field.tag, original) === field);
  }

  unread(): readonly SourceNode[] {
    const controls = [...this.#controls.values()].flat();
    return [
      ...controls.filter((node) => !node.isRead && node.text.trim() !== ""),
      ...this.#inOrder.flatMap((field) => field.unread()),
    ];
  }

  /** Counts as read what nothing is to come of; the code of a control field is the empty string. */
  drop(isDropped: (tag: string, code: string) => boolean): void {
    for (const [tag, nodes] of this.#controls) {
      for (const node of nodes) if (isDropped(tag, "")) node.read();
    }
    for (const { tag, subfields } of this.#inOrder) {
      for (const node of subfields) if (isDropped(tag, node.code)) node.read();
    }
  }

  #partner(tag: string, original: MarcSourceField): MarcSourceField | null {
    const number = original.link?.slice(4) ?? "00";
    const candidates = this.#fields.get(tag) ?? [];
    if (number === "00") return null;
    return candidates.find(({ link }) => link === `880-${number}`) ?? candidates[0] ?? null;
  }
}

function append<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const twins = map.get(key);
  if (twins === undefined) map.set(key, [item]);
  else twins.push(item);
}
