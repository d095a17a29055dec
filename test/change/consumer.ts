import { setTimeout as delay } from "node:timers/promises";

/** A record as a consumer of the feed has it. */
export interface Copied {
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly title: string | null;
}

/** Who harvests the feed as the protocol says: each time from the `responseDate` of the time before. */
export interface Consumer {
  readonly copy: ReadonlyMap<string, Copied>;
  /** What the feed did and must not do. */
  readonly complaints: readonly string[];
  readonly counts: { lists: number; pages: number; records: number; repeated: number; refused: number };
  /** Reads the next list to its end. Gives its `responseDate`, which is the `from` of the next one. */
  harvest(): Promise<string>;
}

const PREFIX = "metadataPrefix=oai_dc";

/**
 * A consumer that asks `feeds` in turn, page by page, as behind a balancer that does not know it; `set` is the one that it wants,
 * `null`: everything.
 */
export function createConsumer(feeds: readonly string[], set: string | null): Consumer {
  const copy = new Map<string, Copied>();
  const complaints: string[] = [];
  const counts = { lists: 0, pages: 0, records: 0, repeated: 0, refused: 0 };
  let from: string | null = null;
  let turn = 0;

  async function ask(query: string): Promise<string> {
    for (;;) {
      turn += 1;
      const response = await fetch(`${feeds[turn % feeds.length]}?${query}`);
      const text = await response.text();
      if (response.status === 200) return text;
      const retryAfter = Number(response.headers.get("retry-after"));
      if (response.status !== 503 || !(retryAfter > 0)) throw new Error(`HTTP ${response.status} for ${query}`);
      counts.refused += 1;
      await delay(retryAfter * 1_000);
    }
  }

  function take(page: string, list: List): void {
    for (const { identifier, ...record } of recordsOf(page)) {
      const again = copy.get(identifier)?.datestamp === record.datestamp;
      complaints.push(...wrongs(identifier, record.datestamp, again, list));
      counts.repeated += again ? 1 : 0;
      list.given.add(identifier);
      copy.set(identifier, record);
    }
  }

  /** Reads on until there is no token. Gives the `responseDate` of the last page. */
  async function readList(first: string, list: List): Promise<string> {
    for (let next = first; ; ) {
      const page = await ask(`verb=ListRecords&${next}`);
      const error = /<error code="([^"]*)"/.exec(page)?.[1] ?? "noRecordsMatch";
      if (error !== "noRecordsMatch") throw new Error(`${error} for ${next}`);
      list.responseDate = textOf(page, "responseDate") ?? "";
      take(page, list);
      counts.pages += 1;
      const token = textOf(page, "resumptionToken");
      if (token === null) return list.responseDate;
      next = `resumptionToken=${encodeURIComponent(token)}`;
    }
  }

  async function harvest(): Promise<string> {
    const list: List = { from, given: new Set(), steady: feeds.length === 1, responseDate: "" };
    const since = from === null ? "" : `&from=${from}`;
    const within = set === null ? "" : `&set=${set}`;
    from = await readList(`${PREFIX}${since}${within}`, list);
    counts.lists += 1;
    counts.records += list.given.size;
    return from;
  }

  return { copy, complaints, counts, harvest };
}

/** A list that is being read. */
interface List {
  readonly from: string | null;
  readonly given: Set<string>;
  /** One server gave it and the one before: `from` never goes back. */
  readonly steady: boolean;
  responseDate: string;
}

/** A version that was given before is given again only where it is asked for again: `from` is inclusive. */
function wrongs(identifier: string, datestamp: string, again: boolean, list: List): readonly string[] {
  const { from, given, steady, responseDate } = list;
  const said: readonly (readonly [boolean, string])[] = [
    [again && given.has(identifier), "stands twice in one list"],
    [again && steady && datestamp !== from, "came again unasked"],
    [datestamp > responseDate, `is stamped ${datestamp}, after its list's responseDate ${responseDate}`],
    [from !== null && datestamp < from, `is stamped ${datestamp}, before from ${from}`],
  ];
  return said.flatMap(([wrong, what]) => (wrong ? [`${identifier} ${what}`] : []));
}

function textOf(xml: string, name: string): string | null {
  return new RegExp(`<${name}(?: [^>]*)?>([^<]+)</${name}>`).exec(xml)?.[1] ?? null;
}

function recordsOf(page: string): readonly (Copied & { readonly identifier: string })[] {
  return page
    .split("<record>")
    .slice(1)
    .map((text) => ({
      identifier: textOf(text, "identifier") ?? "",
      datestamp: textOf(text, "datestamp") ?? "",
      deleted: text.includes('<header status="deleted">'),
      title: textOf(text, "dc:title"),
    }));
}
