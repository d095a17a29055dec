import type { CommonRecord } from "../record/common-record.ts";
import { type Memory, remembered } from "./remembered.ts";

export type License = NonNullable<CommonRecord["license"]>;

/** A repository states rights in a handful of sentences. */
const STATEMENTS: Memory = { entries: 500, longest: 200 };

const CC_URI =
  /https?:\/\/(?:www\.)?creativecommons\.org\/(licenses|publicdomain)\/([a-z-]+)\/(\d\.\d)(?:\/([a-z]{2,3})(?=\/|$))?/i;
const RIGHTS_STATEMENT = /https?:\/\/(?:www\.)?rightsstatements\.org\/(?:vocab|page)\/([A-Za-z-]+)\/(\d\.\d)/i;
const CC_SHORT = /^(?:CC|Creative Commons)[ -](BY(?:[ -](?:NC|ND|SA))*)[ -](\d\.\d)(?: International| Unported)?$/i;
const CC_LONG =
  /^(?:Creative Commons[ :-]+)?(Attribution(?:[ -]+(?:Non-?Commercial|No-?Deriv(?:ative)?s?|Share-?Alike))*)[ -](\d\.\d)(?: International| Unported)?(?: Licen[cs]e)?(?: \(CC BY[^)]*\))?$/i;
const CC_ZERO = /^CC0(?: ?1\.0)?(?: Universal)?$/i;

/**
 * Reads a licence out of a text that is, or holds, the address of a Creative Commons licence or a RightsStatements.org
 * statement, or that is the name of a licence with its version. `null` for anything else: without a version there are
 * several licences of that name.
 */
export const readLicense: (text: string) => License | null = remembered(licenseIn, STATEMENTS);

function licenseIn(text: string): License | null {
  const uri = CC_URI.exec(text);
  if (uri !== null) return creativeCommons(uri[1] ?? "", (uri[2] ?? "").toLowerCase(), uri[3] ?? "", uri[4]);
  const statement = RIGHTS_STATEMENT.exec(text);
  if (statement !== null) {
    const [, code = "", version = ""] = statement;
    return { uri: `http://rightsstatements.org/vocab/${code}/${version}/`, label: `${code} ${version}` };
  }
  if (CC_ZERO.test(text)) return creativeCommons("publicdomain", "zero", "1.0");
  const named = CC_SHORT.exec(text) ?? CC_LONG.exec(text);
  return named === null ? null : creativeCommons("licenses", codeOf(named[1] ?? ""), named[2] ?? "");
}

function creativeCommons(kind: string, code: string, version: string, jurisdiction?: string): License {
  const place = jurisdiction === undefined ? "" : `${jurisdiction.toLowerCase()}/`;
  const uri = `https://creativecommons.org/${kind.toLowerCase()}/${code}/${version}/${place}`;
  const name = { zero: "CC0", mark: "Public Domain Mark" }[code] ?? `CC ${code.toUpperCase()}`;
  const ported = jurisdiction === undefined ? "" : ` ${jurisdiction.toUpperCase()}`;
  return { uri, label: `${name} ${version}${ported}` };
}

/** "Attribution-NonCommercial-NoDerivatives" → "by-nc-nd", in the order of Creative Commons. */
function codeOf(name: string): string {
  const has = (part: RegExp) => part.test(name);
  const parts = [
    "by",
    has(/non-?commercial|nc/i) ? "nc" : "",
    has(/no-?deriv|nd(?![a-z])/i) ? "nd" : "",
    has(/share-?alike|sa(?![a-z])/i) ? "sa" : "",
  ];
  return parts.filter((part) => part !== "").join("-");
}
