import { type Language, messagesOf } from "../messages/messages.ts";
import { Layout } from "../parts/layout.tsx";

/** What is shown where an address names a repository that does not exist. */
export function NotFoundPage({ language, name }: { readonly language: Language; readonly name: string }) {
  const messages = messagesOf(language);
  return (
    <Layout language={language} messages={messages} title={messages.notFound} name={name}>
      <h1>{messages.notFound}</h1>
      <p>
        <a href="/">{messages.backToStatus}</a>
      </p>
    </Layout>
  );
}
