import type { Language } from "../messages/messages.ts";
import type { SoftwareHint } from "../run-advice.ts";

/** What to do in the repository's own software; nothing where there is no hint. */
export function Hint({ hint, language }: { readonly hint: SoftwareHint | null; readonly language: Language }) {
  if (hint === null) return null;
  return (
    <small>
      {hint.software}: {hint.text[language]}
    </small>
  );
}
