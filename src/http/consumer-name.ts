import type { IncomingHttpHeaders } from "node:http";

/** What a consumer says of itself, as it may be kept and shown. */
export interface ConsumerName {
  /** User-Agent (RFC 9110 §10.1.5); empty: none. */
  readonly userAgent: string;
  /** From (RFC 9110 §10.1.2): whom to write to; empty: nobody. */
  readonly contact: string;
}

/** Programs that say more tell a story; what stands first is what tells them apart. */
const LONGEST_USER_AGENT = 160;
/** Longer than addresses are that anybody has. */
const LONGEST_CONTACT = 100;
/** A byte that is no letter of ASCII comes as one character, and four of them may be one. */
const BYTES_A_CHARACTER = 4;
const PLAIN = /^[\x21-\x7e]+(?: [\x21-\x7e]+)*$/;
/** Control characters, what changes the direction of writing, blanks of any kind, and what was no UTF-8. */
const UNSEEN = /[\p{C}\p{Z}\ufffd]+/gu;
/** The name of a program (RFC 9110 §10.1.5: a token), as long as such names are. */
const PRODUCT = /^[A-Za-z0-9][\w.+-]{0,39}(?=$|[/ ;,)])/;

/** Reads the headers: one line of what can be seen, cut to a length, whatever was sent. */
export function consumerNameOf(headers: IncomingHttpHeaders): ConsumerName {
  return {
    userAgent: cleaned(headers["user-agent"], LONGEST_USER_AGENT),
    contact: cleaned(headers.from, LONGEST_CONTACT),
  };
}

/** The name of the program behind a User-Agent, without its version: "lienthong" of `lienthong/0.1 (+https://…)`. Empty: none. */
export function productOf(userAgent: string): string {
  return PRODUCT.exec(nameIn(userAgent))?.[0] ?? "";
}

/** The same with its version, whatever it is, and without the comments behind it. */
export function nameAndVersionOf(userAgent: string): string {
  return nameIn(userAgent).split(" (")[0] ?? "";
}

/** Programs that call themselves a browser's kin say their name in its comment: `Mozilla/5.0 (compatible; Name/1.0)`. */
function nameIn(userAgent: string): string {
  return userAgent.replace(/^Mozilla\/[\d.]+ \(compatible; *([^;)]+).*$/, "$1");
}

function cleaned(header: string | undefined = "", longest: number): string {
  const text = header.slice(0, longest * BYTES_A_CHARACTER);
  if (PLAIN.test(text)) return text.slice(0, longest);
  // Node.js reads headers as Latin-1; programs write them as UTF-8
  const seen = Buffer.from(text, "latin1").toString("utf8").replace(UNSEEN, " ").trim();
  return [...seen].slice(0, longest).join("");
}
