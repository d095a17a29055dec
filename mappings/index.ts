import type { IncomingCrosswalk } from "../src/crosswalk/crosswalk.ts";
import type { OutgoingCrosswalk } from "../src/crosswalk/outgoing.ts";
import type { Source } from "../src/crosswalk/source.ts";
import { datacite } from "./incoming/datacite/crosswalk.ts";
import { didl } from "./incoming/didl/crosswalk.ts";
import { dspaceDim } from "./incoming/dspace-dim/crosswalk.ts";
import { dspaceOaiDc } from "./incoming/dspace-oai-dc/crosswalk.ts";
import { dspaceXoai } from "./incoming/dspace-xoai/crosswalk.ts";
import { etdms } from "./incoming/etdms/crosswalk.ts";
import { marc21 } from "./incoming/marc21/crosswalk.ts";
import { marcxchange } from "./incoming/marcxchange/crosswalk.ts";
import { mets } from "./incoming/mets/crosswalk.ts";
import { mods } from "./incoming/mods/crosswalk.ts";
import { oaiDc } from "./incoming/oai-dc/crosswalk.ts";
import { oaiOpenaire } from "./incoming/oai-openaire/crosswalk.ts";
import { ojsOaiDc } from "./incoming/ojs-oai-dc/crosswalk.ts";
import { qdc } from "./incoming/qdc/crosswalk.ts";
import { uketd } from "./incoming/uketd/crosswalk.ts";
import { unimarc } from "./incoming/unimarc/crosswalk.ts";
import { crOut } from "./outgoing/cr/crosswalk.ts";
import { etdmsOut } from "./outgoing/etdms/crosswalk.ts";
import { marc21Out } from "./outgoing/marc21/crosswalk.ts";
import { modsOut } from "./outgoing/mods/crosswalk.ts";
import { oaiDataciteOut } from "./outgoing/oai_datacite/crosswalk.ts";
import { oaiDcOut } from "./outgoing/oai_dc/crosswalk.ts";
import { oaiDcLocOut } from "./outgoing/oai_dc-loc/crosswalk.ts";
import { oaiOpenaireOut } from "./outgoing/oai_openaire/crosswalk.ts";
import { oaiQdcOut } from "./outgoing/oai_qdc/crosswalk.ts";

/** Every crosswalk into the common record, the richest format first: that is the order in which formats are preferred. */
export const incomingCrosswalks: readonly IncomingCrosswalk[] = [
  listed(dspaceXoai),
  listed(dspaceDim),
  listed(oaiOpenaire),
  listed(marc21),
  listed(marcxchange),
  listed(unimarc),
  listed(mods),
  listed(datacite),
  listed(qdc),
  listed(oaiDc),
  listed(dspaceOaiDc),
  listed(ojsOaiDc),
  listed(mets),
  listed(didl),
  listed(etdms),
  listed(uketd),
];

/** Every format we serve; `oai_dc` is the one that OAI-PMH requires. */
export const outgoingCrosswalks: readonly OutgoingCrosswalk[] = [
  oaiDcOut,
  oaiDcLocOut,
  oaiQdcOut,
  marc21Out,
  modsOut,
  oaiOpenaireOut,
  etdmsOut,
  oaiDataciteOut,
  crOut,
];

/** The crosswalk of that name, or `null`. */
export function incomingNamed(id: string): IncomingCrosswalk | null {
  return incomingCrosswalks.find((crosswalk) => crosswalk.id === id) ?? null;
}

/** A crosswalk opens its own sources and hands them to its own fields, so whoever holds it need not know their type. */
function listed<From extends Source>(crosswalk: IncomingCrosswalk<From>): IncomingCrosswalk {
  return crosswalk as unknown as IncomingCrosswalk;
}
