import type { CommonRecord } from "../record/common-record.ts";
import { ACCESS_RIGHTS } from "../record/vocabulary.ts";
import { foldKey } from "../vietnamese/fold.ts";
import { parseDate } from "./dates.ts";
import type { LookupTable } from "./lookup.ts";
import { type Memory, remembered } from "./remembered.ts";

export type AccessRights = NonNullable<CommonRecord["accessRights"]>;

/** What a statement about access says. */
export interface AccessReading {
  readonly accessRights: AccessRights;
  /** EDTF; `null` unless the statement names the end of an embargo. */
  readonly embargoEnd: string | null;
  /** Marked as a state secret: nothing of such a record may be published. */
  readonly secret: boolean;
}

export type AccessReader = (text: string) => AccessReading | null;

/** A repository states rights in a handful of sentences. */
const STATEMENTS: Memory = { entries: 500, longest: 200 };

const COAR_URI = /^https?:\/\/(?:www\.)?purl\.org\/coar\/access_right\/(c_\w+)\/?$/i;
const EMBARGOED = "http://purl.org/coar/access_right/c_f1cf";
const EMBARGO_URI = /^info:eu-repo\/date\/embargoEnd\/(\d{4}-\d{2}-\d{2})$/i;
const EMBARGO_PHRASE = /^(.{3,40}?)(?: đến| until| sau)?:? (?:ngày )?(\d{1,2}\/\d{1,2}\/\d{4}|\d{4}-\d{2}-\d{2})\.?$/i;
/** Decree on state secrets: the three degrees, and how libraries say that there is one. */
const SECRET = new Set(["mat", "toi mat", "tuyet mat", "tai lieu mat"]);

/** COAR's own words for its concepts: "metadata only access". */
function byLabel(text: string): string | undefined {
  return Object.keys(ACCESS_RIGHTS).find((uri) => ACCESS_RIGHTS[uri] === text.toLowerCase());
}

/** Makes a reader: COAR URIs and labels, `info:eu-repo/…`, the phrases of the table, "Hạn chế đến ngày 31/12/2027". */
export function accessReader(table: LookupTable<{ readonly coar_uri: string }>): AccessReader {
  const uriOf = (text: string): string | null => {
    const id = COAR_URI.exec(text)?.[1]?.toLowerCase();
    const uri =
      id === undefined ? (table.find(text)?.coar_uri ?? byLabel(text)) : `http://purl.org/coar/access_right/${id}`;
    return uri !== undefined && ACCESS_RIGHTS[uri] !== undefined ? uri : null;
  };
  const embargo = (text: string): { readonly end: string; readonly uri: string } | null => {
    const uri = EMBARGO_URI.exec(text)?.[1];
    if (uri !== undefined) return { end: uri, uri: EMBARGOED };
    const phrase = EMBARGO_PHRASE.exec(text);
    if (phrase === null) return null;
    const end = parseDate(phrase[2] ?? "")?.value ?? null;
    const said = text.slice(0, phrase.index + phrase[0].lastIndexOf(phrase[2] ?? "")).replace(/[: ]+$/, "");
    // "Hạn chế đến ngày" and "Công bố sau" are phrases of the table, "Embargo until" is not
    const forms = [said, said.replace(/ ngày$/i, ""), phrase[1] ?? ""];
    const isEmbargo = forms.some((words) => uriOf(words) === EMBARGOED);
    return isEmbargo && end !== null ? { end, uri: EMBARGOED } : null;
  };
  return remembered((text) => {
    const end = embargo(text);
    const uri = end?.uri ?? uriOf(text);
    if (uri === null) return null;
    return {
      accessRights: { uri, label: ACCESS_RIGHTS[uri] ?? uri, raw: text },
      embargoEnd: end?.end ?? null,
      secret: SECRET.has(foldKey(text)),
    };
  }, STATEMENTS);
}
