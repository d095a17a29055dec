import { sql } from "kysely";
import type { OutgoingCrosswalk } from "../../src/crosswalk/outgoing.ts";
import { isOaiErrorCode, OaiError, type OaiErrorCode } from "../../src/oai/errors.ts";
import { aggregatorIdentifier } from "../../src/oai/identifier.ts";
import { DC, OAI_DC } from "../../src/oai/namespaces.ts";
import type { ProviderOptions } from "../../src/provider/options.ts";
import { createProvider, type Provider } from "../../src/provider/provider.ts";
import { mainTitle } from "../../src/record/common-record.ts";
import type { Db } from "../../src/store/database.ts";
import { announceStamp, readHorizon } from "../../src/store/fence.ts";
import { type NewRecord, saveMemberships, saveRecords } from "../../src/store/records.ts";
import { addRepository } from "../../src/store/repositories.ts";
import { ensureSet } from "../../src/store/sets.ts";
import { escapeText } from "../../src/xml/escape.ts";

export const DOMAIN = "lienthong.example";
export const BASE_URL = "https://feed.example.vn/lien-thong/oai";
export const SECRET = "a secret that is long enough for the tokens";

/** A writer of valid Dublin Core that shows the title and nothing else: formats have tests of their own. */
function titleOnly(metadataPrefix: string, schema: string): OutgoingCrosswalk {
  return {
    metadataPrefix,
    schema,
    namespace: OAI_DC,
    write: ({ record }) =>
      `<oai_dc:dc xmlns:oai_dc="${OAI_DC}" xmlns:dc="${DC}"><dc:title>${escapeText(mainTitle(record) ?? "")}</dc:title></oai_dc:dc>`,
  };
}

export const FORMATS = [
  titleOnly("oai_dc", "http://www.openarchives.org/OAI/2.0/oai_dc.xsd"),
  titleOnly("own", "/schema/own.xsd"),
];

/** A provider of the feed in `db`, as another process would start it. */
export function sampleProvider(
  db: Db,
  changes: Partial<Pick<ProviderOptions, "pageSize" | "formats" | "metadataRights">> = {},
): Provider {
  return createProvider({
    db,
    horizon: () => readHorizon(db),
    baseUrl: BASE_URL,
    domain: DOMAIN,
    repositoryName: "Liên thông <thử> & nghiệm",
    adminEmails: ["admin@lienthong.example", "thuvien@lienthong.example"],
    pageSize: 10,
    tokenSecret: SECRET,
    formats: FORMATS,
    productVersion: "1.2.3",
    ...changes,
  });
}

/** A repository whose records are put into the feed by hand. */
export interface SampleSource {
  readonly code: string;
  readonly repositoryId: number;
  readonly setId: number;
}

/** Adds a repository and its set. */
export async function addSource(db: Db, code: string, baseUrl: string): Promise<SampleSource> {
  const { repository_id: repositoryId } = await addRepository(db, { code, name: `Kho ${code}`, base_url: baseUrl });
  return {
    code,
    repositoryId,
    setId: await ensureSet(db, { setSpec: `inst:${code}`, setName: `Kho ${code} & <con>` }),
  };
}

/** Puts a record into every set that there is: ListSets tells only those in which there are records. */
export async function fillSets(db: Db): Promise<void> {
  await sql`
    INSERT INTO record_set (set_id, stamp, record_id, repository_id)
    SELECT set_id, stamp, record_id, repository_id
    FROM oai_set CROSS JOIN (SELECT * FROM record ORDER BY record_id LIMIT 1) AS one ON CONFLICT DO NOTHING`.execute(
    db,
  );
}

/** The record of that number as mapped; `changes` replaces what a test is about. */
export function sampleRecord(
  { code }: SampleSource,
  recordId: number,
  changes: Partial<NewRecord> & { readonly title?: string } = {},
): NewRecord {
  const { title = `Luận văn số ${recordId}`, ...rest } = changes;
  const sourceIdentifier = rest.sourceIdentifier ?? `oai:${code}.example.edu.vn:${recordId}`;
  return {
    recordId,
    oaiIdentifier: aggregatorIdentifier(DOMAIN, code, sourceIdentifier),
    sourceIdentifier,
    sourceDatestamp: "2020-02-03T04:05:06Z",
    metadataNamespace: OAI_DC,
    setSpecs: [`inst:${code}`],
    deletedReason: null,
    published: { titles: [{ value: title, type: "main" }] },
    contentHash: Buffer.from(title),
    ...rest,
  };
}

/** The records from `first` to `last`. */
export function sampleRecords(source: SampleSource, first: number, last: number): readonly NewRecord[] {
  return Array.from({ length: last - first + 1 }, (_, index) => sampleRecord(source, first + index));
}

/** Puts records into the feed and its set; without `stamp` as a harvest does it, announced ahead of the clock. */
export async function publish(
  db: Db,
  { repositoryId }: SampleSource,
  records: readonly NewRecord[],
  stamp?: Date,
): Promise<Date> {
  return await db.transaction().execute(async (trx) => {
    const announced = stamp ?? (await announceStamp(trx, 1));
    const moved = await saveRecords(trx, repositoryId, announced, records);
    await saveMemberships(trx, repositoryId, announced, moved);
    return announced;
  });
}

/** Comes back once the feed is complete up to `moment`. */
export async function horizonReaches(db: Db, moment: Date): Promise<void> {
  while ((await readHorizon(db)) < moment) await new Promise((resolve) => setTimeout(resolve, 50));
}

/** The text of every element of that name, in document order. */
export function textsOf(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}(?: [^>]*)?>([^<]*)</${name}>`, "g"))].map(([, text = ""]) => text);
}

/** The identifiers of the headers, not those in the provenance. */
export function identifiersOf(xml: string): readonly string[] {
  return [...xml.matchAll(/<header[^>]*><identifier>([^<]*)/g)].map(([, identifier = ""]) => identifier);
}

/** The code of an error answer, or `null`. */
export function errorCodeOf(xml: string): OaiErrorCode | null {
  const code = /<error code="([^"]*)"/.exec(xml)?.[1];
  return code !== undefined && isOaiErrorCode(code) ? code : null;
}

/** The token that leads to the next page, or `null`. */
export function tokenOf(xml: string): string | null {
  return textsOf(xml, "resumptionToken")[0] ?? null;
}

/** All pages of a list; `between` is done after each page that has a successor. Throws `OaiError` for an error answer. */
export async function pagesOf(
  provider: Provider,
  query: string,
  between: (page: number) => Promise<void> = async () => {},
): Promise<readonly string[]> {
  const verb = new URLSearchParams(query).get("verb");
  const pages: string[] = [];
  for (let next: string | null = query; next !== null; ) {
    const xml = await provider.answer(next);
    const code = errorCodeOf(xml);
    if (code !== null) throw new OaiError(code, `page ${pages.length + 1} is an error`);
    pages.push(xml);
    const token = tokenOf(xml);
    next = token === null ? null : `verb=${verb}&resumptionToken=${encodeURIComponent(token)}`;
    if (next !== null) await between(pages.length);
  }
  return pages;
}
