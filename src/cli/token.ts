import { readConfig } from "../config.ts";
import { formatDatestamp } from "../oai/datestamp.ts";
import { explainToken, type TokenExplanation } from "../provider/explain-token.ts";
import { tokenSecret } from "../token-secret.ts";
import { print, printTable } from "./run-command.ts";

const OBJECTIONS = {
  foreign: "somebody else gave it, it was changed on its way, or TOKEN_SECRET is another one",
  expired: "it has expired; begin the list anew",
} as const;

/**
 * `lienthong token <resumptionToken>`: what is in a token of our feed, for whoever helps a harvester that got stuck. Exit code 1
 * where the feed would not take it.
 */
export async function tokenCommand(text: string): Promise<void> {
  const explained = explainToken(tokenSecret(readConfig(process.env)), text, new Date());
  if (explained === null) throw new Error("this is no resumptionToken of lienthong, or one of another version");
  const { objection } = explained;
  printTable(["field", "value"], [...placeRows(explained), ...validityRows(explained)]);
  print(objection === null ? "the feed takes it" : `badResumptionToken: ${OBJECTIONS[objection]}`);
  if (objection !== null) process.exitCode = 1;
}

function placeRows(explained: TokenExplanation): readonly (readonly [string, string])[] {
  const { verb, after, cursor, horizon } = explained;
  const rows = typeof after === "string" ? [["after", after] as const] : listRows({ ...explained, after });
  return [
    ["verb", verb],
    ...rows,
    ["cursor", `${cursor ?? "unreadable"} given so far`],
    ["horizon", `${moment(horizon)}, the responseDate of its pages`],
  ];
}

type InList = TokenExplanation & { readonly after: { readonly stamp: Date | null; readonly recordId: number | null } };

function listRows({ metadataPrefix, set, from, until, after, completeListSize }: InList): [string, string][] {
  return [
    ["metadataPrefix", metadataPrefix ?? ""],
    ["set", set ?? "all"],
    ["from", from === null ? "the beginning" : moment(from)],
    ["until", until === null ? "the horizon" : moment(until)],
    ["after", `record ${after.recordId ?? "unreadable"}, stamped ${moment(after.stamp)}`],
    ["completeListSize", completeListSize === null ? "not counted" : String(completeListSize)],
  ];
}

function validityRows({ issued, expires, objection }: TokenExplanation): readonly (readonly [string, string])[] {
  return [
    ["issued", moment(issued)],
    ["expires", moment(expires)],
    ["signature", objection === "foreign" ? "not made with this TOKEN_SECRET" : "ours"],
  ];
}

function moment(instant: Date | null): string {
  return instant === null ? "unreadable" : formatDatestamp(instant, "second");
}
