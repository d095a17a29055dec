import { parseBaseUrl } from "../oai/base-url.ts";

/**
 * The addresses at which a repository may answer, in the order in which to try them: what a person pasted, then the usual
 * `paths` of repository software below the folder that was pasted and below the site itself. In a path `*` stands for the
 * part of the pasted address in that place: with it the address of one journal is found. Without a scheme https is tried
 * before http. Empty where the text is no address.
 */
export function baseUrlCandidates(pasted: string, paths: readonly string[]): readonly string[] {
  const text = pasted.trim();
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) return candidatesOf(text, paths);
  if (!/^[^\s/.:@]+(?:\.[^\s/.:@]+)+(?::\d+)?(?:\/|$)/.test(text)) return [];
  return [...candidatesOf(`https://${text}`, paths), ...candidatesOf(`http://${text}`, paths)];
}

function candidatesOf(text: string, paths: readonly string[]): readonly string[] {
  const url = parseBaseUrl(text);
  if (url === null) return [];
  const parts = url.pathname.split("/").filter((part) => part !== "");
  const folders = parts.length > 0 && !isOfSoftware(parts[0] ?? "") ? [parts.slice(0, 1), []] : [[]];
  const found = paths.flatMap((path) =>
    folders.map((folder) => placed(path, folder, parts.slice(folder.length))).filter((place) => place !== null),
  );
  return [...new Set([url.href, ...found.map((place) => `${url.origin}${place}`)])];
}

/** Folders that the software itself makes: below them there is no other. */
const OF_SOFTWARE =
  /^(?:index\.php|oai.*|server|dspace-oai|cgi|cgi-bin|perl|handle|communities|items|bitstreams?|home|article|issue|s)$|\./i;

function isOfSoftware(part: string): boolean {
  return OF_SOFTWARE.test(part);
}

/** The path below the folder, `*` filled in; `null` where the pasted address has nothing in that place. */
function placed(path: string, folder: readonly string[], rest: readonly string[]): string | null {
  const pattern = path.split("/").slice(1);
  const place = pattern.indexOf("*");
  const fill = rest[place];
  if (
    place >= 0 &&
    (fill === undefined || isOfSoftware(fill) || !pattern.slice(0, place).every((part, index) => part === rest[index]))
  )
    return null;
  const filled = pattern.map((part) => (part === "*" ? (fill ?? part) : part));
  return `/${[...folder, ...filled].join("/")}`;
}
