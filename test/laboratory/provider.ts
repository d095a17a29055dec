import { escaped, headerXml, secondsOf, type TruthRecord } from "./truth.ts";

/** A list answer before it becomes XML. */
export interface ListPage {
  readonly records: readonly TruthRecord[];
  /** `null`: no token element at all; "": an empty one. */
  readonly token: string | null;
  readonly completeListSize: number | null;
  readonly cursor: number | null;
}

/** What a request of a list is about, and all that a fault may want to know of any request. */
export interface Asked {
  readonly verb: string;
  readonly params: URLSearchParams;
  /** Of its list, from 1; 0 where it is no list. */
  readonly page: number;
  /** The records that the answer is about: a page's, or the one of GetRecord. */
  readonly records: readonly TruthRecord[];
  /** How often exactly this was asked in this run, from 1. */
  readonly times: number;
  /** Which harvest asks, from 1. */
  readonly run: number;
}

/** The repository behind the protocol. */
export interface Provider {
  readonly records: readonly TruthRecord[];
  readonly pageSize: number;
  readonly granularity: "day" | "second";
  /** True: `from` and `until` are taken and not looked at. */
  readonly ignoresDates: boolean;
}

/** A list as it is being read: the arguments of its first request, and how far it is. */
export interface ListPosition {
  readonly verb: string;
  readonly from: string | null;
  readonly until: string | null;
  readonly set: string | null;
  readonly offset: number;
}

/** An error of the protocol (OAI-PMH 2.0 §3.6). */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** Tokens carry everything, so that any of them can be asked for at any time. */
export function tokenOf(position: ListPosition): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

/** Where a list request stands. Throws `Refusal`. */
export function positionOf(params: URLSearchParams, granularity: Provider["granularity"]): ListPosition {
  const token = params.get("resumptionToken");
  if (token !== null) return readToken(token);
  const [from, until] = [params.get("from"), params.get("until")];
  if (params.get("metadataPrefix") !== "oai_dc") throw new Refusal("cannotDisseminateFormat", "oai_dc only");
  for (const date of [from, until]) {
    const legal = granularity === "day" ? /^\d{4}-\d\d-\d\d$/ : /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d:\d\dZ)?$/;
    if (date !== null && !legal.test(date)) throw new Refusal("badArgument", `"${date}" is not in our granularity`);
  }
  if (from !== null && until !== null && from.length !== until.length)
    throw new Refusal("badArgument", "from and until differ in granularity");
  return { verb: params.get("verb") ?? "", from, until, set: params.get("set"), offset: 0 };
}

function readToken(token: string): ListPosition {
  try {
    return JSON.parse(Buffer.from(token, "base64url").toString()) as ListPosition;
  } catch {
    throw new Refusal("badResumptionToken", `"${token}" is none of ours`);
  }
}

/** The page of a list at a position. Throws `Refusal` where a new list is empty. */
export function pageAt(provider: Provider, position: ListPosition): ListPage {
  const selected = selection(provider, position);
  if (selected.length === 0 && position.offset === 0) throw new Refusal("noRecordsMatch", "nothing is that new");
  const end = position.offset + provider.pageSize;
  const more = end < selected.length;
  return {
    records: selected.slice(position.offset, end),
    token: more ? tokenOf({ ...position, offset: end }) : position.offset === 0 ? null : "",
    completeListSize: selected.length,
    cursor: position.offset,
  };
}

function selection(provider: Provider, { from, until, set }: ListPosition): readonly TruthRecord[] {
  const first = from === null || provider.ignoresDates ? Number.NEGATIVE_INFINITY : Date.parse(from);
  const last = until === null || provider.ignoresDates ? Number.POSITIVE_INFINITY : endOf(until);
  return provider.records.filter(
    ({ instant, setSpecs }) => instant >= first && instant <= last && (set === null || setSpecs.includes(set)),
  );
}

/** Both ends are inclusive, and a day is meant to its end (OAI-PMH 2.0 §2.7.1). */
function endOf(until: string): number {
  return until.length === 10 ? Date.parse(`${until}T23:59:59.999Z`) : Date.parse(until) + 999;
}

/** The answer to Identify. */
export function identifyXml(provider: Provider, baseUrl: string): string {
  const second = provider.granularity === "second";
  const earliest = secondsOf(Math.min(...provider.records.map(({ instant }) => instant)));
  return (
    `<repositoryName>Kho luận văn</repositoryName><baseURL>${escaped(baseUrl)}</baseURL><protocolVersion>2.0</protocolVersion>` +
    `<adminEmail>kho@example.edu.vn</adminEmail><earliestDatestamp>${second ? earliest : earliest.slice(0, 10)}</earliestDatestamp>` +
    `<deletedRecord>persistent</deletedRecord><granularity>${second ? "YYYY-MM-DDThh:mm:ssZ" : "YYYY-MM-DD"}</granularity>`
  );
}

export const FORMATS_XML =
  "<metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema>" +
  "<metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat>";

/** The inside of a ListRecords or ListIdentifiers. */
export function listXml(verb: string, page: ListPage): string {
  const items = page.records.map((record) => (verb === "ListRecords" ? recordXml(record) : headerOf(record)));
  const attribute = (name: string, value: number | null) => (value === null ? "" : ` ${name}="${value}"`);
  const attributes = attribute("completeListSize", page.completeListSize) + attribute("cursor", page.cursor);
  const token = page.token === null ? "" : `<resumptionToken${attributes}>${escaped(page.token)}</resumptionToken>`;
  return items.join("\n") + token;
}

export function recordXml(record: TruthRecord): string {
  return `<record>${record.inner}</record>`;
}

/** ListIdentifiers tells headers as they are; those that cannot be read are written anew. */
function headerOf(record: TruthRecord): string {
  const { identifier, setSpecs, deleted } = record;
  const written = /<header[\s\S]*?<\/header>/.exec(record.inner)?.[0];
  return record.sound && written !== undefined
    ? written
    : headerXml({ identifier, setSpecs, deleted, datestamp: secondsOf(record.instant) });
}

/** A whole OAI-PMH document; `attributes` of the request are left out, as many repositories do. */
export function documentXml(baseUrl: string, content: string): string {
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" ` +
    `xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ` +
    `xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">` +
    `<responseDate>${secondsOf(Date.now())}</responseDate><request>${escaped(baseUrl)}</request>${content}</OAI-PMH>`
  );
}
