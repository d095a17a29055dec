import { BOT_WALLS } from "./bot-walls.ts";
import { endOfProlog, findDocumentStart } from "./document-bounds.ts";
import { isSignInAddress } from "./sign-in.ts";

/** The beginning of an answer. */
export interface AnswerHead {
  /** Where it came from, after redirects. */
  readonly url: string;
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** The first characters of the decompressed, decoded body: 64 k are enough. */
  readonly text: string;
}

export type AnswerKind =
  | "oai"
  | "bot_wall"
  | "login_page"
  | "maintenance"
  | "html"
  | "json"
  | "empty"
  | "not_oai"
  | "http_error";

/** What an answer is, in a few words for a sentence, with what it was recognised by. */
export interface Classification {
  readonly kind: AnswerKind;
  /** E.g. `a bot wall (Cloudflare)`. */
  readonly what: string;
  /** An excerpt on one line; "" where the body is empty. */
  readonly evidence: string;
}

const EXCERPT = 160;
const PASSWORD_FIELD = /<input\b[^<>]*\btype\s*=\s*["']?password/i;
const MAINTENANCE =
  /bảo trì|đang (?:được )?nâng cấp|tạm (?:thời )?(?:ngừng|ngưng|dừng)|maintenance|temporarily (?:unavailable|offline|down|closed)|be (?:right )?back (?:soon|shortly)|under construction/i;
/** A page with more text than this that mentions maintenance somewhere is about something else. */
const SHORT_PAGE = 800;
const HTML_TAGS =
  /^(?:!doctype\s+html|html|head|body|title|meta|link|script|style|div|span|p|br|b|i|h[1-6]|center|table|form|font|pre|a|img|iframe|noscript|ul|section|main)(?=[\s>/]|$)/i;

/**
 * Tells what an answer is from its status, its headers and its first characters, before any parser looks at it. An
 * OAI-PMH document is one whatever the status and the media type say, and whatever stands before it.
 */
export function classifyAnswer(head: AnswerHead): Classification {
  if (findDocumentStart(head.text) !== null) return { kind: "oai", what: "OAI-PMH", evidence: excerpt(head.text) };
  const special = botWall(head) ?? page(head);
  if (special !== null) return special;
  const evidence = excerpt(head.text);
  if (head.status !== 200) return { kind: "http_error", what: `HTTP ${head.status}`, evidence };
  return { ...bodyKind(head.text), evidence };
}

function bodyKind(text: string): Pick<Classification, "kind" | "what"> {
  const body = text.trim();
  if (body === "") return { kind: "empty", what: "nothing at all" };
  if (isHtml(text)) return { kind: "html", what: "an HTML page" };
  if (/^[{[]/.test(body)) return { kind: "json", what: "JSON" };
  const root = /^<([^\s/>!?]+)/.exec(text.slice(endOfProlog(text)))?.[1];
  return { kind: "not_oai", what: root === undefined ? "something else" : `<${root}>` };
}

function botWall({ headers, text }: AnswerHead): Classification | null {
  for (const { name, header, text: pattern } of BOT_WALLS) {
    const value = header === undefined ? undefined : headers[header[0]];
    const evidence =
      header !== undefined && value !== undefined && header[1].test(value)
        ? `${header[0]}: ${value}`
        : pattern === undefined
          ? null
          : found(text, pattern);
    if (evidence !== null) return { kind: "bot_wall", what: `a bot wall (${name})`, evidence };
  }
  return null;
}

/** Pages that say why there is no answer; only HTML can. */
function page({ url, text }: AnswerHead): Classification | null {
  if (!isHtml(text)) return null;
  const password = found(text, PASSWORD_FIELD);
  if (password !== null) return { kind: "login_page", what: "a sign-in page", evidence: password };
  if (URL.canParse(url) && isSignInAddress(new URL(url)))
    return { kind: "login_page", what: "a sign-in page", evidence: excerpt(text) };
  const maintenance = found(headings(text), MAINTENANCE);
  return maintenance === null ? null : { kind: "maintenance", what: "a maintenance page", evidence: maintenance };
}

function isHtml(text: string): boolean {
  const rest = text.slice(endOfProlog(text));
  return rest.startsWith("<") ? HTML_TAGS.test(rest.slice(1)) : /<(?:!doctype\s+html|html|body)\b/i.test(rest);
}

/** Title and headings of a page, and of a short one all its text. */
function headings(html: string): string {
  const bare = html.replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, " ");
  const all = bare.replace(/<[^<>]*>/g, " ").replace(/\s+/g, " ");
  if (all.length <= SHORT_PAGE) return all;
  return [...bare.matchAll(/<(title|h1|h2)\b[^<>]*>([\s\S]{0,500}?)<\/\1/gi)].map((match) => match[2]).join(" ");
}

/** The place where `pattern` matches with a little around it, or `null`. */
function found(text: string, pattern: RegExp): string | null {
  const match = pattern.exec(text);
  return match === null ? null : excerpt(text.slice(Math.max(0, match.index - 20)));
}

function excerpt(text: string): string {
  return text
    .slice(0, EXCERPT * 4)
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, EXCERPT);
}
