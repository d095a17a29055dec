/** Everything that cannot stand as it is in content or in an attribute: markup, forbidden characters, lone surrogates. */
const SPECIAL =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be found
  /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** The same and every surrogate, without looking around: most texts hold none of it, and this tells five times sooner. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must be found
const SUSPECT = /[&<>"\r\u0000-\u0008\u000b\u000c\u000e-\u001f\ud800-\udfff\ufffe\uffff]/;

const REPLACEMENTS: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\r": "&#13;",
};

/**
 * Writes text as element content. What XML 1.0 §2.2 forbids becomes U+FFFD: an answer of ours is always well-formed,
 * and the loss stays visible.
 */
export function escapeText(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return text.replace(SPECIAL, (character) => REPLACEMENTS[character] ?? "\ufffd");
}

/** Writes text as an attribute's value between double quotes; line breaks and tabs survive normalisation. */
export function escapeAttribute(text: string): string {
  return escapeText(text).replace(/[\n\t]/g, (character) => (character === "\n" ? "&#10;" : "&#9;"));
}
