import { type Language, messagesOf } from "../messages/messages.ts";
import { Layout } from "../parts/layout.tsx";

/** What is shown where an address names a repository or a record that does not exist. */
export function NotFoundPage(props: {
  readonly what: "notFound" | "recordNotFound";
  readonly language: Language;
  readonly name: string;
}) {
  const { what, language, name } = props;
  const messages = messagesOf(language);
  return (
    <Layout language={language} messages={messages} title={messages[what]} name={name}>
      <h1>{messages[what]}</h1>
      <p>
        <a href="/">{messages.backToStatus}</a>
      </p>
    </Layout>
  );
}
