import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { sql } from "kysely";
import { request } from "undici";
import type { Db } from "../src/store/database.ts";

/** What a consumer knows of the feed: of each identifier the datestamp, and the title or that it is deleted. */
export type Copy = Map<string, string>;

/** A line of `records.jsonl`, as far as it matters here. */
interface JsonLine {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly record?: { readonly titles: readonly { readonly value: string }[] };
}

const RECORD =
  /<record><header( status="deleted")?><identifier>([^<]*)<\/identifier><datestamp>([^<]*)<.*?(?:<dc:title[^>]*>([^<]*)<.*?)?<\/record>/gs;
const PAGE = 10_000;

/** Reads the common records of a dump that is compressed with gzip, and what is deleted. */
export async function readDump(folder: string): Promise<Copy> {
  const copy: Copy = new Map();
  const input = createReadStream(join(folder, "records.jsonl.gz")).pipe(createGunzip());
  for await (const line of createInterface({ input })) {
    const { identifier, datestamp, deleted, record } = JSON.parse(line) as JsonLine;
    if (copy.has(identifier)) throw new Error(`${identifier} stands in the dump twice`);
    copy.set(identifier, state(datestamp, deleted, record?.titles[0]?.value));
  }
  return copy;
}

/** Harvests from that moment on, as any OAI-PMH harvester, into the copy. Returns how many records came. */
export async function harvestOn(copy: Copy, baseUrl: string, from: string): Promise<number> {
  let received = 0;
  for (let query = `metadataPrefix=oai_dc&from=${from}`; ; ) {
    const { body } = await request(`${baseUrl}?verb=ListRecords&${query}`);
    const xml = await body.text();
    if (xml.includes('<error code="noRecordsMatch"')) return received;
    const records = [...xml.matchAll(RECORD)];
    if (records.length !== xml.split("<record>").length - 1) throw new Error(`cannot be read: ${xml.slice(0, 2_000)}`);
    for (const [, deleted, identifier = "", datestamp = "", title] of records) {
      copy.set(identifier, state(datestamp, deleted !== undefined, title));
    }
    received += records.length;
    const token = /<resumptionToken[^>]*>([^<\s]+)</.exec(xml)?.[1];
    if (token === undefined) return received;
    query = `resumptionToken=${encodeURIComponent(token)}`;
  }
}

/** In how many records the copy differs from the database, with some of them. */
export async function differences(db: Db, copy: Copy): Promise<{ readonly count: number; readonly some: string[] }> {
  const some: string[] = [];
  let count = 0;
  let same = 0;
  let after = "";
  for (;;) {
    const { rows } = await sql<{ id: string; stamp: Date; deleted: boolean; title: string | undefined }>`
      SELECT oai_identifier AS id, stamp, deleted, published #>> '{titles,0,value}' AS title
      FROM record WHERE oai_identifier > ${after} ORDER BY oai_identifier LIMIT ${PAGE}`.execute(db);
    for (const { id, stamp, deleted, title } of rows) {
      const stored = state(`${stamp.toISOString().slice(0, 19)}Z`, deleted, title);
      const copied = copy.get(id);
      if (copied === stored) same += 1;
      else {
        count += 1;
        if (some.length < 5) some.push(`${id}: stored ${stored}, copied ${copied ?? "not at all"}`);
      }
    }
    after = rows.at(-1)?.id ?? "";
    if (rows.length < PAGE) break;
  }
  const tooMany = copy.size - same - count;
  return { count: count + Math.max(0, tooMany), some };
}

function state(datestamp: string, deleted: boolean, title = ""): string {
  return `${datestamp} ${deleted ? "deleted" : title.normalize()}`;
}
