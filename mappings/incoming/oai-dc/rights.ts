import type { AccessReading, AccessRights } from "../../../src/crosswalk/access-rights.ts";
import type { Note } from "../../../src/crosswalk/crosswalk.ts";
import { parseDate } from "../../../src/crosswalk/dates.ts";
import { type License, readLicense } from "../../../src/crosswalk/license.ts";
import { type Mapped, mapped } from "../../../src/crosswalk/source.ts";
import { readAccess } from "../../values.ts";
import { type DcValue, type DublinCore, distinct, remarkHidden } from "./dublin-core.ts";

interface RightsValue {
  readonly value: DcValue;
  readonly access: AccessReading | null;
  readonly license: License | null;
}

const EMBARGO_URI = /^info:eu-repo\/date\/embargoEnd\//i;
const EMBARGO_END = "info:eu-repo/date/embargoEnd/";
/** COAR access rights, the most restrictive first: where two statements disagree, the cautious one counts. */
const RESTRICTIVENESS = ["c_14cb", "c_16ec", "c_f1cf", "c_abf2"];

/** Access as dc:rights states it; a licence or a link to a file is no statement about access. */
export function accessRights(dc: DublinCore, note: Note): Mapped<AccessRights> | null {
  const read = dc.kept(readRights);
  const stated = read.flatMap(({ value, access }) => (access === null ? [] : [{ value, access }]));
  for (const { value, access } of stated) {
    if (access.secret) note("marked-secret", { severity: "error", node: value.node, value: value.text });
  }
  if (stated.length === 0) {
    const texts = read.filter(({ value, license }) => license === null && !endsEmbargo(value));
    for (const { value } of texts)
      note("unmatched-access-rights", { severity: "info", node: value.node, value: value.text });
    return null;
  }
  const explicit = stated.filter(({ value }) => !endsEmbargo(value));
  const candidates = explicit.length > 0 ? explicit : stated;
  const uris = new Set(candidates.map(({ access }) => access.accessRights.uri));
  if (uris.size > 1) note("conflicting-access-rights", { value: candidates.map(({ value }) => value.text).join("; ") });
  const chosen = candidates.reduce((best, next) => (restriction(next.access) < restriction(best.access) ? next : best));
  return mapped(chosen.access.accessRights, chosen.value.node);
}

export function embargoEnd(dc: DublinCore): Mapped<string> | null {
  for (const { value, access } of dc.kept(readRights)) {
    if (access !== null && access.embargoEnd !== null) return mapped(access.embargoEnd, value.node);
  }
  return null;
}

export function license(dc: DublinCore): Mapped<License> | null {
  for (const { value, license } of dc.kept(readRights)) if (license !== null) return mapped(license, value.node);
  return null;
}

/** What is neither a statement about access nor the licence: copyright, conditions, a second licence. */
export function rightsNotes(dc: DublinCore, note: Note): readonly Mapped<string>[] {
  remarkHidden(dc.values("rights"), note);
  const chosen = dc.kept(license)?.value.uri ?? null;
  const notes = dc.kept(readRights).filter(({ value, access, license }) => {
    if (access !== null || endsEmbargo(value)) return false;
    return license === null || license.uri !== chosen || isSentence(value.text);
  });
  return distinct(
    notes.map(({ value }) => mapped(value.text, value.node)),
    ({ value }) => value,
  );
}

function readRights(dc: DublinCore): readonly RightsValue[] {
  const statements = dc
    .values("rights")
    .filter(({ text }) => text !== "")
    .map((value) => ({ value, access: readAccess(value.text), license: readLicense(value.text) }));
  const embargoes = dc.values("date").filter(endsEmbargo);
  return [...statements, ...embargoes.map((value) => ({ value, access: embargoUntil(value), license: null }))];
}

/** Whether a date ends an embargo: OpenAIRE v3 says so in the text, qualified formats by the name of the element. */
function endsEmbargo({ text, refinement }: DcValue): boolean {
  return refinement === "embargoEnd" || EMBARGO_URI.test(text);
}

function embargoUntil({ text }: DcValue): AccessReading | null {
  if (EMBARGO_URI.test(text)) return readAccess(text);
  const end = parseDate(text)?.value;
  const reading = end === undefined ? null : readAccess(`${EMBARGO_END}${end}`);
  return reading === null ? null : { ...reading, accessRights: { ...reading.accessRights, raw: text } };
}

function restriction(access: AccessReading): number {
  return RESTRICTIVENESS.findIndex((id) => access.accessRights.uri.endsWith(id));
}

/** The address of a licence stands in a sentence that says more. */
function isSentence(text: string): boolean {
  return /\shttps?:\/\/|https?:\/\/\S+\s/i.test(text);
}
