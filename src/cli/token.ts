import { readConfig } from "../config.ts";
import { formatDatestamp } from "../oai/datestamp.ts";
import { type ListToken, type OpenedToken, openToken, type SetsToken, TOKEN_LIFETIME_MS } from "../provider/token.ts";
import { tokenSecret } from "../token-secret.ts";
import { print, printTable } from "./run-command.ts";

/**
 * `lienthong token <resumptionToken>`: what is in a token of our feed, for whoever helps a harvester that got stuck. Exit code 1
 * where the feed would not take it.
 */
export async function tokenCommand(text: string): Promise<void> {
  const opened = openToken(tokenSecret(readConfig(process.env)), text.trim());
  if (opened === null) throw new Error("this is no resumptionToken of lienthong, or one of another version");
  printTable(["field", "value"], [...placeRows(opened.token), ...validityRows(opened)]);
  const objection = objectionTo(opened, new Date());
  print(objection ?? "the feed takes it");
  if (objection !== null) process.exitCode = 1;
}

function placeRows(token: ListToken | SetsToken): readonly (readonly [string, string])[] {
  const rows: readonly [string, string][] =
    token.verb === "ListSets" ? [["after", token.afterSetSpec]] : listRows(token);
  return [
    ["verb", token.verb],
    ...rows,
    ["cursor", `${token.cursor} given so far`],
    ["horizon", `${moment(token.horizon)}, the responseDate of its pages`],
  ];
}

function listRows({ metadataPrefix, set, from, until, after, completeListSize }: ListToken): [string, string][] {
  return [
    ["metadataPrefix", metadataPrefix],
    ["set", set ?? "all"],
    ["from", from === null ? "the beginning" : moment(from)],
    ["until", until === null ? "the horizon" : moment(until)],
    ["after", `record ${after.recordId}, stamped ${moment(after.stamp)}`],
    ["completeListSize", completeListSize === null ? "not counted" : String(completeListSize)],
  ];
}

function validityRows({ ours, issued }: OpenedToken): readonly (readonly [string, string])[] {
  return [
    ["issued", moment(issued)],
    ["expires", moment(expiryOf(issued))],
    ["signature", ours ? "ours" : "not made with this TOKEN_SECRET"],
  ];
}

function objectionTo({ ours, issued }: OpenedToken, now: Date): string | null {
  if (!ours)
    return "badResumptionToken: somebody else gave it, it was changed on its way, or TOKEN_SECRET is another one";
  if (expiryOf(issued) < now) return "badResumptionToken: it has expired; begin the list anew";
  return null;
}

function expiryOf(issued: Date): Date {
  return new Date(issued.getTime() + TOKEN_LIFETIME_MS);
}

/** A token that we did not sign may hold anything. */
function moment(instant: Date): string {
  return Number.isNaN(instant.getTime()) ? "unreadable" : formatDatestamp(instant, "second");
}
