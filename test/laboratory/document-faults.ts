import type { Fault } from "./misbehaving-server.ts";

/** Another body altogether, with status 200. */
export function instead(body: string, contentType = "text/html; charset=UTF-8"): Fault {
  return { answer: () => ({ status: 200, headers: { "content-type": contentType }, body: Buffer.from(body) }) };
}

export const BOT_WALL =
  '<!DOCTYPE html><html><head><title>Just a moment...</title></head><body><script>window._cf_chl_opt={cvId:"3"}</script></body></html>';
export const LOGIN =
  '<html><head><title>Đăng nhập</title></head><body><form action="/login" method="post"><input name="user"><input type="password" name="pass"></form></body></html>';
export const MAINTENANCE =
  "<html><head><title>Bảo trì hệ thống</title></head><body><h1>Hệ thống đang được bảo trì</h1></body></html>";
export const PHP_WARNING =
  "<br />\n<b>Warning</b>:  Undefined variable $set in <b>/var/www/ojs/classes/oai/OAI.inc.php</b> on line <b>212</b><br />\n";

/** Changes the text of the document. */
export function rewritten(change: (xml: string) => string): Fault {
  return { document: (xml) => change(xml) };
}

export function junkBefore(junk: string): Fault {
  return rewritten((xml) => junk + xml);
}

export function junkAfter(junk: string): Fault {
  return rewritten((xml) => xml + junk);
}

/** Ends somewhere in the middle, and HTTP thinks that this is all. */
export const truncated: Fault = rewritten((xml) => xml.slice(0, Math.floor(xml.length * 0.6)));
/** Ends between two records. */
export const truncatedBetween: Fault = rewritten((xml) => {
  const half = xml.indexOf("</record>", xml.length / 2);
  return half < 0 ? xml.slice(0, xml.length / 2) : xml.slice(0, half + "</record>".length);
});

/** Something between the records, where no record can be blamed. */
export function inEnvelope(text: string): Fault {
  return rewritten((xml) => xml.replace(/(<ListRecords>)/, `$1${text}`));
}

/** Declares entities that make a few bytes very long. */
export const entityBomb: Fault = rewritten((xml) =>
  withDoctype(
    xml,
    `<!ENTITY a "${"ha".repeat(50)}"><!ENTITY b "${"&a;".repeat(50)}"><!ENTITY c "${"&b;".repeat(50)}"><!ENTITY d "${"&c;".repeat(50)}">`,
  ).replace("<dc:title>", "<dc:title>&d;"),
);
/** Asks the reader to fetch a file of its own machine. */
export const externalEntity: Fault = rewritten((xml) =>
  withDoctype(xml, '<!ENTITY passwords SYSTEM "file:///etc/passwd">').replace("<dc:title>", "<dc:title>&passwords;"),
);

function withDoctype(xml: string, subset: string): string {
  return xml.replace("<OAI-PMH", `<!DOCTYPE OAI-PMH [${subset}]><OAI-PMH`);
}

/** The XML declaration says this; the bytes do not change. */
export function declared(encoding: string): Fault {
  return rewritten((xml) => xml.replace('encoding="UTF-8"', `encoding="${encoding}"`));
}

/** No word about an encoding anywhere but in the bytes. */
export const undeclaredEncoding: Fault = {
  document: (xml) => xml.replace(/^<\?xml[^>]*\?>\n/, ""),
  answer: (answer) => ({ ...answer, headers: { "content-type": "text/xml" } }),
};

/** Media type and HTTP charset say something else than the document, which is right. */
export function httpCharset(charset: string): Fault {
  return { answer: (answer) => ({ ...answer, headers: { "content-type": `text/xml; charset=${charset}` } }) };
}

/** Really in UTF-16, with a byte order mark, and said so. */
export const utf16: Fault = {
  answer: (answer) => {
    const xml = answer.body.toString("utf8").replace('encoding="UTF-8"', 'encoding="UTF-16"');
    return {
      ...answer,
      headers: { "content-type": "text/xml" },
      body: Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(xml, "utf16le")]),
    };
  },
};

/** Really in ISO-8859-1 and said so; what that has no byte for is a character reference. */
export const latin1: Fault = {
  records: (records) => records.map((record) => ({ ...record, inner: withReferences(record.inner) })),
  document: (xml) => withReferences(xml.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')),
  answer: (answer) => ({
    ...answer,
    headers: { "content-type": "text/xml" },
    body: Buffer.from(answer.body.toString("utf8"), "latin1"),
  }),
};

function withReferences(text: string): string {
  return text.replace(/[\u0100-\u{10ffff}]/gu, (character) => `&#${character.codePointAt(0)};`);
}

/** A byte order mark before the declaration. */
export const byteOrderMark: Fault = junkBefore("\ufeff");
