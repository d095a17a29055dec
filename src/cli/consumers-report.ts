import { nameAndVersionOf } from "../http/consumer-name.ts";
import { type ConsumerCounts, totalOf } from "../store/consumer-days.ts";
import type { ConsumerSum, Period, RouteSum } from "../store/consumer-reports.ts";
import { number } from "./remap-report.ts";
import { print, printTable } from "./run-command.ts";

const COUNTS_HEAD = ["requests", "records", "MB", "lists", "wrong", "refused"];
/** The rest is in the JSON. */
const CONSUMERS_SHOWN = 40;
/** What a column of a terminal holds beside nine others. */
const LONGEST_NAME = 32;
const LONGEST_CONTACT = 32;

/** Prints who came, what was asked for, why requests were refused, and who needs to be looked at. */
export function printConsumers(
  { from, until }: Period,
  consumers: readonly ConsumerSum[],
  asked: readonly RouteSum[],
): void {
  if (consumers.length === 0) {
    print(`nobody asked for anything from ${from} to ${until}; servers write down once a minute who asks`);
    return;
  }
  const all = totalOf(consumers);
  const size = `${number(consumers.length)} consumers, ${number(all.requests)} requests`;
  print(`${from} to ${until}, days of Vietnam: ${size}\n\n`);
  printWho(consumers);
  print("");
  printTable(
    ["surface", "asked for", "format", ...COUNTS_HEAD],
    asked.map((sum) => [sum.surface, sum.route || "(unreadable)", sum.metadataPrefix, ...countCells(sum)]),
  );
  const remarks = [...refusals(all), ...consumers.flatMap(remarksOn)];
  if (remarks.length > 0) print(`\n${remarks.join("\n")}`);
}

function printWho(consumers: readonly ConsumerSum[]): void {
  const rows = consumers.slice(0, CONSUMERS_SHOWN).map((consumer) => {
    const { network, lastDay, contact } = consumer;
    return [nameOf(consumer), network || "-", ...countCells(consumer), lastDay, cut(contact, LONGEST_CONTACT)];
  });
  printTable(["consumer", "network", ...COUNTS_HEAD, "last day", "contact"], rows);
  const more = consumers.length - CONSUMERS_SHOWN;
  if (more > 0) print(`and ${number(more)} more, who took less; --json has all of them`);
}

function countCells(sum: ConsumerCounts): readonly number[] {
  return [sum.requests, sum.records, Math.round(sum.bytes / 1e5) / 10, sum.lists, sum.wrong, refused(sum)];
}

function refused({ limited, busy, behind, failed }: ConsumerCounts): number {
  return limited + busy + behind + failed;
}

/** What a line has room for; the whole is in the JSON. */
function nameOf({ userAgent }: ConsumerSum): string {
  if (userAgent === "") return "(no User-Agent)";
  return cut(nameAndVersionOf(userAgent) || userAgent, LONGEST_NAME);
}

function cut(text: string, longest: number): string {
  const letters = [...text];
  return letters.length <= longest ? text : `${letters.slice(0, longest - 1).join("")}…`;
}

function refusals({ limited, busy, behind, failed }: ConsumerCounts): readonly string[] {
  const reasons = [
    [limited, "asked too often (OAI_REQUESTS_PER_MINUTE, API_REQUESTS_PER_MINUTE)"],
    [busy, "found too many waiting (OAI_ANSWERS_AT_ONCE)"],
    [behind, "came to a replica that was behind"],
    [failed, "failed on our side; the log says why"],
  ] as const;
  const told = reasons.filter(([count]) => count > 0).map(([count, reason]) => `${number(count)} ${reason}`);
  return told.length === 0 ? [] : [`refused: ${told.join("; ")}`];
}

/** Fewer than so many, and a smaller share, are nobody's habit. */
const HABIT = { requests: 10, share: 1 / 5 };
/** Who has read so much should have come to the end of something. */
const MANY_RECORDS = 10_000;

function remarksOn(consumer: ConsumerSum): readonly string[] {
  const { requests, records, lists, wrong, limited, gone, network } = consumer;
  const habits = [
    [wrong, "were wrong"],
    [limited, "came too often"],
    [gone, "were not waited for"],
  ] as const;
  const who = `look at ${nameOf(consumer)}${network === "" ? "" : ` of ${network}`}`;
  const found = habits
    .filter(([count]) => count >= HABIT.requests && count > requests * HABIT.share)
    .map(([count, what]) => `${who}: ${number(count)} of its ${number(requests)} requests ${what}`);
  const endless = lists === 0 && records >= MANY_RECORDS;
  return endless ? [...found, `${who}: ${number(records)} records and no list to its end`] : found;
}
