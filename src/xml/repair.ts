/** What was done to a text to make it well-formed; the words are stable, they stand in issues. */
export type RepairKind =
  | "forbidden-character"
  | "undeclared-entity"
  | "bare-ampersand"
  | "bare-less-than"
  | "undeclared-prefix";

/** A text that may now be well-formed, and what was done to it: nothing is mended silently. */
export interface RepairedXml {
  readonly text: string;
  readonly repairs: readonly RepairKind[];
}

/** The prefixes that repositories forget to declare, with what they always mean. */
const WELL_KNOWN: Readonly<Record<string, string>> = {
  oai_dc: "http://www.openarchives.org/OAI/2.0/oai_dc/",
  dc: "http://purl.org/dc/elements/1.1/",
  dcterms: "http://purl.org/dc/terms/",
  marc: "http://www.loc.gov/MARC21/slim",
  mods: "http://www.loc.gov/mods/v3",
  xlink: "http://www.w3.org/1999/xlink",
  xsi: "http://www.w3.org/2001/XMLSchema-instance",
};
const PREDEFINED: ReadonlySet<string> = new Set(["amp", "lt", "gt", "quot", "apos"]);

/** CDATA sections and comments, which stay as they are, or what may need mending outside of them. */
const PASSAGE =
  /<!\[CDATA\[[\s\S]*?\]\]>|<!--[\s\S]*?-->|&(?:#\d+;|#[xX][0-9a-fA-F]+;|[A-Za-z_][\w.-]*;)?|<(?![A-Za-z_:/!?])/g;
/** What XML 1.0 §2.2 forbids, line and page breaks of old systems apart. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be found
const BREAKS = /[\u000b\u000c]/g;
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be found
  /[\u0000-\u0008\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const USED_PREFIX = /<\/?([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*\s*=\s*["']/g;
const DECLARED_PREFIX = /\sxmlns:([\w.-]+)\s*=/g;

/**
 * Mends what breaks a document without touching what it says: characters that XML forbids go (a vertical tab or form feed
 * becomes a blank), ampersands and less-than signs that begin nothing are escaped, entities that nobody declared become
 * text (text cleaning decodes them later), prefixes that nobody declared are declared on the first element. The same text
 * always gives the same result, so that a stored record can be mended again.
 */
export function repairXml(text: string): RepairedXml {
  const repairs = new Set<RepairKind>();
  const legal = text
    .replace(BREAKS, () => noted(repairs, "forbidden-character", " "))
    .replace(FORBIDDEN, () => noted(repairs, "forbidden-character", ""));
  const escaped = legal.replace(PASSAGE, (passage) => {
    if (passage === "<") return noted(repairs, "bare-less-than", "&lt;");
    return passage.startsWith("&") ? repairReference(passage, repairs) : passage;
  });
  const missing = undeclaredPrefixes(escaped);
  if (missing.length > 0) repairs.add("undeclared-prefix");
  return { text: withDeclarations(escaped, missing), repairs: [...repairs] };
}

function noted(repairs: Set<RepairKind>, kind: RepairKind, replacement: string): string {
  repairs.add(kind);
  return replacement;
}

function repairReference(reference: string, repairs: Set<RepairKind>): string {
  if (reference === "&") return noted(repairs, "bare-ampersand", "&amp;");
  const name = reference.slice(1, -1);
  if (!name.startsWith("#")) {
    return PREDEFINED.has(name) ? reference : noted(repairs, "undeclared-entity", `&amp;${name};`);
  }
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
  return mayBeReferred(code) ? reference : noted(repairs, "forbidden-character", "");
}

/** XML 1.0 §4.1: a character reference must refer to a character that could stand there itself. */
function mayBeReferred(code: number): boolean {
  if (code === 9 || code === 10 || code === 13) return true;
  return (code >= 32 && code < 0xd800) || (code >= 0xe000 && code < 0xfffe) || (code >= 0x10000 && code <= 0x10ffff);
}

function undeclaredPrefixes(text: string): readonly string[] {
  const declared = new Set([...text.matchAll(DECLARED_PREFIX)].map((match) => match[1]));
  const used = new Set([...text.matchAll(USED_PREFIX)].map((match) => match[1] ?? match[2] ?? ""));
  return [...used].filter((prefix) => !declared.has(prefix) && prefix !== "xml" && prefix !== "xmlns");
}

function withDeclarations(text: string, prefixes: readonly string[]): string {
  if (prefixes.length === 0) return text;
  const declarations = prefixes.map(
    (prefix) => ` xmlns:${prefix}="${WELL_KNOWN[prefix] ?? `urn:undeclared:${prefix}`}"`,
  );
  return text.replace(/<[A-Za-z_][^\s/>]*/, (tag) => tag + declarations.join(""));
}
