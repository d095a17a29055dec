import type { View } from "./view.ts";

/** What no network can find (RFC 2606 §2): the records of the repository come in files. */
const NOWHERE = /^https:\/\/[^/]+\.invalid\/$/;

/** Where a repository answers. */
export function Address({ baseUrl, view }: { readonly baseUrl: string; readonly view: View }) {
  return <span>{NOWHERE.test(baseUrl) ? view.messages.import : baseUrl}</span>;
}
