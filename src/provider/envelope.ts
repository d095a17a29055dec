import { formatDatestamp } from "../oai/datestamp.ts";
import type { OaiError } from "../oai/errors.ts";
import { OAI_PMH, XSI } from "../oai/namespaces.ts";
import { escapeAttribute, escapeText } from "../xml/escape.ts";

const OPENING = `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="${OAI_PMH}" xmlns:xsi="${XSI}" xsi:schemaLocation="${OAI_PMH} ${OAI_PMH}OAI-PMH.xsd">
`;

/** What stands around every answer (OAI-PMH 2.0 §3.2). */
export interface Envelope {
  readonly responseDate: Date;
  readonly baseUrl: string;
  /** The valid arguments of the request, attributes of `request`. */
  readonly echoed: readonly (readonly [name: string, value: string])[];
}

/** The whole answer as XML; `body` is the verb's element or `errorElement`. */
export function writeEnvelope({ responseDate, baseUrl, echoed }: Envelope, body: string): string {
  const attributes = echoed.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join("");
  return `${OPENING}<responseDate>${formatDatestamp(responseDate, "second")}</responseDate>
<request${attributes}>${escapeText(baseUrl)}</request>
${body}
</OAI-PMH>
`;
}

/** An error condition (OAI-PMH 2.0 §3.6). */
export function errorElement({ code, message }: OaiError): string {
  return `<error code="${code}">${escapeText(message)}</error>`;
}
