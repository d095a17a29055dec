import type { IncomingCrosswalk } from "../src/crosswalk/crosswalk.ts";
import type { OutgoingCrosswalk } from "../src/crosswalk/outgoing.ts";
import { dspaceOaiDc } from "./incoming/dspace-oai-dc/crosswalk.ts";
import { marc21 } from "./incoming/marc21/crosswalk.ts";
import { oaiDc } from "./incoming/oai-dc/crosswalk.ts";
import { crOut } from "./outgoing/cr/crosswalk.ts";
import { marc21Out } from "./outgoing/marc21/crosswalk.ts";
import { oaiDcOut } from "./outgoing/oai_dc/crosswalk.ts";

/** Every crosswalk into the common record, the richest format first: that is the order in which formats are preferred. */
export const incomingCrosswalks: readonly IncomingCrosswalk[] = [marc21, oaiDc, dspaceOaiDc] as readonly IncomingCrosswalk[];

/** Every format we serve; `oai_dc` is the one that OAI-PMH requires. */
export const outgoingCrosswalks: readonly OutgoingCrosswalk[] = [oaiDcOut, marc21Out, crOut];

/** The crosswalk of that name, or `null`. */
export function incomingNamed(id: string): IncomingCrosswalk | null {
  return incomingCrosswalks.find((crosswalk) => crosswalk.id === id) ?? null;
}
