// The language that was chosen on one answer of the feed holds on the next one, and on the pages of the portal too.
const YEAR_SECONDS = 365 * 24 * 60 * 60;
const chosen = /(?:^|;\s*)lang=(vi|en)(?:;|$)/.exec(document.cookie)?.[1];

for (const choice of document.querySelectorAll('input[name="lang"]')) {
  if (choice.value === chosen) choice.checked = true;
  choice.addEventListener("change", () => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store is not there on plain HTTP
    document.cookie = `lang=${choice.value}; Path=/; Max-Age=${YEAR_SECONDS}; SameSite=Lax`;
    document.documentElement.lang = choice.value;
  });
}
document.documentElement.lang = chosen ?? "vi";
