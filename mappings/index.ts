import type { IncomingCrosswalk } from "../src/crosswalk/crosswalk.ts";
import type { OutgoingCrosswalk } from "../src/crosswalk/outgoing.ts";
import type { Source } from "../src/crosswalk/source.ts";
import { dspaceOaiDc } from "./incoming/dspace-oai-dc/crosswalk.ts";
import { marc21 } from "./incoming/marc21/crosswalk.ts";
import { oaiDc } from "./incoming/oai-dc/crosswalk.ts";
import { crOut } from "./outgoing/cr/crosswalk.ts";
import { marc21Out } from "./outgoing/marc21/crosswalk.ts";
import { oaiDcOut } from "./outgoing/oai_dc/crosswalk.ts";

/** Every crosswalk into the common record, the richest format first: that is the order in which formats are preferred. */
export const incomingCrosswalks: readonly IncomingCrosswalk[] = [listed(marc21), listed(oaiDc), listed(dspaceOaiDc)];

/** Every format we serve; `oai_dc` is the one that OAI-PMH requires. */
export const outgoingCrosswalks: readonly OutgoingCrosswalk[] = [oaiDcOut, marc21Out, crOut];

/** The crosswalk of that name, or `null`. */
export function incomingNamed(id: string): IncomingCrosswalk | null {
  return incomingCrosswalks.find((crosswalk) => crosswalk.id === id) ?? null;
}

/** A crosswalk opens its own sources and hands them to its own fields, so whoever holds it need not know their type. */
function listed<From extends Source>(crosswalk: IncomingCrosswalk<From>): IncomingCrosswalk {
  return crosswalk as unknown as IncomingCrosswalk;
}
