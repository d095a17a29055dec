import type { CommonRecord } from "../record/common-record.ts";

const GRANT = /^info:eu-repo\/grantAgreement\/([^/]+)\/([^/]*)\/([^/]+)(?:\/([^/]*))?(?:\/([^/]*))?(?:\/([^/]*))?/i;

/**
 * Reads the identifier of a grant (OpenAIRE Guidelines v3, "Project Identifier"):
 * `info:eu-repo/grantAgreement/Funder/Programme/Number/Jurisdiction/Name/Acronym`, escaped like a URL. `null` = none.
 */
export function readGrant(text: string): CommonRecord["funding"][number] | null {
  const match = GRANT.exec(text);
  if (match === null) return null;
  const [, funder = "", , number = "", , name = "", acronym = ""] = match;
  const title = name === "" ? acronym : name;
  return {
    funderName: unescaped(funder),
    awardNumber: unescaped(number),
    ...(title === "" ? {} : { awardTitle: unescaped(title) }),
  };
}

function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
