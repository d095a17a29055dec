import type { Language } from "./messages/messages.ts";

/** What of a value a person looks at first, by the names that values of the common record have for it. */
const FIRST = ["value", "name", "label", "title", "degreeName", "funderName", "uri", "url"] as const;

/** A value of the common record as text: what it is, and in a second line what else is known of it. */
export interface ValueText {
  readonly text: string;
  readonly more: string;
}

/** Puts any value of the common record into words; names of parts stay those of its JSON Schema. */
export function valueText(value: unknown, language: Language): ValueText {
  if (typeof value !== "object" || value === null) return { text: String(value), more: "" };
  const labelled = labelledIn(language, value);
  if (labelled !== null) return labelled;
  const parts = Object.entries(value).filter(([, part]) => part !== null && part !== undefined);
  const first = FIRST.find((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === "string");
  const rest = parts.filter(([name]) => name !== first).map(([name, part]) => `${name}: ${partText(part, language)}`);
  const text = parts.find(([name]) => name === first)?.[1];
  return text === undefined ? { text: rest.join(" · "), more: "" } : { text: String(text), more: rest.join(" · ") };
}

/** A term of a vocabulary has a label in each language. */
function labelledIn(language: Language, value: object): ValueText | null {
  const { label, ...others } = value as { readonly label?: unknown };
  const own = typeof label === "object" && label !== null ? Reflect.get(label, language) : undefined;
  if (typeof own !== "string") return null;
  const more = Object.entries(others).map(([name, part]) => `${name}: ${partText(part, language)}`);
  return { text: own, more: more.join(" · ") };
}

function partText(part: unknown, language: Language): string {
  if (Array.isArray(part)) return part.map((each) => partText(each, language)).join(", ");
  if (typeof part !== "object" || part === null) return String(part);
  const { text, more } = valueText(part, language);
  return more === "" ? text : `${text} (${more})`;
}
