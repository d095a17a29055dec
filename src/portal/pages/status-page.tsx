import { formatOf } from "../format.ts";
import { type Language, type Messages, messagesOf } from "../messages/messages.ts";
import { Address } from "../parts/address.tsx";
import { Dump } from "../parts/dump.tsx";
import { Jobs } from "../parts/jobs.tsx";
import { Layout } from "../parts/layout.tsx";
import { RepositoryTable } from "../parts/repository-table.tsx";
import { Time } from "../parts/time.tsx";
import { Total } from "../parts/total.tsx";
import { UseOfFeed } from "../parts/use.tsx";
import type { View } from "../parts/view.ts";
import type { RepositoryStatus, Status } from "../status.ts";
import type { Use } from "../use.ts";

/** The first page: what is connected, how it fares, how to use the feed. */
export function StatusPage(props: {
  readonly status: Status;
  readonly use: Use;
  readonly language: Language;
  readonly name: string;
  readonly oaiUrl: string;
}) {
  const { status, use, language, name, oaiUrl } = props;
  const view: View = { language, messages: messagesOf(language), format: formatOf(language) };
  const { messages } = view;
  const { repositories, drafts, jobs, dump } = status;
  return (
    <Layout language={language} messages={messages} title={messages.title} name={name}>
      <h1>{messages.title}</h1>
      <p class="lead">{messages.lead}</p>
      <Totals status={status} view={view} />
      {repositories.length + drafts.length === 0 ? (
        <p class="empty">
          {messages.noRepositories} <code>lienthong repository add https://…</code>
        </p>
      ) : (
        <Jobs jobs={jobs} view={view} />
      )}
      {repositories.length === 0 ? null : (
        <section>
          <h2>{messages.repositories}</h2>
          <RepositoryTable repositories={repositories} view={view} />
        </section>
      )}
      {drafts.length === 0 ? null : <Drafts drafts={drafts} view={view} />}
      {dump === null ? null : <Dump dump={dump} view={view} />}
      <UseOfFeed use={use} view={view} />
      <LookUp messages={messages} />
      <Consume oaiUrl={oaiUrl} messages={messages} />
    </Layout>
  );
}

function Totals({ status, view }: { readonly status: Status; readonly view: View }) {
  const { messages, format } = view;
  const { repositories, live, deleted, lastUpdate, countedAt } = status;
  return (
    <>
      <dl class="totals">
        <Total label={messages.repositories} value={format.number(repositories.length)} />
        <Total label={messages.records} value={format.number(live)} />
        <Total label={messages.deletedRecords} value={format.number(deleted)} />
        <Total
          label={messages.lastUpdate}
          value={lastUpdate === null ? messages.never : <Time date={lastUpdate} format={format} />}
        />
      </dl>
      <p class="quiet">
        {messages.countedAt} <Time date={countedAt} format={format} />.
      </p>
    </>
  );
}

function Drafts({ drafts, view }: { readonly drafts: readonly RepositoryStatus[]; readonly view: View }) {
  return (
    <section>
      <h2>{view.messages.drafts}</h2>
      <p class="quiet">{view.messages.draftsText}</p>
      <ul class="drafts">
        {drafts.map(({ code, name, baseUrl }) => (
          <li key={code}>
            <a href={`/repositories/${code}`}>{name}</a>
            <small>
              <Address baseUrl={baseUrl} view={view} />
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}

function LookUp({ messages }: { readonly messages: Messages }) {
  return (
    <form action="/records" class="look-up">
      <label for="identifier">{messages.lookUp}</label>
      <input id="identifier" name="identifier" type="text" required placeholder="oai:…" />
      <button type="submit">{messages.lookUpButton}</button>
    </form>
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
