import type { ComponentChildren } from "preact";
import { formatOf } from "../format.ts";
import { type Language, type Messages, messagesOf } from "../messages/messages.ts";
import { Layout } from "../parts/layout.tsx";
import { RepositoryTable } from "../parts/repository-table.tsx";
import { Time } from "../parts/time.tsx";
import type { Status } from "../status.ts";

/** The first page: what is connected, how it fares, how to use the feed. */
export function StatusPage(props: {
  readonly status: Status;
  readonly language: Language;
  readonly name: string;
  readonly oaiUrl: string;
}) {
  const { status, language, name, oaiUrl } = props;
  const messages = messagesOf(language);
  const format = formatOf(language);
  return (
    <Layout language={language} messages={messages} name={name}>
      <h1>{messages.title}</h1>
      <p class="lead">{messages.lead}</p>
      <dl class="totals">
        <Total label={messages.repositories} value={format.number(status.repositories.length)} />
        <Total label={messages.records} value={format.number(status.live)} />
        <Total label={messages.deletedRecords} value={format.number(status.deleted)} />
        <Total
          label={messages.lastUpdate}
          value={status.lastUpdate === null ? messages.never : <Time date={status.lastUpdate} format={format} />}
        />
      </dl>
      {status.repositories.length === 0 ? (
        <p class="empty">
          {messages.noRepositories} <code>lienthong repository add https://…</code>
        </p>
      ) : (
        <RepositoryTable repositories={status.repositories} view={{ messages, format }} />
      )}
      <Consume oaiUrl={oaiUrl} messages={messages} />
    </Layout>
  );
}

function Total({ label, value }: { readonly label: string; readonly value: ComponentChildren }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Consume({ oaiUrl, messages }: { readonly oaiUrl: string; readonly messages: Messages }) {
  const requests = [
    ["Identify", messages.identify],
    ["ListMetadataFormats", messages.formats],
    ["ListSets", messages.sets],
    ["ListRecords&metadataPrefix=oai_dc", messages.listDublinCore],
    ["ListRecords&metadataPrefix=marc21", messages.listMarc],
  ] as const;
  return (
    <section>
      <h2>{messages.consume}</h2>
      <p>
        {messages.consumeText} <code>{oaiUrl}</code>
      </p>
      <ul class="requests">
        {requests.map(([verb, label]) => (
          <li key={verb}>
            <a href={`/oai?verb=${verb}`}>{label}</a>
          </li>
        ))}
      </ul>
    </section>
  );
}
