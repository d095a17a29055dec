import { formatDatestamp } from "../oai/datestamp.ts";
import type { OaiError } from "../oai/errors.ts";
import { OAI_PMH, XSI } from "../oai/namespaces.ts";
import { escapeAttribute, escapeText } from "../xml/escape.ts";
import { utf8Of } from "../xml/utf8.ts";

const DECLARATION = `<?xml version="1.0" encoding="UTF-8"?>
`;
/**
 * For people who open an answer in a browser: a page where it knows XSLT, otherwise readable text (browsers are about to give
 * XSLT up, and take the first that they know). They lie beside the feed, wherever a proxy has put it.
 */
const STYLESHEETS = `<?xml-stylesheet type="text/xsl" href="oai.xsl"?>
<?xml-stylesheet type="text/css" href="oai-plain.css"?>
`;
const ROOT = `<OAI-PMH xmlns="${OAI_PMH}" xmlns:xsi="${XSI}" xsi:schemaLocation="${OAI_PMH} ${OAI_PMH}OAI-PMH.xsd">
`;

/** What stands behind the body. */
export const ENVELOPE_END = "\n</OAI-PMH>\n";

/** What stands around every answer (OAI-PMH 2.0 §3.2). */
export interface Envelope {
  readonly responseDate: Date;
  readonly baseUrl: string;
  /** The valid arguments of the request, attributes of `request`. */
  readonly echoed: readonly (readonly [name: string, value: string])[];
}

/** The whole answer as XML in UTF-8, as the feed sends it; `body` are the pieces of the verb's element, or `errorElement`. */
export function writeEnvelope(envelope: Envelope, body: readonly string[]): Buffer {
  return utf8Of([DECLARATION + STYLESHEETS + rootTo(envelope), ...body, ENVELOPE_END]);
}

/**
 * The answer up to its body, for a file whose body is written piece by piece; `ENVELOPE_END` follows it. Beside a file there is
 * no stylesheet.
 */
export function openEnvelope(envelope: Envelope): string {
  return DECLARATION + rootTo(envelope);
}

function rootTo({ responseDate, baseUrl, echoed }: Envelope): string {
  const attributes = echoed.map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join("");
  return `${ROOT}<responseDate>${formatDatestamp(responseDate, "second")}</responseDate>
<request${attributes}>${escapeText(baseUrl)}</request>
`;
}

/** An error condition (OAI-PMH 2.0 §3.6). */
export function errorElement({ code, message }: OaiError): string {
  return `<error code="${code}">${escapeText(message)}</error>`;
}
