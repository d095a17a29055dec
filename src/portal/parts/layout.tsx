import type { ComponentChildren } from "preact";
import type { Language, Messages } from "../messages/messages.ts";

/** The frame of every page: one header, one main, no script needed. */
export function Layout(props: {
  readonly language: Language;
  readonly messages: Messages;
  readonly title: string;
  readonly name: string;
  /** What the address asks for besides the language. */
  readonly query?: Readonly<Record<string, string>>;
  readonly children: ComponentChildren;
}) {
  const { language, messages, title, name, query = {}, children } = props;
  const other = language === "vi" ? "en" : "vi";
  const inOther = new URLSearchParams({ ...query, lang: other }).toString();
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{`${title} · ${name}`}</title>
        <link rel="stylesheet" href="/style.css" />
        <link rel="icon" href="/favicon.svg" type="image/svg+xml" />
      </head>
      <body>
        <header>
          <a class="brand" href="/">
            {name}
          </a>
          <a class="language" href={`?${inOther}`} lang={other} hreflang={other}>
            {messages.otherLanguage}
          </a>
        </header>
        <main>{children}</main>
      </body>
    </html>
  );
}
